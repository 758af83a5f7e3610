import Foundation
import TestSupport

/// Small clips made by FFmpeg for one test.
enum TestClips {
    /// A moving pattern with a tone: H.264 4:2:0, BT.709 limited, AAC.
    static func clip(
        _ path: String, frames: Int = 12, size: String = "96x64", rate: String = "24", arguments: [String] = []
    ) throws {
        try FFmpegTool.run(
            [
                "-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate)", "-f", "lavfi", "-i", "sine=440",
                "-frames:v", "\(frames)", "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt",
                "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
                "-color_range", "tv", "-c:a", "aac",
            ] + arguments + [path])
    }

    /// MD5 of the decoded pictures in `format`, frame by frame.
    static func frameHashes(_ path: String, format: String, decoder: [String] = []) throws -> [String] {
        let text = String(
            decoding: try FFmpegTool.output(
                decoder + [
                    "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-pix_fmt", format, "-f", "framemd5", "-",
                ]),
            as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: ",").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        }
    }

    /// One value per line of ffprobe's compact output, for the streams of `kind` ("v:0", "a:0").
    static func probe(_ path: String, _ kind: String, _ entries: String) throws -> [String] {
        try FFmpegTool.ffprobe([
            "-v", "error", "-select_streams", kind, "-show_entries", entries, "-of", "csv=p=0", path,
        ]).split(separator: "\n").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ", ")) }
    }

    /// The names in a folder, hidden ones too.
    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }
}
