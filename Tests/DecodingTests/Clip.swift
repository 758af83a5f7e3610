import Decoding
import FFmpeg
import Foundation
import Frames
import TestSupport

/// A clip read whole, and small clips made for the purpose.
struct Clip {
    var info: ClipInfo
    var frames: [Frame] = []
    var packets: [Packet] = []
    var notices: [String] = []
    var damaged = 0

    var ticks: [Int64] { frames.map(\.timestamp.ticks) }
    /// A short word for each picture: equal words, equal pictures.
    var pictures: [String] {
        frames.map { frame in
            (try? frame.rawBytes.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) })?.prefix(8).description ?? "?"
        }
    }

    init(_ path: String, _ change: (inout DecodingOptions) -> Void = { _ in }) throws {
        let heard = Notices()
        var options = DecodingOptions()
        change(&options)
        let decoder = try ClipDecoder(path: path, options: options, notice: { heard.add($0) })
        info = decoder.info
        while let item = try decoder.next() {
            switch item {
            case .frame(let frame): frames.append(frame)
            case .packet(let packet): packets.append(packet)
            }
        }
        damaged = decoder.damagedPackets
        notices = heard.all
    }

    /// A moving test picture, 64×48.
    static func pattern(seconds: Double = 2, rate: String = "25", size: String = "64x48") -> [String] {
        ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate):duration=\(seconds)"]
    }

    static func tone(seconds: Double = 2) -> [String] {
        ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=\(seconds)"]
    }

    /// Two seconds of H.264 with B-pictures and a key frame every half second, and AAC.
    static func make(_ path: String, seconds: Double = 2, more: [String] = []) throws {
        let video = ["-c:v", "libx264", "-g", "12", "-bf", "3", "-pix_fmt", "yuv420p", "-threads", "1"]
        let inputs = pattern(seconds: seconds) + tone(seconds: seconds)
        try FFmpegTool.run(inputs + video + ["-c:a", "aac", "-shortest"] + more + [path])
    }

    /// What the `ffprobe` program says about the pictures' times.
    static func probedTicks(_ path: String) throws -> [Int64] { try OutputProbe.frameTimes(path) }
}

/// The error that `body` throws; nil where it throws none of ours.
func matteError(_ body: () throws -> Void) -> MatteError? {
    do { try body() } catch { return error as? MatteError }
    return nil
}
