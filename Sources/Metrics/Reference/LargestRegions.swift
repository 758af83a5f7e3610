/// The largest 4-connected region of "level or more", for each level, and how far down every pixel belongs to it.
///
/// The regions of a level contain those of the next one, so all levels are found by one forest of joined pixels
/// (Tarjan's union-find) that grows from the highest level to the lowest.
struct LargestRegions {
    /// For each pixel the level below the lowest at which it is not in the largest region; `levelCount` where there is
    /// none.
    private(set) var lastLevels: [UInt8]

    private let levels: [UInt8]
    private let width: Int
    private var parents: [Int32]
    private var sizes: [Int32]
    private var largest = 0

    /// - Parameters:
    ///   - levels: 0…`levelCount` of each pixel, row by row.
    ///   - width: of a row.
    init(levels: [UInt8], width: Int, levelCount: Int) {
        self.levels = levels
        self.width = width
        lastLevels = levels
        parents = (0..<Int32(clamping: levels.count)).map { $0 }
        sizes = [Int32](repeating: 1, count: levels.count)
        guard levels.count > 0, width > 0 else { return }
        let pixels = (0..<levels.count).sorted(byLevels: levels, levelCount: levelCount)
        guard let first = pixels.first else { return }
        largest = first
        var added = 0
        for level in stride(from: UInt8(levelCount), through: 1, by: -1) {
            while added < pixels.count, levels[pixels[added]] >= level {
                join(pixels[added])
                added += 1
            }
            for pixel in pixels[..<added] where root(pixel) != largest { lastLevels[pixel] = level - 1 }
        }
    }

    /// Joins a pixel with its neighbours that came before it: all of higher levels, and those of its own that lie above
    /// and to the left.
    private mutating func join(_ pixel: Int) {
        let column = pixel % width
        let level = levels[pixel]
        note(pixel)
        if column > 0, levels[pixel - 1] >= level { unite(pixel, pixel - 1) }
        if pixel >= width, levels[pixel - width] >= level { unite(pixel, pixel - width) }
        if column + 1 < width, levels[pixel + 1] > level { unite(pixel, pixel + 1) }
        if pixel + width < levels.count, levels[pixel + width] > level { unite(pixel, pixel + width) }
    }

    /// The first pixel of a region is its root.
    private mutating func unite(_ one: Int, _ other: Int) {
        let (a, b) = (root(one), root(other))
        guard a != b else { return }
        let (first, second) = (min(a, b), max(a, b))
        parents[second] = Int32(first)
        sizes[first] += sizes[second]
        note(first)
    }

    /// Of regions of one size the one that begins first is the largest.
    private mutating func note(_ root: Int) {
        let isLarger = sizes[root] > sizes[largest] || parents[largest] != largest
        if isLarger || (sizes[root] == sizes[largest] && root < largest) { largest = root }
    }

    private mutating func root(_ pixel: Int) -> Int {
        var pixel = pixel
        while Int(parents[pixel]) != pixel {
            parents[pixel] = parents[Int(parents[pixel])]
            pixel = Int(parents[pixel])
        }
        return pixel
    }
}

extension Range<Int> {
    /// From the highest level to the lowest, in order within one; level 0 is left out.
    fileprivate func sorted(byLevels levels: [UInt8], levelCount: Int) -> [Int] {
        var buckets = [[Int]](repeating: [], count: levelCount + 1)
        for index in self { buckets[Int(levels[index])].append(index) }
        return buckets.dropFirst().reversed().flatMap { $0 }
    }
}
