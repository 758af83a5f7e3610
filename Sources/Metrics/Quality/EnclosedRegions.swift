/// The 8-connected regions of a mask that do not reach the picture's border.
enum EnclosedRegions {
    /// - Parameters:
    ///   - mask: row by row.
    ///   - width: of a row.
    /// - Returns: each region's pixels, in the order of their first ones.
    static func find(in mask: [Bool], width: Int) -> [[Int]] {
        let height = width > 0 ? mask.count / width : 0
        var seen = [Bool](repeating: false, count: mask.count)
        var regions: [[Int]] = []
        for start in mask.indices where mask[start] && !seen[start] {
            var region = [start]
            var reachesBorder = false
            var next = 0
            seen[start] = true
            while next < region.count {
                let (y, x) = region[next].quotientAndRemainder(dividingBy: width)
                next += 1
                reachesBorder = reachesBorder || x == 0 || y == 0 || x == width - 1 || y == height - 1
                for row in max(y - 1, 0)...min(y + 1, height - 1) {
                    for column in max(x - 1, 0)...min(x + 1, width - 1) {
                        let pixel = row * width + column
                        guard mask[pixel], !seen[pixel] else { continue }
                        seen[pixel] = true
                        region.append(pixel)
                    }
                }
            }
            if !reachesBorder { regions.append(region) }
        }
        return regions
    }
}
