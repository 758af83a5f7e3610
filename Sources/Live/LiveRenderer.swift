import Compositing
import Frames

/// The compositing of a show. `render` is for the compositing queue; the background may be changed from any thread.
final class LiveRenderer: @unchecked Sendable {
    // Sendable: what is not behind `next` and `shownWords` is touched on the compositing queue only.
    private let compositor: Compositor
    private let problems: ProblemBoard
    private var current: PreparedBackground
    private let next = Protected<PreparedBackground?>(nil)
    private let shownWords: Protected<String>

    init(_ background: PreparedBackground, target: RenderTarget, problems: ProblemBoard) {
        // Any other layout would show the camera's picture.
        compositor = Compositor(layout: .composite, alphaMode: .straight, target: target)
        current = background
        self.problems = problems
        shownWords = Protected(background.words)
    }

    /// The background as a person wrote it.
    var backgroundWords: String { shownWords.withLock { $0 } }

    /// Shown from the next picture on.
    func setBackground(_ background: PreparedBackground) {
        next.withLock { $0 = background }
        shownWords.withLock { $0 = background.words }
    }

    func render(_ matted: LivePicture.Matted) throws -> CompositedPicture {
        let replacement = next.withLock { next in
            defer { next = nil }
            return next
        }
        if let replacement { current = replacement }
        return try matted.composited(with: compositor, over: layer(behind: matted))
    }

    /// A background that breaks (a video whose file is gone) must not end the show, nor show what is behind the person.
    private func layer(behind matted: LivePicture.Matted) -> BackgroundLayer {
        do {
            return try current.background.layer(for: matted.forBackground)
        } catch {
            problems.report(error, of: .background)
            current = .color(.screenGreen)
            return .color(.screenGreen)
        }
    }
}
