import Encoding
public import Frames
import Glibc

/// Gives finished files their names on storage that several writers share: of two writers of one name the first wins,
/// and the other is told.
///
/// The bytes are written under a unique name beside the final one, flushed to the disk (fsync), and linked to the final
/// name: unlike a rename, link(2) never replaces a file, and what has the name is always complete. Then the folder is
/// flushed too, so that the name survives a power cut.
public enum Publication: Sendable {
    /// These bytes have the name now.
    case first
    /// Another writer's file had the name already, and has it still.
    case late

    /// - Throws: `.cannotCreate` where the folder cannot be written, `.io` for a full or failing disk; nothing is left then.
    public static func publish(_ bytes: some Collection<UInt8>, as path: String) throws(MatteError) -> Publication {
        let content = [UInt8](bytes)
        return try publish(as: path) { file throws(MatteError) in
            var failure: MatteError?
            content.withUnsafeBytes { bytes in
                do throws(MatteError) { try file.write(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
        }
    }

    /// The same for a file that somebody else writes.
    ///
    /// - Parameter write: fills the file; it is published only where this returns.
    static func publish(
        as path: String, write: (PendingFile) throws(MatteError) -> Void
    ) throws(MatteError) -> Publication {
        do throws(MatteError) {
            let file = try PendingFile(target: path, overwrite: false)
            try write(file)
            try file.commit()
            return .first
        } catch {
            guard error.kind == .cannotCreate, isTaken(path) else { throw error }
            return .late
        }
    }

    /// Whether a file of this name is there.
    static func isTaken(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0
    }
}
