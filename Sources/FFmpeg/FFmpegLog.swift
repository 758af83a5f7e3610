internal import CFFmpeg
internal import Frames
internal import Foundation

/// Keeps FFmpeg's own words, which say more than its error codes, and keeps them off standard error.
///
/// FFmpeg logs for the whole process; the last lines of each thread are kept, since calls report on their own thread.
enum FFmpegLog {
    private static let key = "matte.ffmpeg.log"
    private static let start: Void = matte_capture_log(AV_LOG_ERROR) { _, line in
        guard let line else { return }
        FFmpegLog.append(String(cString: line))
    }

    /// Makes sure that lines are kept, and forgets this thread's last one, which belongs to something else. Every
    /// entry into the library goes through here.
    static func capture() {
        _ = start
        Thread.current.threadDictionary.removeObject(forKey: key)
    }

    /// The last line logged on this thread since the previous call, without FFmpeg's "[name @ address]".
    static func takeLastLine() -> String? {
        let storage = Thread.current.threadDictionary
        defer { storage.removeObject(forKey: key) }
        guard let line = storage[key] as? String else { return nil }
        let text = line.replacing(/\[[^\]]*@ 0x[0-9a-f]+\] */, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
        let words = text.hasSuffix(".") ? String(text.dropLast()) : text
        return words.isEmpty ? nil : words
    }

    private static func append(_ line: String) {
        guard !line.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty else { return }
        Thread.current.threadDictionary[key] = line
    }
}
