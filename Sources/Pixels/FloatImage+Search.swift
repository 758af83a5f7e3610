internal import CKernels
public import Frames

extension FloatImage {
    /// Places of values above `threshold` in the first channel, evenly chosen: at most about `wanted` of them, at most
    /// twice as many, in reading order. The choice depends on nothing but the picture.
    public func places(above threshold: Float, about wanted: Int) -> [Int32] {
        withChannel(0) { values in
            guard let base = values.baseAddress else { return [] }
            let found = matte_count(base, threshold, values.count)
            let step = max(found / max(wanted, 1), 1)
            let most = (found + step - 1) / step
            return [Int32](unsafeUninitializedCapacity: most) { places, filled in
                filled = matte_choose(base, threshold, step / 2, step, places.baseAddress, most, values.count)
            }
        }
    }

    /// The part of the pixels whose first channel is above `threshold`; 0 of an empty picture.
    public func share(above threshold: Float) -> Float {
        withChannel(0) { values in
            Float(matte_count(values.baseAddress, threshold, values.count)) / Float(max(values.count, 1))
        }
    }

    /// The columns and rows between which all values of the first channel above `threshold` lie; nil where there are none.
    public func bounds(above threshold: Float) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
        let width = size.width
        return withChannel(0) { values in
            guard let base = values.baseAddress else { return nil }
            let first = matte_first(base, threshold, values.count)
            guard first < values.count else { return nil }
            let rows = first / width...matte_last(base, threshold, values.count) / width
            var (left, right) = (first % width, first % width)
            for row in rows {
                // Only what lies outside of what is known already.
                left = min(left, matte_first(base + row * width, threshold, left))
                let beyond = base + row * width + right + 1
                let count = width - right - 1
                let last = matte_last(beyond, threshold, count)
                if last < count { right += last + 1 }
            }
            return (left...right, rows)
        }
    }

    /// The stretches of pixels above `threshold` in the first channel, row after row.
    public func runs(above threshold: Float) -> [PixelRun] {
        let width = size.width
        var runs: [PixelRun] = []
        withChannel(0) { values in
            guard let base = values.baseAddress, width > 0 else { return }
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: width + 2) { places in
                for row in 0..<size.height {
                    let changes = matte_changes(base + row * width, threshold, places.baseAddress, width)
                    for index in stride(from: 0, to: changes, by: 2) {
                        runs.append(PixelRun(row: row, columns: Int(places[index])..<Int(places[index + 1])))
                    }
                }
            }
        }
        return runs
    }
}

/// Neighbouring pixels of one row.
public struct PixelRun: Sendable, Hashable {
    public let row: Int
    public let columns: Range<Int>
}
