internal import Foundation
internal import Frames

/// Sees to the report's pictures while the run goes on. A clip's worker leaves one where it did the whole clip; others are
/// made one after the other, each in a process of its own: an output that no decoder gets through costs its picture and
/// nothing else.
///
/// Used by one thread, which asks `advance()` again and again.
final class ThumbnailQueue {
    private struct Work {
        let worker: Worker
        let thumbnail: String
        let begin = ContinuousClock.now
    }

    /// A picture takes a tenth of a second.
    private static let longest = Duration.seconds(20)

    private let thumbnails: Thumbnails
    private let place: Worker.Place
    /// Outputs of this run.
    private var fresh: [ClipOutcome] = []
    /// Those of earlier ones, which were killed before they came to them.
    private var older: [ClipOutcome]
    private var work: Work?

    /// - Parameters:
    ///   - folder: the run's.
    ///   - older: what earlier runs made; pictures of it are made where they are missing, while there is other work.
    init(folder: String, older: [ClipOutcome], _ place: Worker.Place) {
        thumbnails = Thumbnails(folder: folder)
        self.place = place
        self.older = older.reversed()
    }

    /// Takes the picture that the clip's worker made, or sees to it that one is made: best when the output was just written,
    /// and is still in memory.
    ///
    /// - Parameter isShown: whether there is room for it on the page.
    func add(_ outcome: ClipOutcome, of clip: BulkClip, isShown: Bool) {
        let made = place.run?.thumbnail(of: clip)
        if isShown {
            if !(made.map { thumbnails.take($0, of: outcome) } ?? false) { fresh.append(outcome) }
        } else if let made {
            unlink(made)
        }
    }

    /// Whether there is nothing left that a report has to wait for.
    var isDone: Bool { fresh.isEmpty && work == nil }

    /// What to wait for.
    var descriptors: [Int32] { work?.worker.descriptors ?? [] }

    /// Whether there is nothing to wait for any more but the end of a process.
    var isEnding: Bool { work?.worker.descriptors.isEmpty ?? false }

    /// - Parameter isLast: whether the clips are done, so that older ones are not begun any more.
    func advance(isLast: Bool) {
        if let work {
            let result = work.worker.poll()
            if result == nil {
                if ContinuousClock.now - work.begin > Self.longest { work.worker.kill() }
                return
            }
            // An empty file says that there is no picture to be had.
            if case .failure = result { FileManager.default.createFile(atPath: work.thumbnail, contents: nil) }
            self.work = nil
        }
        while work == nil, let next = fresh.isEmpty ? (isLast ? nil : older.popLast()) : fresh.removeFirst() {
            guard let (output, thumbnail) = thumbnails.missing(of: next) else { continue }
            work = (try? Worker(["thumbnail", "--", output, thumbnail], place)).map {
                Work(worker: $0, thumbnail: thumbnail)
            }
        }
    }
}
