internal import FFmpeg
internal import Foundation
public import Frames

extension InstalledModel {
    /// Something made of the model's file, kept beside it so that the next start finds it made: in a hidden file named
    /// after the SHA-256 of its source and of how it was made, which begins with the SHA-256 of the rest.
    ///
    /// Where it can be had the model's file is not read. A folder that cannot be written is no obstacle.
    ///
    /// - Parameters:
    ///   - recipe: all that decides, besides the model's file, what is made: settings, and a version. Any text.
    ///   - notice: told of a kept file that is damaged and is made anew.
    ///   - make: makes it of the verified bytes.
    /// - Returns: the bytes that `make` gives, or gave.
    /// - Throws: what `withVerifiedBytes` and `make` throw.
    public func derived(
        _ recipe: String, notice: NoticeHandler = { _ in }, make: (UnsafeRawBufferPointer) throws -> [UInt8]
    ) throws -> [UInt8] {
        let made = try Array(recipe.utf8).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        let path = "\(folder)/\(prefix)\(made.prefix(16))"
        if let kept = FileManager.default.contents(atPath: path) {
            if let bytes = Self.checked(kept) { return bytes }
            notice("'\(path)', which was prepared from model \(card.name), is damaged; it is made anew")
        }
        let bytes = try withVerifiedBytes(make)
        // Those of earlier versions of the program are of no more use.
        removeDerived(except: path)
        try? ModelStore.write(try Self.sealed(bytes), to: path)
        return bytes
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

    /// The digest in hexadecimal digits, then the bytes.
    private static func sealed(_ bytes: [UInt8]) throws -> Data {
        let digest = try bytes.withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) }
        return Data(digest.utf8) + bytes
    }

    private static func checked(_ sealed: Data) -> [UInt8]? {
        let digitCount = 64
        guard sealed.count > digitCount else { return nil }
        return sealed.withUnsafeBytes { whole in
            let bytes = UnsafeRawBufferPointer(rebasing: whole[digitCount...])
            guard let digest = try? SHA256Digest.hexDigest(of: bytes), whole[..<digitCount].elementsEqual(digest.utf8)
            else { return nil }
            return Array(bytes)
        }
    }
}
