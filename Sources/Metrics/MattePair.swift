public import Frames

/// One frame's predicted matte beside the true one.
public struct MattePair: Sendable {
    /// One channel, 0…1.
    public let predicted: FloatImage
    /// One channel, 0…1, of the same size.
    public let truth: FloatImage
    /// Straight R'G'B' of the predicted and the true subject, of the same size; nil where colours are not compared.
    public let foregrounds: (predicted: FloatImage, truth: FloatImage)?
    /// Where errors count; nil for everywhere.
    public let region: UnknownRegion?

    /// - Throws: `.badInput` where sizes or channels differ.
    public init(
        predicted: FloatImage, truth: FloatImage, foregrounds: (predicted: FloatImage, truth: FloatImage)? = nil,
        region: UnknownRegion? = nil
    ) throws(MatteError) {
        let colors = foregrounds.map { [$0.predicted, $0.truth] } ?? []
        let sizes = [predicted.size] + colors.map(\.size) + (region.map { [$0.size] } ?? [])
        if let other = sizes.first(where: { $0 != truth.size }) {
            throw MatteError(.badInput, "pictures of \(other) and \(truth.size) cannot be compared")
        }
        guard predicted.channels == 1, truth.channels == 1, colors.allSatisfy({ $0.channels == 3 }) else {
            throw MatteError(.internal, "a matte has one channel and a foreground three")
        }
        self.predicted = predicted
        self.truth = truth
        self.foregrounds = foregrounds
        self.region = region
    }

    /// Pixels that count.
    var count: Int { region?.count ?? truth.size.pixelCount }

    /// Calls `body` with both mattes' values.
    func withValues<Result>(
        _ body: (_ predicted: UnsafeBufferPointer<Float>, _ truth: UnsafeBufferPointer<Float>) -> Result
    ) -> Result {
        predicted.withFloats { predicted in truth.withFloats { body(predicted, $0) } }
    }

    /// The sum of `error` over the pixels that count.
    ///
    /// - Parameter error: takes the pixel's index.
    @inline(__always)
    func sum(_ error: (Int) -> Double) -> Double {
        var sum = 0.0
        if let region {
            for index in region.indices { sum += error(index) }
        } else {
            for index in 0..<truth.size.pixelCount { sum += error(index) }
        }
        return sum
    }

    /// The mean of `error` over the pixels that count; nil where none does.
    @inline(__always)
    func mean(_ error: (Int) -> Double) -> Double? { count > 0 ? sum(error) / Double(count) : nil }
}
