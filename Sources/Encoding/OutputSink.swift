internal import FFmpeg
internal import Frames

/// Where encoded pictures go.
protocol OutputSink: AnyObject {
    /// Comes before the first picture.
    func begin(at first: Timestamp) throws
    func write(picture: Packet) throws
    /// - Parameter packet: of a stream that is copied; others are passed over.
    func write(copied packet: Packet) throws
    /// Completes the output under its name.
    func commit() throws
    /// Removes what was written; does nothing after `commit` or a second time.
    func discard()
}

/// One picture in one file.
final class PictureSink: OutputSink {
    private let path: String
    private let file: PendingFile
    private let profile: ProfileEmbedding?
    private var hasPicture = false

    init(path: String, overwrite: Bool, profile: ProfileEmbedding?) throws(MatteError) {
        self.path = path
        self.profile = profile
        file = try PendingFile(target: path, overwrite: overwrite)
    }

    func begin(at first: Timestamp) {}

    func write(picture: Packet) throws {
        guard !hasPicture else {
            let (folder, name) = PathName.split(path)
            let ending = PathName.fileExtension(name)
            let pattern = "\(name.dropLast(ending.count + 1))-%05d.\(ending)"
            throw MatteError(
                .usage, "'\(path)' holds one picture, and there are more",
                advice: "name numbered pictures, like '\(folder == "." ? pattern : PathName.join(folder, pattern))'")
        }
        hasPicture = true
        try profile.embedding(in: picture) { try file.write($0) }
    }

    func write(copied packet: Packet) {}
    func commit() throws { try file.commit() }
    func discard() { file.discard() }
}

/// Numbered pictures in a folder.
final class SequenceSink: OutputSink {
    private let folder: PendingFolder
    private let path: String
    private let profile: ProfileEmbedding?
    private let notice: NoticeHandler

    init(
        path: String, folder: String, naming: PictureNaming, overwrite: Bool, profile: ProfileEmbedding?,
        notice: @escaping NoticeHandler
    ) throws(MatteError) {
        self.folder = try PendingFolder(folder: folder, naming: naming, overwrite: overwrite)
        self.path = path
        self.profile = profile
        self.notice = notice
    }

    func begin(at first: Timestamp) {}
    func write(picture: Packet) throws { try profile.embedding(in: picture) { try folder.write($0) } }
    func write(copied packet: Packet) {}

    func commit() throws {
        let older = try folder.commit()
        if older > 0 { notice("'\(path)' also holds \(older) older pictures of the same naming") }
    }

    func discard() { folder.discard() }
}

extension ProfileEmbedding? {
    /// Calls `body` with the picture's bytes, and the profile among them where there is one to put in.
    fileprivate func embedding(in picture: Packet, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try picture.withBytes { bytes in
            guard let self else { return try body(bytes) }
            try self.embedded(in: bytes).withUnsafeBytes(body)
        }
    }
}
