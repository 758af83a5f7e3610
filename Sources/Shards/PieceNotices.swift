import Foundation
import Frames

/// Notices about pieces, in the words of the outputs that they belong to, and each but once.
final class PieceNotices: Sendable {
    private let folder: String
    private let outputs: [String]
    private let notice: NoticeHandler
    private let said = Protected<Set<String>>([])

    /// - Parameter folder: in which the pieces are written.
    init(folder: String, outputs: [String], notice: @escaping NoticeHandler) {
        (self.folder, self.outputs, self.notice) = (folder, outputs, notice)
    }

    func say(_ words: String) {
        var text = words
        for (index, output) in outputs.enumerated() {
            // "…/attempt-n1-47-0/piece-3-0.mkv" for the first output.
            let kind = (output as NSString).pathExtension
            let pattern = NSRegularExpression.escapedPattern(for: folder) + "/piece-[0-9]+-\(index)\\."
            text = text.replacingOccurrences(
                of: pattern + NSRegularExpression.escapedPattern(for: kind), with: output.replacing("$", with: "\\$"),
                options: .regularExpression)
        }
        if said.withLock({ $0.insert(text).inserted }) { notice(text) }
    }
}
