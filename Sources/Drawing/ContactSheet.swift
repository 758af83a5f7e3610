public import Frames

/// Rows of pictures with captions.
public struct ContactSheet: Sendable {
    public struct Row: Sendable {
        public var caption: String
        /// R'G'B' or grey; drawn as large as the cells.
        public var pictures: [FloatImage]

        public init(caption: String, pictures: [FloatImage]) {
            self.caption = caption
            self.pictures = pictures
        }
    }

    /// What the columns show, over the first row; empty for no words.
    public var titles: [String]
    /// The most that a picture takes.
    public var cell: Size
    public var rows: [Row]
    private let gap = 12

    public init(titles: [String] = [], cell: Size, rows: [Row] = []) {
        self.titles = titles
        self.cell = cell
        self.rows = rows
    }

    private var lineHeight: Int { Canvas.height() + gap }
    private var columns: Int { max(rows.map(\.pictures.count).max() ?? 0, titles.count, 1) }

    /// Of the whole sheet.
    public var size: Size {
        Size(width: gap + columns * (cell.width + gap), height: gap + headHeight + rows.map(height).reduce(0, +))
    }

    private var headHeight: Int { titles.isEmpty ? 0 : lineHeight }

    /// A row is as high as its highest picture.
    private func height(of row: Row) -> Int { lineHeight + pictureHeight(of: row) + gap }

    private func pictureHeight(of row: Row) -> Int {
        row.pictures.map { picture in
            let (width, height) = (max(picture.size.width, 1), max(picture.size.height, 1))
            return min(cell.height, Int((Double(cell.width * height) / Double(width)).rounded(.up)))
        }.max() ?? 0
    }

    /// Draws the sheet onto a canvas, its upper left corner at a place.
    public func draw(on canvas: Canvas, x: Int = 0, y: Int = 0) {
        func left(_ column: Int) -> Int { x + gap + column * (cell.width + gap) }
        for (column, title) in titles.enumerated() {
            canvas.write(Canvas.shortened(title, toWidth: cell.width), x: left(column), y: y + gap, .grey)
        }
        var top = y + gap + headHeight
        for row in rows {
            canvas.write(Canvas.shortened(row.caption, toWidth: size.width - 2 * gap), x: left(0), y: top)
            for (column, picture) in row.pictures.enumerated() {
                let box = Box(
                    x: left(column), y: top + lineHeight - gap / 2, width: cell.width,
                    height: pictureHeight(of: row))
                let place = canvas.draw(picture, fitting: box)
                canvas.frame(
                    Box(x: place.x - 1, y: place.y - 1, width: place.width + 2, height: place.height + 2), .paleGrey)
            }
            top += height(of: row)
        }
    }

    /// The sheet as a picture of its own.
    public var picture: FloatImage {
        let canvas = Canvas(size: size)
        draw(on: canvas)
        return canvas.picture
    }
}
