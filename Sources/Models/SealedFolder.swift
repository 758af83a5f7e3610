/// A folder in which processes leave each other bytes by key, each in a file of its own that shows its damage.
///
/// Any thread of any process may use it. Nobody may rely on it: a folder that cannot be written keeps nothing.
public struct SealedFolder: Sendable {
    private let path: String

    public init(_ path: String) { self.path = path }

    /// - Returns: what was kept under the key, whole and sound; nil where there is nothing.
    public func bytes(for key: String) -> ArraySlice<UInt8>? {
        guard case .sound(let bytes) = file(for: key)?.content else { return nil }
        return bytes
    }

    /// Keeps the bytes in place of others of the key. Of several writers the last one wins; each reader sees one of them.
    public func keep(_ bytes: UnsafeRawBufferPointer, for key: String) { try? file(for: key)?.write(bytes) }

    private func file(for key: String) -> SealedFile? {
        (try? SealedFile.name(for: key)).map { SealedFile(path: "\(path)/\($0)") }
    }
}
