internal import FFmpeg
internal import Frames

/// What matte asks of a container's writer.
struct MuxerOptions {
    let format: ContainerFormat
    let isSeekable: Bool
    /// Time base of the pictures.
    let video: Rational
    /// Time bases of the copied streams.
    let copies: [Rational]

    var pairs: [(String, String)] {
        switch format.name {
        case "mp4", "mov":
            var flags = ["write_colr"]
            if !isSeekable {
                flags += ["frag_keyframe", "empty_moov", "default_base_moof"]
            } else if format.name == "mp4" {
                // The index comes first, so that a browser can begin before the whole file is there.
                flags.append("faststart")
            }
            return [
                ("movflags", "+" + flags.joined(separator: "+")),
                ("video_track_timescale", String(video.denominator)),
                // Edit lists, which carry a late first picture, count in this unit.
                ("movie_timescale", String(movieTimescale)),
            ]
        case "matroska", "webm", "nut":
            // Sound may begin a little before zero (encoder delay); moving it would move the pictures too.
            return [("avoid_negative_ts", "disabled")]
        default:
            return []
        }
    }

    /// The smallest unit in which every stream's times are exact, as long as it is a usual one.
    private var movieTimescale: Int32 {
        var scale = video.denominator
        for denominator in copies.map(\.denominator) where denominator > 0 {
            let (product, overflow) = (scale / gcd(scale, denominator)).multipliedReportingOverflow(by: denominator)
            guard !overflow, product <= 10_000_000 else { continue }
            scale = product
        }
        while scale < 1000 { scale *= 10 }
        return scale
    }

    private func gcd(_ a: Int32, _ b: Int32) -> Int32 { b == 0 ? a : gcd(b, a % b) }
}
