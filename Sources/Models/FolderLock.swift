internal import Foundation
internal import Frames

/// Keeps two pulls from writing the same partial file: the second waits until the first is through.
final class FolderLock {
    private let descriptor: Int32

    init(_ folder: String) throws {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MatteError(.cannotCreate, "the models' folder '\(folder)' cannot be opened")
        }
        // A file system without locks is no reason to refuse.
        _ = flock(descriptor, LOCK_EX)
    }

    deinit { close(descriptor) }
}
