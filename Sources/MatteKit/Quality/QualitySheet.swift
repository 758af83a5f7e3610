import Drawing
import Foundation
import Frames
import Metrics

/// The worst frames of a clip: each matte between the one before and what has changed.
struct QualitySheet {
    private static let cell = Size(width: 320, height: 240)
    private let options: QualityOptions
    private let file: PictureFile
    private let isCancelled: @Sendable () -> Bool

    /// - Throws: where the picture could not be written: before the work, not after it.
    init(_ options: QualityOptions, path: String, isCancelled: @escaping @Sendable () -> Bool) throws {
        guard options.clip != "-", options.source != "-" else {
            throw MatteError(
                .usage, "--contact-sheet shows frames again, but standard input cannot be read twice",
                advice: "use a file")
        }
        self.options = options
        self.isCancelled = isCancelled
        file = PictureFile(path, overwrite: options.overwrite)
        try file.check()
    }

    /// The frames are read again: nothing of a long clip has to be kept.
    func write(_ report: QualityReport) throws {
        var rows: [Int: [FloatImage]] = [:]
        let wanted = Set(report.worst.map(\.worstFrame))
        let reader = try QualityReader(options, isCancelled: isCancelled, notice: { _ in })
        var number = 0
        var before: FloatImage?
        while number < wanted.max() ?? 0, let item = try reader.next(showsSource: wanted.contains(number + 1)) {
            number += 1
            let alpha = item.matte.alpha
            if wanted.contains(number) {
                let earlier = before?.size == alpha.size ? before ?? alpha : alpha
                rows[number] =
                    [earlier, alpha, DifferencePicture.of(alpha, from: earlier)]
                    .map { $0.fitted(into: Self.cell) } + (item.source.map { [$0.fitted(into: Self.cell)] } ?? [])
            }
            before = alpha
        }
        let titles = ["frame before", "frame", "change"] + (options.source == nil ? [] : ["source"])
        var sheet = ContactSheet(titles: titles, cell: Self.cell)
        sheet.rows = report.worst.compactMap { event in
            rows[event.worstFrame].map { pictures in
                .init(
                    caption: String(
                        format: "frame %d, %.2f s: %@, %.1f times the threshold", event.worstFrame,
                        report.seconds(ofFrame: event.worstFrame), event.flag.rawValue, event.severity),
                    pictures: pictures)
            }
        }
        if sheet.rows.isEmpty { sheet.rows = [.init(caption: "nothing was flagged", pictures: [])] }
        try file.write(sheet.picture)
    }
}
