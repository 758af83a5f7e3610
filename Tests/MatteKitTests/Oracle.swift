import Foundation
import MatteKit
import TestSupport

/// The published RVM graph run by `Tests/Reference/rvm_oracle.py`.
enum Oracle {
    static func run(clip: String, frames: Int, into folder: String) throws {
        try ReferencePython.runScript("rvm_oracle.py", [try RealModel.path(), clip, folder, "--frames", "\(frames)"])
    }
}

/// Differences in 8-bit code values.
struct ErrorSpread {
    private(set) var count = 0
    private var sum = 0.0
    /// How many differences are in [i/100, (i+1)/100) code values; the last counts all larger ones.
    private var histogram = [Int](repeating: 0, count: 1001)

    mutating func add(_ ours: UnsafeBufferPointer<Float>, _ theirs: [Float], from offset: Int) {
        guard offset + ours.count <= theirs.count else { return }
        for (index, value) in ours.enumerated() {
            let difference = 255 * Double(abs(value - theirs[offset + index]))
            sum += difference
            histogram[min(Int(difference * 100), 1000)] += 1
        }
        count += ours.count
    }

    var mean: Double { count > 0 ? sum / Double(count) : .infinity }

    func shareAbove(_ codeValues: Int) -> Double {
        Double(histogram[(codeValues * 100)...].reduce(0, +)) / Double(max(1, count))
    }
}
