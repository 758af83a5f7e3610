internal import FFmpeg
internal import Foundation
public import Frames

extension InstalledModel {
    /// Something made of the model's file, kept beside it so that the next start finds it made: in a hidden file named
    /// after the SHA-256 of its source and of how it was made, which begins with a checksum of the rest.
    ///
    /// Where it can be had the model's file is not read. A folder that cannot be written is no obstacle. The checksum is
    /// against accidents: who may write here could put any file with a sum that fits, whatever the sum is.
    ///
    /// - Parameters:
    ///   - recipe: all that decides, besides the model's file, what is made: settings, and a version. Any text.
    ///   - notice: told of a kept file that is damaged and is made anew.
    ///   - make: makes it of the verified bytes.
    /// - Returns: the bytes that `make` gives, or gave.
    /// - Throws: what `withVerifiedBytes` and `make` throw.
    public func derived(
        _ recipe: String, notice: NoticeHandler = { _ in }, make: (UnsafeRawBufferPointer) throws -> [UInt8]
    ) throws -> ArraySlice<UInt8> {
        let made = try Array("\(Self.sealing)\n\(recipe)".utf8).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        let path = "\(folder)/\(prefix)\(made.prefix(16))"
        if let kept = Self.contents(of: path) {
            if let bytes = Self.checked(kept) { return bytes }
            notice("'\(path)', which was prepared from model \(card.name), is damaged; it is made anew")
        }
        let bytes = try withVerifiedBytes(make)
        // Those of earlier versions of the program are of no more use.
        removeDerived(except: path)
        try? ModelStore.write(try Self.sealed(bytes), to: path)
        return bytes[...]
    }

    /// Removes what is kept beside the file.
    func removeDerived(except path: String? = nil) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            if "\(folder)/\(name)" != path { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
        }
    }

    private var folder: String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }

    private var prefix: String { ".\(card.sha256)." }

    /// Goes into the file's name, so that one that was sealed otherwise is not taken for damaged.
    private static let sealing = "sealed 2"

    /// The checksum in hexadecimal digits, then the bytes.
    private static func sealed(_ bytes: [UInt8]) throws -> Data {
        let sum = try bytes.withUnsafeBytes { try Checksum.hexDigits(of: $0) }
        return Data(sum.utf8) + bytes
    }

    private static func checked(_ sealed: [UInt8]) -> ArraySlice<UInt8>? {
        guard sealed.count > Checksum.digitCount else { return nil }
        let bytes = sealed[Checksum.digitCount...]
        guard let sum = try? bytes.withUnsafeBytes({ try Checksum.hexDigits(of: $0) }),
            sealed.prefix(Checksum.digitCount).elementsEqual(sum.utf8)
        else { return nil }
        return bytes
    }

    /// A file's bytes, read where they will stay; a network's are not few. Nil where there are none to be had.
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
