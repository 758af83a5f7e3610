import FFmpeg
import Frames

extension ContainerInfo {
    /// The same with its chapters cut to a part of the clip, and moved with it.
    ///
    /// - Parameters:
    ///   - start: time of the first picture delivered, which becomes 0; nil where nothing is moved.
    ///   - end: chapters end here at the latest; nil for the clip's own end.
    func cut(from start: Timestamp?, to end: Timestamp?) -> ContainerInfo {
        var cut = self
        cut.chapters = chapters.compactMap { chapter in
            var chapter = chapter
            let first = start?.rescaled(to: chapter.timeBase)
            chapter.start = max(chapter.start, first ?? .min)
            chapter.end = min(chapter.end, end?.rescaled(to: chapter.timeBase) ?? .max)
            guard chapter.start < chapter.end else { return nil }
            chapter.start = chapter.start.clampedAdding(-(first ?? 0))
            chapter.end = chapter.end.clampedAdding(-(first ?? 0))
            return chapter
        }
        return cut
    }
}
