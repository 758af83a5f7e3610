internal import Frames

/// The connected regions of a mask, 4-connected, by union and find.
struct ConnectedRegions {
    /// The number of each pixel's region from 1 on in reading order of their first pixels, 0 outside.
    let labels: [Int32]
    let count: Int

    /// - Parameter mask: above a half is inside.
    init(_ mask: FloatImage) {
        let width = mask.size.width
        var parents: [Int32] = [0]
        var labels = [Int32](repeating: 0, count: mask.size.pixelCount)
        func root(_ label: Int32) -> Int32 {
            var label = label
            while parents[Int(label)] != label {
                parents[Int(label)] = parents[Int(parents[Int(label)])]
                label = parents[Int(label)]
            }
            return label
        }
        mask.withChannel(0) { mask in
            for i in mask.indices where mask[i] > 0.5 {
                let left = i % width > 0 ? labels[i - 1] : 0
                let above = i >= width ? labels[i - width] : 0
                if left == 0, above == 0 {
                    parents.append(Int32(parents.count))
                    labels[i] = Int32(parents.count - 1)
                } else if left == 0 || above == 0 || left == above {
                    labels[i] = max(left, above)
                } else {
                    let (one, other) = (root(left), root(above))
                    parents[Int(max(one, other))] = min(one, other)
                    labels[i] = min(one, other)
                }
            }
        }
        var numbers = [Int32](repeating: 0, count: parents.count)
        var count: Int32 = 0
        for label in parents.indices.dropFirst() where root(Int32(label)) == label {
            count += 1
            numbers[label] = count
        }
        for i in labels.indices where labels[i] != 0 { labels[i] = numbers[Int(root(labels[i]))] }
        self.labels = labels
        self.count = Int(count)
    }

    /// 1 in the regions that hold a pixel where `seed` is above `threshold`, 0 elsewhere.
    func reached(from seed: FloatImage, above threshold: Float) -> FloatImage {
        var isReached = [Bool](repeating: false, count: count + 1)
        seed.withChannel(0) { seed in
            for i in seed.indices where seed[i] > threshold { isReached[Int(labels[i])] = true }
        }
        isReached[0] = false
        return FloatImage(size: seed.size, channels: 1, pool: .plates) { out in
            for i in out.indices { out[i] = isReached[Int(labels[i])] ? 1 : 0 }
        }
    }
}

/// How deep inside of a mask each pixel lies, in pixels, by a 3–4 chamfer (Borgefors 1986); 0 outside.
enum MaskDepth {
    static func depth(of mask: FloatImage) -> FloatImage {
        let (width, height) = (mask.size.width, mask.size.height)
        let (straight, diagonal): (Float, Float) = (1, 4.0 / 3)
        let far = Float(width + height)
        return mask.withChannel(0) { mask in
            FloatImage(size: Size(width: width, height: height), channels: 1, pool: .plates) { out in
                for i in mask.indices { out[i] = mask[i] > 0.5 ? far : 0 }
                // What lies outside of the picture is taken to be like its edge.
                func relax(_ i: Int, _ near: Int, _ step: Float) { out[i] = min(out[i], out[near] + step) }
                for row in 0..<height {
                    for column in 0..<width where out[row * width + column] > 0 {
                        let i = row * width + column
                        if column > 0 { relax(i, i - 1, straight) }
                        guard row > 0 else { continue }
                        relax(i, i - width, straight)
                        if column > 0 { relax(i, i - width - 1, diagonal) }
                        if column < width - 1 { relax(i, i - width + 1, diagonal) }
                    }
                }
                for row in (0..<height).reversed() {
                    for column in (0..<width).reversed() where out[row * width + column] > 0 {
                        let i = row * width + column
                        if column < width - 1 { relax(i, i + 1, straight) }
                        guard row < height - 1 else { continue }
                        relax(i, i + width, straight)
                        if column > 0 { relax(i, i + width - 1, diagonal) }
                        if column < width - 1 { relax(i, i + width + 1, diagonal) }
                    }
                }
            }
        }
    }
}
