internal import Frames
internal import Pixels

/// The connected regions of a mask, 4-connected, by union and find over the runs of its rows.
struct ConnectedRegions {
    private let runs: [PixelRun]
    /// The number of each run's region from 0 on, in reading order of their first pixels.
    private let regions: [Int]
    let count: Int

    /// - Parameter mask: above a half is inside.
    init(_ mask: FloatImage) {
        let runs = mask.runs(above: 0.5)
        var parents = Array(runs.indices)
        func root(_ run: Int) -> Int {
            var run = run
            while parents[run] != run {
                parents[run] = parents[parents[run]]
                run = parents[run]
            }
            return run
        }
        // The first run of the row above that may still touch.
        var above = 0
        for (index, run) in runs.enumerated() {
            while runs[above].row < run.row - 1
                || runs[above].row == run.row - 1 && runs[above].columns.upperBound <= run.columns.lowerBound
            { above += 1 }
            var near = above
            while runs[near].row == run.row - 1, runs[near].columns.lowerBound < run.columns.upperBound {
                let (one, other) = (root(near), root(index))
                parents[max(one, other)] = min(one, other)
                near += 1
            }
        }
        var numbers: [Int] = []
        numbers.reserveCapacity(runs.count)
        var count = 0
        for run in runs.indices {
            let first = root(run)
            if first == run { count += 1 }
            numbers.append(first == run ? count - 1 : numbers[first])
        }
        (self.runs, regions, self.count) = (runs, numbers, count)
    }

    /// The number of the region that a pixel belongs to, from 0 on in reading order of their first pixels; nil outside.
    func region(x: Int, y: Int) -> Int? {
        zip(runs, regions).first { run, _ in run.row == y && run.columns.contains(x) }?.1
    }

    /// 1 in the regions that hold a pixel where `seed` is above `threshold`, 0 elsewhere.
    func reached(from seed: FloatImage, above threshold: Float) -> FloatImage {
        let width = seed.size.width
        var isReached = [Bool](repeating: false, count: count)
        seed.withChannel(0) { seed in
            for (run, region) in zip(runs, regions) where !isReached[region] {
                let start = run.row * width
                isReached[region] = run.columns.contains { seed[start + $0] > threshold }
            }
        }
        return FloatImage(size: seed.size, channels: 1, pool: .plates) { out in
            out.update(repeating: 0)
            for (run, region) in zip(runs, regions) where isReached[region] {
                let start = run.row * width
                out[start + run.columns.lowerBound..<start + run.columns.upperBound].update(repeating: 1)
            }
        }
    }
}
