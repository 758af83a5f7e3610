internal import Foundation
public import Frames

extension InstalledModel {
    /// Something made of the model's file, kept beside it so that the next start finds it made: in a hidden `SealedFile`
    /// named after the SHA-256 of its source and of how it was made.
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
    ) throws -> ArraySlice<UInt8> {
        let file = SealedFile(path: "\(folder)/\(prefix)\(try SealedFile.name(for: recipe).prefix(16))")
        switch file.content {
        case .sound(let bytes): return bytes
        case .damaged: notice("'\(file.path)', which was prepared from model \(card.name), is damaged; it is made anew")
        case .missing: break
        }
        let bytes = try withVerifiedBytes(make)
        // Those of earlier versions of the program are of no more use.
        removeDerived(except: file.path)
        try? bytes.withUnsafeBytes { try file.write($0) }
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
}
