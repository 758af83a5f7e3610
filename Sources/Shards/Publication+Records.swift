import Encoding
import Foundation
import Frames

extension Publication {
    /// A small record as a line of JSON.
    static func publish(record: some Encodable, as path: String) throws(MatteError) -> Publication {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let line = try? encoder.encode(record) else {
            throw MatteError(.internal, "'\(path)' cannot be put into words")
        }
        return try publish(line + Data("\n".utf8), as: path)
    }

    /// A file that is complete and on the disk already, in a folder of the same file system. Its old name goes.
    static func publish(file: String, as path: String) throws(MatteError) -> Publication {
        do throws(MatteError) {
            try Rename.file(file, to: path, overwrite: false)
            Rename.flush(folder: PathName.split(path).folder)
            return .first
        } catch {
            guard error.kind == .cannotCreate, isTaken(path) else { throw error }
            return .late
        }
    }
}
