/// A k-d tree (Bentley, 1975): finds the nearest of many points in a space of few dimensions.
///
/// Equal distances are decided by the points' numbers, so that the result is the same however the tree was built. Not
/// changed after it is made; any number of threads may ask it.
struct FeatureTree: Sendable {
    /// Point after point, `dimensions` numbers each.
    private let features: [Float]
    private let dimensions: Int
    /// Numbers of the points, leaf after leaf.
    private var points: [Int32]
    private var nodes: [Node] = []

    private static let leafSize = 12

    private struct Node {
        let range: Range<Int32>
        /// Where the points are divided; −1 for a leaf.
        var axis: Int32 = -1
        var split: Float = 0
        var right: Int32 = 0
    }

    init(features: [Float], dimensions: Int) {
        self.features = features
        self.dimensions = dimensions
        points = (0..<Int32(features.count / dimensions)).map { $0 }
        if !points.isEmpty { build(0..<points.count) }
    }

    /// Adds the node of a range and those below it; the left one follows its parent.
    private mutating func build(_ range: Range<Int>) {
        let node = nodes.count
        nodes.append(Node(range: Int32(range.lowerBound)..<Int32(range.upperBound)))
        guard range.count > Self.leafSize else { return }
        let axis = widestAxis(range)
        let middle = range.lowerBound + range.count / 2
        select(middle, in: range, axis: axis)
        nodes[node].axis = Int32(axis)
        nodes[node].split = value(points[middle], axis)
        build(range.lowerBound..<middle)
        nodes[node].right = Int32(nodes.count)
        build(middle..<range.upperBound)
    }

    private func value(_ point: Int32, _ axis: Int) -> Float { features[Int(point) * dimensions + axis] }

    private func widestAxis(_ range: Range<Int>) -> Int {
        var (best, width) = (0, -Float.infinity)
        for axis in 0..<dimensions {
            var (low, high) = (Float.infinity, -Float.infinity)
            for place in range {
                let value = value(points[place], axis)
                low = min(low, value)
                high = max(high, value)
            }
            if high - low > width { (best, width) = (axis, high - low) }
        }
        return best
    }

    /// Brings the point to `place` that would stand there if the range were sorted (Hoare's quickselect).
    private mutating func select(_ place: Int, in range: Range<Int>, axis: Int) {
        var (low, high) = (range.lowerBound, range.upperBound - 1)
        while low < high {
            let pivot = points[(low + high) / 2]
            let pivotValue = value(pivot, axis)
            func precedes(_ point: Int32) -> Bool { (value(point, axis), point) < (pivotValue, pivot) }
            func follows(_ point: Int32) -> Bool { (pivotValue, pivot) < (value(point, axis), point) }
            var (left, right) = (low, high)
            while left <= right {
                while precedes(points[left]) { left += 1 }
                while follows(points[right]) { right -= 1 }
                if left <= right {
                    points.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if place <= right { high = right } else if place >= left { low = left } else { return }
        }
    }

    /// The nearest points to one of the tree's own, the nearest first; itself is among them.
    ///
    /// - Parameter found: taken as memory, and filled.
    func nearest(to point: Int, count: Int, into found: inout [(distance: Float, point: Int32)]) {
        found.removeAll(keepingCapacity: true)
        guard !nodes.isEmpty else { return }
        search(0, point, count, &found)
    }

    private func search(_ index: Int, _ point: Int, _ count: Int, _ found: inout [(distance: Float, point: Int32)]) {
        let node = nodes[index]
        guard node.axis >= 0 else {
            for place in node.range { consider(points[Int(place)], point, count, &found) }
            return
        }
        let offset = value(Int32(point), Int(node.axis)) - node.split
        let (near, far) = offset < 0 ? (index + 1, Int(node.right)) : (Int(node.right), index + 1)
        search(near, point, count, &found)
        // Points at the very distance count too: their numbers may be lower.
        if found.count < count || offset * offset <= found[found.count - 1].distance {
            search(far, point, count, &found)
        }
    }

    private func consider(
        _ candidate: Int32, _ point: Int, _ count: Int, _ found: inout [(distance: Float, point: Int32)]
    ) {
        var distance: Float = 0
        for axis in 0..<dimensions {
            let difference = features[Int(candidate) * dimensions + axis] - features[point * dimensions + axis]
            distance += difference * difference
        }
        let entry = (distance: distance, point: candidate)
        if found.count == count {
            guard entry < found[count - 1] else { return }
            found.removeLast()
        }
        var place = found.count
        while place > 0, entry < found[place - 1] { place -= 1 }
        found.insert(entry, at: place)
    }
}
