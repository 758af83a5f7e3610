internal import Frames
internal import Glibc

/// Numbered pictures that are written into a hidden folder, and get their place when all are complete: the folder its
/// name, or, where the folder exists, each picture its place in it.
///
/// Used by one thread at a time. Letting go of it without `commit()` removes everything.
final class PendingFolder {
    /// Stands in for a name where the folder has its own already.
    static let name = "pictures"

    private let target: String
    private let naming: PictureNaming
    private let overwrite: Bool
    private let exists: Bool
    private let hidden: String
    private var descriptor: Int32 = -1
    private var written: [String] = []
    private var isSettled = false

    /// - Throws: `.cannotCreate` where the folder has pictures of this naming (and they may not be replaced), or cannot
    ///   be written.
    init(folder: String, naming: PictureNaming, overwrite: Bool) throws(MatteError) {
        var target = folder
        while target.count > 1, target.hasSuffix("/") { target.removeLast() }
        switch FileType(path: target) {
        case .folder: exists = true
        case nil: exists = false
        case .regular, .special:
            throw MatteError(
                .cannotCreate, "'\(folder)' is not a folder", advice: "choose another folder for the pictures")
        }
        if exists, !overwrite, let first = FolderListing.names(in: target).filter(naming.matches).min() {
            throw MatteError(
                .cannotCreate, "'\(PathName.join(target, first))' exists already",
                advice: "choose an empty folder, or add --overwrite")
        }
        let (parent, name) = exists ? (target, Self.name) : PathName.split(target)
        HiddenName.removeStale(for: name, in: parent)
        var hidden = ""
        repeat {
            hidden = PathName.join(parent, HiddenName.make(for: name))
            if descriptor >= 0 { close(descriptor) }
            guard mkdir(hidden, 0o777) == 0 else {
                guard errno == EEXIST else { throw FileFailure.cannotCreate(target, code: errno) }
                continue
            }
            descriptor = open(hidden, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        } while descriptor < 0 || !HiddenName.lock(descriptor)
        self.hidden = hidden
        self.target = target
        self.naming = naming
        self.overwrite = overwrite
    }

    deinit { discard() }

    /// Writes the next picture's file.
    func write(_ bytes: UnsafeRawBufferPointer) throws(MatteError) {
        let name = naming.fileName(number: PictureNaming.firstNumber + written.count)
        let path = PathName.join(target, name)
        let file = open(PathName.join(hidden, name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw FileFailure.broken(path, code: errno) }
        written.append(name)
        do {
            try bytes.write(to: file, of: path)
        } catch {
            close(file)
            throw error
        }
        guard close(file) == 0 else { throw FileFailure.broken(path, code: errno) }
    }

    /// - Returns: how many older pictures of this naming the folder holds beside the new ones.
    func commit() throws(MatteError) -> Int {
        defer { discard() }
        // Another output of the same run may have made the folder meanwhile; then the pictures go beside its own.
        guard exists || FileType(path: target) == .folder else {
            try Rename.folder(hidden, to: target)
            isSettled = true
            Rename.flush(folder: PathName.split(target).folder)
            return 0
        }
        var moved: [String] = []
        do {
            for name in written {
                let path = PathName.join(target, name)
                try Rename.file(PathName.join(hidden, name), to: path, overwrite: overwrite)
                moved.append(path)
            }
        } catch {
            // With --overwrite the older pictures are gone already: what is new and complete may stay.
            if !overwrite { for path in moved { unlink(path) } }
            throw error
        }
        Rename.flush(folder: target)
        let new = Set(written)
        return FolderListing.names(in: target).count { naming.matches($0) && !new.contains($0) }
    }

    func discard() {
        if !isSettled { FolderListing.remove(hidden) }
        isSettled = true
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}

extension UnsafeRawBufferPointer {
    /// Writes all bytes, however many calls it takes.
    func write(to descriptor: Int32, of name: String) throws(MatteError) {
        var rest = self[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure.broken(name, code: errno)
            }
            rest = rest.dropFirst(count)
        }
    }
}
