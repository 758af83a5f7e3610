internal import CFFmpeg
internal import Frames

extension Muxer {
    /// What a container's own writer says about the file, so that the input's words would be wrong in the output.
    private static let ownKeys: Set<String> = [
        "encoder", "major_brand", "minor_version", "compatible_brands", "rotate", "duration", "vendor_id",
    ]

    /// Takes over what an input says about itself; before `start`.
    public func setContainer(_ info: ContainerInfo) throws {
        setMetadata(&context.pointee.metadata, info.metadata)
        guard !info.chapters.isEmpty else { return }
        let list = UnsafeMutablePointer<UnsafeMutablePointer<AVChapter>?>(
            OpaquePointer(av_calloc(info.chapters.count, MemoryLayout<UnsafeMutablePointer<AVChapter>?>.stride)))
        guard let list else { throw MatteError(.internal, "out of memory") }
        // From here on the context owns the list and what is in it.
        context.pointee.chapters = list
        for (index, chapter) in info.chapters.enumerated() {
            guard let made = av_mallocz(MemoryLayout<AVChapter>.size)?.bindMemory(to: AVChapter.self, capacity: 1)
            else {
                throw MatteError(.internal, "out of memory")
            }
            made.pointee.id = chapter.id
            made.pointee.time_base = AVRational(chapter.timeBase)
            made.pointee.start = chapter.start
            made.pointee.end = chapter.end
            setMetadata(&made.pointee.metadata, chapter.metadata)
            list[index] = made
            context.pointee.nb_chapters += 1
        }
    }

    func setMetadata(_ dictionary: inout OpaquePointer?, _ pairs: [(key: String, value: String)]) {
        for (key, value) in pairs where !Self.ownKeys.contains(key.lowercased()) {
            av_dict_set(&dictionary, key, value, 0)
        }
    }
}
