/// Columns of a picture that one band works on at a time: few enough that all its rows of floats stay in the processor's
/// nearest cache, which at 3840 columns halves the time of a render.
struct ColumnTile: Equatable {
    /// What is written.
    let columns: Range<Int>
    /// What is read and evaluated: with what the chroma filters need on both sides, as far as there is a picture.
    let reach: Range<Int>

    /// More than any chroma filter reaches, and a multiple of its step.
    private static let margin = 8
    private static let width = 384

    /// Tiles of about equal width from left to right.
    static func all(_ width: Int) -> [ColumnTile] {
        let count = max(width / Self.width, 1)
        return (0..<count).map { index in
            // Every tile begins at a chroma sample.
            let start = index * width / count / margin * margin
            let end = index + 1 == count ? width : (index + 1) * width / count / margin * margin
            return ColumnTile(
                columns: start..<end, reach: max(start - margin, 0)..<min(end + margin, width))
        }
    }

    /// Floats of a row of scratch memory that serves each of them.
    static func scratchWidth(_ tiles: [ColumnTile]) -> Int {
        // Chroma that is brought up for a tile begins and ends a little outside of it.
        tiles.reduce(0) { max($0, $1.reach.count) } + 2 * margin + 16
    }

    /// The whole width in one.
    static func whole(_ width: Int) -> ColumnTile { ColumnTile(columns: 0..<width, reach: 0..<width) }
}
