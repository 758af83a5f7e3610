public import Frames

/// Looks at a clip's mattes one after the other, without the true ones. Used by one thread at a time.
///
/// A frame is judged when the next one is known, so results come one frame late.
public struct QualityInspector: Sendable {
    private struct Entry {
        let matte: SmallMatte
        var hole: Double
        var jump: Double
    }

    private var holes = HoleDetector()
    private var before: SmallMatte?
    private var current: Entry?

    public init() {}

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - alpha: one channel, 0…1.
    ///   - startsShot: whether it has nothing to do with the frame before; a new size means the same.
    /// - Returns: what the frame before looks like; nil for the first.
    public mutating func add(_ alpha: FloatImage, startsShot: Bool = false) -> FrameQuality? {
        let matte = SmallMatte(alpha)
        let continues = !startsShot && current?.matte.alpha.size == matte.alpha.size
        let last = continues ? current?.matte : nil
        let done = judged(next: last.map { _ in matte })
        before = last
        let jump = last.map { matte.unexplained(by: $0.far) / SmallMatte.reference(matte, $0) }
        let hole = Double(holes.holes(in: matte, before: last)) / SmallMatte.reference(matte)
        current = Entry(matte: matte, hole: hole, jump: jump ?? 0)
        return done
    }

    /// What the last frame looks like; nil where there was none.
    public mutating func finish() -> FrameQuality? {
        defer { current = nil }
        return judged(next: nil)
    }

    private func judged(next: SmallMatte?) -> FrameQuality? {
        guard let current else { return nil }
        var flicker = 0.0
        if let before, let next {
            flicker =
                current.matte.unexplained(by: before.near, next.near)
                / SmallMatte.reference(current.matte, before, next)
        }
        return FrameQuality(
            area: current.matte.area / Double(max(current.matte.alpha.size.pixelCount, 1)), flicker: flicker,
            hole: current.hole, jump: current.jump, border: current.matte.border)
    }
}
