import Foundation
import MatteKit

/// Progress in words: "120/382 frames, 24.1 fps, 0:11 left".
struct ProgressLine {
    private let progress: RunProgress

    init(_ progress: RunProgress) { self.progress = progress }

    var text: String {
        var parts = [progress.expectedFrames.map { "\(progress.frames)/\($0) frames" } ?? "\(progress.frames) frames"]
        parts.append(String(format: "%.1f fps", progress.framesPerSecond))
        if let seconds = progress.remainingSeconds { parts.append("\(ClockText.of(seconds: seconds)) left") }
        if progress.damagedPackets > 0 { parts.append("\(progress.damagedPackets) damaged") }
        return parts.joined(separator: ", ")
    }

    /// The text behind a bar of `width` cells; without the bar where the end is not known.
    func bar(width: Int) -> String {
        guard let expected = progress.expectedFrames, expected > 0 else { return text }
        let filled = min(width, width * progress.frames / expected)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled) + " " + text
    }
}
