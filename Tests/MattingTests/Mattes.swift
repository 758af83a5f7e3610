import Frames
import Matting
import Pixels
import TestSupport

extension FloatImage {
    /// A frame that shows this picture, to 16 bits.
    var frame: Frame {
        TestPictures.frame(size, .gbrap(depth: 16)) { component, x, y in
            component == 3 ? 65535 : Int((value(component, x, y) * 65535).rounded())
        }
    }
}

extension MattingNetwork {
    /// The matte of a frame that shows `picture`, to 16 bits.
    func dense(_ picture: FloatImage) throws -> DenseMatte {
        let frame = picture.frame
        return try matte(frame).dense(for: frame)
    }
}

extension MattedFrame {
    var alpha: FloatImage { matte.dense(for: frame).alpha }
}
