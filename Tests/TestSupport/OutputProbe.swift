import Foundation

/// Reads written files back with the `ffmpeg` and `ffprobe` programs: a reader that is not ours.
public enum OutputProbe {
    /// Values of one stream's fields, by `ffprobe`'s names.
    public static func stream(_ path: String, _ selector: String = "v:0") throws -> [String: String] {
        try section(path, ["-select_streams", selector, "-show_streams"], "streams").first ?? [:]
    }

    public static func streams(_ path: String) throws -> [[String: String]] {
        try section(path, ["-show_streams"], "streams")
    }

    /// Values of each packet in the order of the file.
    public static func packets(_ path: String, _ selector: String) throws -> [[String: String]] {
        try section(path, ["-select_streams", selector, "-show_packets", "-show_data_hash", "sha256"], "packets")
    }

    /// Presentation times of the decoded pictures, in ticks of the file's time base.
    public static func frameTimes(_ path: String) throws -> [Int64] {
        try section(path, ["-select_streams", "v:0", "-show_frames"], "frames").compactMap {
            $0["pts"].flatMap { Int64($0) }
        }
    }

    /// Metadata and chapters: keys "tag:title", and for chapters "start_time", "end_time", "tag:title".
    public static func format(_ path: String) throws -> [String: String] {
        let json = try object(path, ["-show_format"])
        return flat(json["format"] as? [String: Any] ?? [:])
    }

    public static func chapters(_ path: String) throws -> [[String: String]] {
        try section(path, ["-show_chapters"], "chapters")
    }

    /// All decoded pictures, one after the other, in a raw pixel format.
    ///
    /// - Parameter decoder: where FFmpeg's own choice loses something (VP9's alpha needs libvpx).
    public static func pixels(_ path: String, format: String, decoder: String? = nil) throws -> [UInt8] {
        let input = (decoder.map { ["-c:v", $0] } ?? []) + ["-i", path]
        let output = ["-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", format, "-"]
        return [UInt8](try FFmpegTool.output(input + output))
    }

    private static func object(_ path: String, _ arguments: [String]) throws -> [String: Any] {
        let text = try FFmpegTool.ffprobe(["-v", "error"] + arguments + ["-of", "json", path])
        return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    private static func section(_ path: String, _ arguments: [String], _ name: String) throws -> [[String: String]] {
        (try object(path, arguments)[name] as? [[String: Any]] ?? []).map(flat)
    }

    private static func flat(_ fields: [String: Any]) -> [String: String] {
        var result: [String: String] = [:]
        for (key, value) in fields {
            if let tags = value as? [String: Any] {
                for (name, text) in tags { result["\(key == "tags" ? "tag" : key):\(name)"] = "\(text)" }
            } else {
                result[key] = "\(value)"
            }
        }
        return result
    }
}
