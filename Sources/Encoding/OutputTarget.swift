internal import FFmpeg
internal import Frames
internal import Glibc

/// Where an output goes and in which kind of file, as its name says.
enum OutputTarget: Sendable, Hashable {
    /// A file with a container, written beside its name and renamed.
    case file(path: String, ContainerFormat)
    /// A pipe or device, written straight away: FFmpeg's address of it.
    case direct(address: String, ContainerFormat)
    /// One picture file.
    case picture(path: String, PictureFileKind)
    /// Numbered pictures in a folder.
    case sequence(folder: String, PictureNaming, PictureFileKind)

    init(path: String, outputFormat: String?) throws(MatteError) {
        guard !path.isEmpty else { throw MatteError(.usage, "the output has no name") }
        var chosen: ContainerFormat?
        if let outputFormat { chosen = try Self.container(named: outputFormat) }
        if path == "-" || path == "/dev/stdout" {
            self = .direct(address: "pipe:1", try Self.wanted(chosen, by: path))
            return
        }
        if let type = FileType(path: path) {
            switch type {
            case .folder:
                self = .sequence(folder: path, .standard, .png)
                return
            case .special:
                // A named pipe may be called after what goes through it.
                let byName = try? Self.container(ofFile: PathName.split(path).name, path: path)
                self = .direct(address: "file:" + path, try Self.wanted(chosen ?? byName, by: path))
                return
            case .regular: break
            }
        }
        if let chosen {
            self = .file(path: path, chosen)
            return
        }
        let (folder, name) = PathName.split(path)
        if name.isEmpty {
            self = .sequence(folder: folder, .standard, .png)
        } else if let kind = PictureFileKind(fileName: name) {
            if let naming = PictureNaming(pattern: name) {
                self = .sequence(folder: folder, naming, kind)
            } else if PictureNaming.looksLikePattern(name) {
                throw MatteError(
                    .usage, "'\(path)' is not a pattern for numbered pictures",
                    advice: "write one number, like %05d, and a percent sign of the name as %%")
            } else {
                self = .picture(path: path, kind)
            }
        } else {
            self = .file(path: path, try Self.container(ofFile: name, path: path))
        }
    }

    private static func wanted(_ chosen: ContainerFormat?, by path: String) throws(MatteError) -> ContainerFormat {
        if let chosen { return chosen }
        throw MatteError(
            .usage, "the name '\(path)' does not say which container to write",
            advice: "add --output-format, for example matroska or nut")
    }

    private static func container(named name: String) throws(MatteError) -> ContainerFormat {
        guard let container = ContainerFormat(name: name), container.defaultVideoCodec != nil else {
            throw MatteError(
                .usage, "unknown output format '\(name)'", advice: "choose mp4, mov, matroska, webm, mpegts or nut")
        }
        return container
    }

    private static func container(ofFile name: String, path: String) throws(MatteError) -> ContainerFormat {
        let known = [
            "mp4": "mp4", "m4v": "mp4", "mov": "mov", "mkv": "matroska", "webm": "webm", "ts": "mpegts",
            "m2ts": "mpegts", "nut": "nut", "apng": "apng",
        ]
        let container =
            known[PathName.fileExtension(name)].flatMap(ContainerFormat.init(name:))
            ?? ContainerFormat(fileName: name)
        guard let container, container.defaultVideoCodec != nil else {
            throw MatteError(
                .usage, "the name '\(path)' does not say which kind of file to write",
                advice: "end it with .mp4, .mov, .mkv, .webm, .ts or .png, or with / for a folder of pictures")
        }
        guard container.keepsTimes else {
            throw MatteError(
                .usage, "'\(path)' would lose the pictures' times, which a file of this kind does not keep",
                advice: "choose .mp4, .mov, .mkv or .webm")
        }
        return container
    }
}

/// A picture file's kind, by its extension.
enum PictureFileKind: String, Sendable {
    case png
    case jpeg
    case webp
    case tiff

    init?(fileName: String) {
        switch PathName.fileExtension(fileName) {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "webp": self = .webp
        case "tif", "tiff": self = .tiff
        default: return nil
        }
    }

    /// The codec's name in `VideoCodec.all`.
    var codec: String { rawValue }
}
