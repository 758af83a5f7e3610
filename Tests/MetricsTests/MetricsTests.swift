import Frames
import Metrics
import Pixels
import TestSupport
import Testing

struct MetricsTests {
    /// A soft disk that moves and breathes: all alphas between 0 and 1, several regions.
    private func mattes(_ frames: Int, seed: UInt64, _ width: Int = 61, _ height: Int = 43) -> [FloatImage] {
        (0..<frames).map { frame in
            let noise = TestPictures.random(width, height, seed: seed &+ UInt64(frame)).blurred(sigma: 1.5)
            return TestPictures.make(width, height) { _, x, y in
                let (dx, dy) = (Float(x) - 28 - 2 * Float(frame), Float(y) - 20)
                let disk = 1.4 - (dx * dx + dy * dy).squareRoot() / 14
                let value = disk + 3 * (noise.value(0, x, y) - 0.5)
                return min(max((value * 255).rounded() / 255, 0), 1)
            }
        }
    }

    private func measured(
        _ predicted: [FloatImage], _ truth: [FloatImage], foregrounds: [(FloatImage, FloatImage)] = [],
        region: UnknownRegion? = nil
    ) throws -> [MatteErrors] {
        var evaluator = MatteEvaluator()
        return try predicted.indices.map { index in
            let pair = try MattePair(
                predicted: predicted[index], truth: truth[index],
                foregrounds: foregrounds.isEmpty ? nil : foregrounds[index], region: region)
            return evaluator.measure(pair)
        }
    }

    /// Within a thousandth: the program works with single precision where the reference has double.
    private func expectEqual(_ ours: [MatteErrors], _ reference: [MatteErrors], _ metrics: [Metric]) {
        #expect(ours.count == reference.count)
        for (index, (own, other)) in zip(ours, reference).enumerated() {
            for metric in metrics {
                let (a, b) = (own[metric] ?? .nan, other[metric] ?? .nan)
                #expect(abs(a - b) <= 1e-3 * abs(b) + 1e-9, "\(metric.title) of frame \(index): \(a), not \(b)")
            }
        }
    }

    private let ofAlpha: [Metric] = [.mad, .mse, .grad, .conn, .dtssd, .sad]

    @Test func allAreThoseOfThePapers() throws {
        let (predicted, truth) = (mattes(4, seed: 1), mattes(4, seed: 100))
        let colors = (0..<4).map { frame in
            (
                TestPictures.random(61, 43, channels: 3, seed: UInt64(200 + frame)),
                TestPictures.random(61, 43, channels: 3, seed: UInt64(300 + frame))
            )
        }
        let reference = try MetricsOracle.measure(predicted: predicted, truth: truth, foregrounds: colors)
        expectEqual(try measured(predicted, truth, foregrounds: colors), reference, Metric.allCases)
        #expect(reference.allSatisfy { $0[.conn] ?? 0 > 0.01 })
    }

    @Test func aTrimapRestrictsThem() throws {
        let (predicted, truth) = (mattes(3, seed: 11), mattes(3, seed: 110))
        let trimap = TestPictures.make(61, 43) { _, x, y in x < 20 ? 0 : x < 45 ? Float(128) / 255 : 1 }
        let region = UnknownRegion(of: trimap)
        #expect(region.count == 25 * 43)
        #expect(region.isExact)
        let reference = try MetricsOracle.measure(predicted: predicted, truth: truth, trimap: trimap)
        expectEqual(try measured(predicted, truth, region: region), reference, ofAlpha)
    }

    @Test func noiseWithManySmallRegionsIsConnectedAlike() throws {
        func codes(_ seed: UInt64) -> FloatImage {
            let random = TestPictures.random(40, 33, seed: seed)
            return TestPictures.make(40, 33) { _, x, y in (random.value(0, x, y) * 255).rounded() / 255 }
        }
        let (predicted, truth) = ((0..<3).map { codes($0) }, (10..<13).map { codes($0) })
        let reference = try MetricsOracle.measure(predicted: predicted, truth: truth)
        expectEqual(try measured(predicted, truth), reference, ofAlpha)
    }

    @Test func equalMattesHaveNoError() throws {
        let truth = mattes(3, seed: 5)
        for errors in try measured(truth, truth) {
            for metric in ofAlpha { #expect(errors[metric] == 0, "\(metric)") }
            #expect(errors[.foregroundMSE] == nil)
        }
    }

    @Test(arguments: [(0, 0), (0, 1), (1, 1)] as [(Float, Float)])
    func flatMattesAreMeasured(values: (Float, Float)) throws {
        let size = Size(width: 5, height: 4)
        let predicted = FloatImage.filled(values.0, size: size, channels: 1)
        let truth = FloatImage.filled(values.1, size: size, channels: 1)
        let reference = try MetricsOracle.measure(predicted: [predicted], truth: [truth])
        expectEqual(try measured([predicted], [truth]), reference, ofAlpha)
    }

    @Test func nothingIsMeasuredWhereNothingIsOpen() throws {
        let truth = mattes(1, seed: 5)
        let region = UnknownRegion(of: .filled(1, size: truth[0].size, channels: 1))
        let errors = try measured(truth, truth, region: region)
        #expect(Metric.allCases.allSatisfy { errors[0][$0] == nil })
        #expect(!UnknownRegion(of: .filled(0.6, size: truth[0].size, channels: 1)).isExact)
    }

    @Test func sizesMustFit() {
        let small = FloatImage.filled(0, size: Size(width: 3, height: 3), channels: 1)
        let large = FloatImage.filled(0, size: Size(width: 4, height: 3), channels: 1)
        #expect(throws: MatteError.self) { try MattePair(predicted: small, truth: large) }
    }

    @Test func meansAreOfTheFramesThatHaveAValue() {
        var (one, two) = (MatteErrors(), MatteErrors())
        (one[.mad], two[.mad], two[.foregroundMSE]) = (1, 4, 7)
        let mean = MatteErrors.mean([one, two])
        #expect(mean[.mad] == 2.5)
        #expect(mean[.foregroundMSE] == 7)
        #expect(mean[.sad] == nil)
    }
}
