import Drawing
import Foundation
import Frames
import Metrics

/// The picture of an evaluation: the errors over time, and below them the worst frames beside their truth.
struct EvaluationPlot {
    private let options: EvaluationOptions
    private let file: PictureFile
    private let isCancelled: @Sendable () -> Bool
    private static let worstCount = 5
    private static let chartHeight = 190
    private static let cell = Size(width: 380, height: 300)

    /// - Throws: where the picture could not be written: before the work, not after it.
    init(_ options: EvaluationOptions, path: String, isCancelled: @escaping @Sendable () -> Bool) throws {
        guard !options.inputs.contains("-") else {
            throw MatteError(
                .usage, "--plot shows the worst frames, but standard input cannot be read twice", advice: "use a file")
        }
        self.options = options
        self.isCancelled = isCancelled
        file = PictureFile(path, overwrite: options.overwrite)
        try file.check()
    }

    func write(_ report: EvaluationReport) throws {
        let worst = report.frames.filter { $0.errors[.mad] != nil }
            .sorted { ($0.errors[.mad] ?? 0, $1.number) > ($1.errors[.mad] ?? 0, $0.number) }
            .prefix(Self.worstCount)
        let sheet = try sheet(of: Array(worst), report)
        let metrics = Metric.allCases.filter { report.mean[$0] != nil && $0 != .sad }
        let head = 3 * Canvas.height()
        let chartsHeight = (metrics.count + 1) / 2 * Self.chartHeight
        let canvas = Canvas(
            size: Size(width: sheet.size.width, height: head + chartsHeight + sheet.size.height))
        let title = "\(report.predicted) against \(report.truth), \(report.frames.count) frames"
        canvas.write(Canvas.shortened(title, toWidth: canvas.size.width - 24), x: 12, y: Canvas.height())
        let half = canvas.size.width / 2
        for (index, metric) in metrics.enumerated() {
            let mean = String(format: "%.2f", report.mean[metric] ?? 0)
            LineChart(
                title: "\(metric.title) \(mean) (\(metric.unit))", values: report.frames.map { $0.errors[metric] },
                marks: worst.map { $0.number - 1 }
            ).draw(
                on: canvas,
                in: Box(
                    x: index % 2 * half + 12, y: head + index / 2 * Self.chartHeight, width: half - 24,
                    height: Self.chartHeight - 10))
        }
        sheet.draw(on: canvas, y: head + chartsHeight)
        try file.write(canvas.picture)
    }

    /// The worst frames are read again: nothing of a long clip has to be kept.
    private func sheet(of worst: [EvaluationReport.Frame], _ report: EvaluationReport) throws -> ContactSheet {
        var rows: [Int: ContactSheet.Row] = [:]
        var options = options
        options.frameLimit = worst.map(\.number).max()
        let pairs = try PairReader(options, isCancelled: isCancelled, notice: { _ in })
        var number = 0
        while let (pair, _) = try pairs.next() {
            number += 1
            guard let frame = worst.first(where: { $0.number == number }) else { continue }
            rows[number] = .init(
                caption: String(format: "frame %d, %.2f s, MAD %.2f", number, frame.seconds, frame.errors[.mad] ?? 0),
                pictures: [pair.predicted, pair.truth, DifferencePicture.of(pair.predicted, from: pair.truth)])
        }
        return ContactSheet(
            titles: ["predicted", "true", "difference"], cell: Self.cell, rows: worst.compactMap { rows[$0.number] })
    }
}
