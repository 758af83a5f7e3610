import Frames
import Matting
import Pixels
import TestSupport

extension MattingNetwork {
    /// The matte of a frame that shows `picture`, to 16 bits.
    func dense(_ picture: FloatImage) throws -> DenseMatte {
        let frame = TestPictures.frame(picture.size, .gbrap(depth: 16)) { component, x, y in
            component == 3 ? 65535 : Int((picture.value(component, x, y) * 65535).rounded())
        }
        return try matte(frame).dense(for: frame)
    }
}

extension MattedFrame {
    var alpha: FloatImage { matte.dense(for: frame).alpha }
}
