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

    private static let opened = Protected<[String: OnnxRuntime]>([:])

    /// Opens each candidate in turn. A library once opened stays open: there is one environment in a process.
    ///
    /// - Throws: `.missingPart` with what the loader said, where none opens.
    static func open(_ candidates: [String]) throws -> OnnxRuntime {
        var reasons: [String] = []
        for candidate in candidates {
            do {
                return try opened.withLock { opened in
                    if let runtime = opened[candidate] { return runtime }
                    let runtime = try OnnxRuntime(path: candidate)
                    opened[candidate] = runtime
                    return runtime
                }
            } catch let error as MatteError {
                reasons.append(error.message)
            }
        }
        // What was found comes before the bare names, so the first reason is the one that tells most.
        throw MatteError(
            .missingPart, "ONNX Runtime cannot be loaded (\(reasons.first ?? "no library was found"))",
            advice: "run `make deps`, or set \(OnnxRuntimeLibrary.variable) to libonnxruntime.so or its folder")
    }

    private init(path: String) throws {
        var reason = [CChar](repeating: 0, count: 1024)
        guard let handle = matte_ort_open(path, &reason, reason.count) else {
            throw MatteError(.missingPart, Self.oneLine(Self.string(reason)))
        }
        self.handle = handle
        version = String(cString: matte_ort_version(handle))
        self.path = matte_ort_path(handle).map { String(cString: $0) } ?? path
    }

    /// Turns a status into an error that carries the library's words, and releases it.
    func check(_ status: OpaquePointer?, _ kind: MatteError.Kind, _ operation: @autoclosure () -> String) throws {
        guard let status else { return }
        defer { matte_ort_release_status(handle, status) }
        let words = Self.oneLine(String(cString: matte_ort_message(handle, status)))
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

    private static func string(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The library's messages run over several lines and carry source paths of its own; an error is one line.
    private static func oneLine(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 400 ? line.prefix(400) + "…" : line
    }
}
