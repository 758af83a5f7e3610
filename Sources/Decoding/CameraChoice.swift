internal import Frames

/// The mode of a camera that comes nearest to a wish.
struct CameraChoice: Hashable {
    let offer: CameraOffer
    let size: Size
    /// Frames per second; unknown where the driver does not say.
    let rate: Rational

    /// A rate is missed where it is more than a tenth below the wish: 24 for 25 is none's loss, 10 for 30 is.
    private static let enough = 0.9

    /// The best of what is offered; nil where nothing fits the wish's formats, or its size where that is required.
    ///
    /// Rate counts first, then size, then what is cheapest to use: uncompressed formats need no decoding, so Motion-JPEG
    /// is taken only where they cannot have the rate or the size.
    static func best(for wish: CameraWish, of offers: [CameraOffer]) -> CameraChoice? {
        all(for: wish, of: offers).min { $0.rank(wish) < $1.rank(wish) }
    }

    /// A usable format that would have been cheaper, had it the rate at this size.
    func slowerAlternative(for wish: CameraWish, of offers: [CameraOffer]) -> CameraChoice? {
        Self.all(for: wish, of: offers).filter {
            $0.size == size && $0.cost < cost && $0.isTooSlow(wish) && !isTooSlow(wish)
        }.min { $0.rank(wish) < $1.rank(wish) }
    }

    func isTooSlow(_ wish: CameraWish) -> Bool {
        rate.isKnown && rate.doubleValue < Self.enough * wish.rate.doubleValue
    }

    private static func all(for wish: CameraWish, of offers: [CameraOffer]) -> [CameraChoice] {
        offers.filter { $0.isUsable && wish.formats?.contains($0.format) ?? true }.flatMap { offer in
            offer.modes.map { mode in
                CameraChoice(
                    offer: offer, size: nearest(to: wish.size, in: mode), rate: nearest(to: wish.rate, in: mode))
            }
        }.filter { !wish.requiresSize || $0.size == wish.size }
    }

    static func nearest(to size: Size, in mode: CameraOffer.Mode) -> Size {
        func nearest(_ wanted: Int, _ smallest: Int, _ largest: Int, _ step: Int) -> Int {
            let clamped = min(max(wanted, smallest), largest)
            return smallest + (clamped - smallest) / max(1, step) * max(1, step)
        }
        return Size(
            width: nearest(size.width, mode.smallest.width, mode.largest.width, mode.step.width),
            height: nearest(size.height, mode.smallest.height, mode.largest.height, mode.step.height))
    }

    /// The slowest rate that is enough, else the fastest.
    static func nearest(to rate: Rational, in mode: CameraOffer.Mode) -> Rational {
        let wanted = rate.doubleValue
        if mode.isRateRange, let slowest = mode.rates.first, let fastest = mode.rates.last {
            if wanted <= slowest.doubleValue { return slowest }
            return wanted >= fastest.doubleValue && fastest.isKnown ? fastest : rate
        }
        let known = mode.rates.filter(\.isKnown)
        let fitting = known.filter { $0.doubleValue >= wanted * 0.99 }
        return fitting.min { $0.doubleValue < $1.doubleValue } ?? known.max { $0.doubleValue < $1.doubleValue }
            ?? .unknown
    }

    private var cost: Int { CameraLayout.usable.firstIndex { $0.format == offer.format } ?? CameraLayout.usable.count }

    /// How far the size is from the wish: 0 for the same; larger ones count by their pixels; smaller ones, which have to
    /// be enlarged, come after all of those, by what is left of them in the shape that was wished for; another shape costs
    /// something in any case.
    private func distance(to wanted: Size) -> Double {
        guard size != wanted, wanted.pixelCount > 0 else { return 0 }
        let (width, height) = (
            Double(size.width) / Double(wanted.width), Double(size.height) / Double(wanted.height)
        )
        let shape = width == height ? 0 : 0.5
        if width >= 1, height >= 1 { return width * height + shape }
        let scale = max(min(width, height), 1e-3)
        return 1_000_000 + 1 / (scale * scale) + shape
    }

    /// The smaller, the better.
    private func rank(_ wish: CameraWish) -> Rank {
        let tooSlow = isTooSlow(wish)
        // Where everything is too slow, the fastest is the best; else speed beyond the wish is worth nothing.
        return Rank(
            parts: [
                tooSlow ? 1 : 0, tooSlow ? -rate.doubleValue : 0, distance(to: wish.size),
                abs(rate.doubleValue - wish.rate.doubleValue) < 0.5 ? 0 : 1, Double(cost),
            ])
    }

    /// Compared part by part.
    private struct Rank: Comparable {
        let parts: [Double]
        static func < (one: Rank, two: Rank) -> Bool { one.parts.lexicographicallyPrecedes(two.parts) }
    }
}
