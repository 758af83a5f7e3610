internal import Frames

extension Frame {
    /// - Throws: `.badInput` for a picture without pixels, which no network takes.
    func checkHasPixels() throws(MatteError) {
        guard size.pixelCount > 0 else { throw MatteError(.badInput, "a picture of \(size) cannot be matted") }
    }
}
