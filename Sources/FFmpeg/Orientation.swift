internal import CFFmpeg
import Foundation

/// How a stored picture has to be turned to stand upright: first mirrored, then turned clockwise.
public struct Orientation: Sendable, Hashable {
    /// 0, 90, 180 or 270.
    public let degreesClockwise: Int
    /// Left and right are exchanged before turning.
    public let isMirrored: Bool

    public static let upright = Orientation(degreesClockwise: 0, isMirrored: false)

    init(degreesClockwise: Int, isMirrored: Bool) {
        self.degreesClockwise = degreesClockwise
        self.isMirrored = isMirrored
    }

    /// Reads the stream's display matrix (libavutil/display.h). Angles that are no right angles count as upright.
    init(_ stream: UnsafePointer<AVStream>) {
        var byteCount = 0
        guard let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &byteCount),
            byteCount >= 9 * MemoryLayout<Int32>.size
        else {
            self = .upright
            return
        }
        self.init(matrix: (0..<9).map { UnsafeRawPointer(data).loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self) })
    }

    /// The orientation that a picture carries itself, as JPEG does in its EXIF; nil where it carries none.
    init?(_ picture: UnsafePointer<AVFrame>) {
        guard let side = av_frame_get_side_data(picture, AV_FRAME_DATA_DISPLAYMATRIX), let data = side.pointee.data,
            side.pointee.size >= 9 * MemoryLayout<Int32>.size
        else { return nil }
        self.init(matrix: (0..<9).map { UnsafeRawPointer(data).loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self) })
    }

    /// - Parameter matrix: nine 16.16 numbers; the upper left 2×2 turns and mirrors.
    init(matrix: [Int32]) {
        // Columns of (x', y') = (a·x + c·y, b·x + d·y), y downwards.
        let (a, b, c, d) = (Double(matrix[0]), Double(matrix[1]), Double(matrix[3]), Double(matrix[4]))
        let mirrored = a * d - b * c < 0
        let angle = atan2(mirrored ? -b : b, mirrored ? -a : a) * 180 / .pi
        let quarter = (angle / 90).rounded()
        guard abs(angle - quarter * 90) < 1, a != 0 || b != 0 else {
            self = .upright
            return
        }
        self.init(degreesClockwise: ((Int(quarter) % 4) + 4) % 4 * 90, isMirrored: mirrored)
    }

    public var swapsSides: Bool { degreesClockwise == 90 || degreesClockwise == 270 }

    /// FFmpeg filters that do it; empty for upright.
    var filters: [String] {
        let turn: [String] =
            switch degreesClockwise {
            case 90: ["transpose=clock"]
            case 180: ["hflip", "vflip"]
            case 270: ["transpose=cclock"]
            default: []
            }
        return (isMirrored ? ["hflip"] : []) + turn
    }
}
