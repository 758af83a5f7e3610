internal import FFmpeg
internal import Foundation

/// A file that begins with a checksum of the rest, and has its name only when it is whole.
///
/// The checksum is against accidents: who may write here could put any file with a sum that fits, whatever the sum is.
struct SealedFile {
    enum Content {
        case missing
        case damaged
        case sound(ArraySlice<UInt8>)
    }

    let path: String

    /// Goes into names, so that a file that was sealed otherwise is not taken for damaged.
    private static let version = "sealed 2"

    /// A name for what was made after a recipe, or is kept under a key: 64 hexadecimal digits.
    static func name(for key: String) throws -> String {
        try Array("\(version)\n\(key)".utf8).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
    }

    /// Read where it will stay; a network's bytes are not few.
    var content: Content {
        guard let sealed = Self.contents(of: path) else { return .missing }
        guard sealed.count >= Checksum.digitCount else { return .damaged }
        let bytes = sealed[Checksum.digitCount...]
        guard let sum = try? bytes.withUnsafeBytes({ try Checksum.hexDigits(of: $0) }),
            sealed.prefix(Checksum.digitCount).elementsEqual(sum.utf8)
        else { return .damaged }
        return .sound(bytes)
    }

    /// Replaces what has the name.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var sealed = Data(try Checksum.hexDigits(of: bytes).utf8)
        sealed.append(contentsOf: bytes)
        try ModelStore.write(sealed, to: path)
    }

    /// Nil where there is no such file.
    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { room, count in
            count = fread(room.baseAddress, 1, room.count, file)
        }
    }
}
