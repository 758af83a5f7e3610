import Drawing
import Foundation
import Frames
import Presets

/// The contact sheet of `matte image`: source, alpha, foreground and result of every picture in a row.
final class ImageSheet {
    /// A sheet is to be looked at, and made in memory.
    private static let mostRows = 40
    private static let cell = Size(width: 280, height: 280)
    private let file: PictureFile
    private let notice: NoticeHandler
    private let path: String
    private var sheet = ContactSheet(titles: JobPreview.titles, cell: ImageSheet.cell)

    /// - Throws: where it could not be written: before the work, not after it.
    init(_ path: String, _ options: ImageOptions, _ plan: ImagePlan, notice: @escaping NoticeHandler) throws {
        self.path = path
        self.notice = notice
        let taken = plan.items.flatMap { [$0.input] + $0.outputs }
        guard !taken.contains(where: { RunOptions.isSameFile($0, path) }) else {
            throw MatteError(
                .usage, "--contact-sheet: '\(path)' is an input or an output", advice: "choose another name")
        }
        file = PictureFile(path, overwrite: options.run.encoding.overwrite)
        try file.check()
        if plan.items.count > Self.mostRows {
            notice("'\(path)' shows the first \(Self.mostRows) of \(plan.items.count) pictures")
        }
    }

    /// For the next picture; nil where the sheet is full.
    func preview() -> JobPreview? { sheet.rows.count < Self.mostRows ? JobPreview(cell: Self.cell) : nil }

    func add(_ input: String, _ preview: JobPreview) {
        sheet.rows.append(.init(caption: (input as NSString).lastPathComponent, pictures: preview.panels))
    }

    func write() throws {
        guard !sheet.rows.isEmpty else { return }
        try file.write(sheet.picture)
    }
}
