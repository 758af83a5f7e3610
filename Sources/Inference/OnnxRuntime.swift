internal import COnnxRuntime
internal import Frames

/// The opened library with the environment of this process: its function table, and its errors as ours.
///
/// Any thread may use it: the library's functions are thread-safe apart from changes to one options object.
final class OnnxRuntime: @unchecked Sendable {
    // Sendable: `handle` is set once and its memory is never changed or freed, as sessions may use it until the end.
    let handle: OpaquePointer
    let version: String
    let path: String

    private static let opened = OpenedLibraries<OnnxRuntime>()

    /// - Throws: `.missingPart` with what the loader said.
    static func open(_ locator: SharedLibraryLocator) throws -> OnnxRuntime {
        try opened.open(locator) { try OnnxRuntime(path: $0) }
    }

    private init(path: String) throws {
        var handle: OpaquePointer?
        let reason = written(capacity: 1024) { handle = matte_ort_open(path, $0, $1) }
        guard let handle else { throw MatteError(.missingPart, oneLine(reason)) }
        self.handle = handle
        version = String(cString: matte_ort_version(handle))
        self.path = matte_ort_path(handle).map { String(cString: $0) } ?? path
    }

    /// Turns a status into an error that carries the library's words, and releases it.
    func check(_ status: OpaquePointer?, _ kind: MatteError.Kind, _ operation: @autoclosure () -> String) throws {
        guard let status else { return }
        defer { matte_ort_release_status(handle, status) }
        let words = oneLine(String(cString: matte_ort_message(handle, status)))
        throw MatteError(kind, "\(operation()): \(words)")
    }

    /// Execution providers compiled into the library, as it names them.
    var providers: [String] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var count: Int32 = 0
        if let status = matte_ort_providers(handle, &names, &count) {
            matte_ort_release_status(handle, status)
            return []
        }
        defer { matte_ort_release_providers(handle, names, count) }
        return (0..<Int(count)).compactMap { names?[$0].map { String(cString: $0) } }
    }
}
