internal import Frames

extension Trimap {
    /// The unknown pixels by their distance from known ones, in steps to one of four neighbours; row after row where it
    /// is the same. Without any known pixel there is nowhere to begin, and none is given.
    func fromTheKnownInwards() -> [Int] {
        let (width, height) = (size.width, size.height)
        var isReached = labels.map { $0 != .unknown }
        func neighbours(of pixel: Int) -> [Int] {
            let (x, y) = (pixel % width, pixel / width)
            return [
                y > 0 ? pixel - width : nil, x > 0 ? pixel - 1 : nil, x < width - 1 ? pixel + 1 : nil,
                y < height - 1 ? pixel + width : nil,
            ].compactMap { $0 }
        }
        var ring = labels.indices.filter { pixel in
            labels[pixel] == .unknown && neighbours(of: pixel).contains { labels[$0] != .unknown }
        }
        for pixel in ring { isReached[pixel] = true }
        var order: [Int] = []
        while !ring.isEmpty {
            order += ring
            var next: [Int] = []
            for pixel in ring {
                for near in neighbours(of: pixel) where !isReached[near] {
                    isReached[near] = true
                    next.append(near)
                }
            }
            ring = next.sorted()
        }
        return order
    }
}
