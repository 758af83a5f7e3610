internal import COpenVINO
internal import Frames

/// The opened library with its core: its errors as ours.
///
/// Any thread may use it: the core and everything that reads from it are thread-safe.
final class OpenVINO: @unchecked Sendable {
    // Sendable: `handle` is set once and its memory is never changed or freed, as sessions may use it until the end.
    let handle: OpaquePointer
    let version: String
    let path: String
    /// Networks are imported one at a time: how they are to run is said to the core before.
    private let importing = Protected(())

    private static let opened = OpenedLibraries<OpenVINO>()

    /// - Throws: `.missingPart` with what the loader said.
    static func open(_ locator: SharedLibraryLocator) throws -> OpenVINO {
        try opened.open(locator) { try OpenVINO(path: $0) }
    }

    private init(path: String) throws {
        var handle: OpaquePointer?
        let reason = written(capacity: 1024) { handle = matte_ov_open(path, $0, $1) }
        guard let handle else { throw MatteError(.missingPart, oneLine(reason)) }
        self.handle = handle
        version = String(cString: matte_ov_version(handle))
        self.path = matte_ov_path(handle).map { String(cString: $0) } ?? path
    }

    /// Turns a status other than 0 into an error that carries the library's words.
    func check(_ status: Int32, _ kind: MatteError.Kind, _ operation: @autoclosure () -> String) throws {
        guard status != 0 else { return }
        let words = written(capacity: 4096) { matte_ov_message(handle, status, $0, $1) }
        throw MatteError(kind, "\(operation()): \(oneLine(words))")
    }

    /// Devices of this machine, as the library names them: "CPU", "GPU.0".
    var devices: [String] {
        written(capacity: 4096) { _ = matte_ov_devices(handle, $0, $1) }.split(separator: "\n").map(String.init)
    }
}

extension OpenVINO {
    /// Whether a device is there, by OpenVINO's name.
    ///
    /// To list all of them OpenVINO loads the plugin of each, which looks for its hardware and takes longer than the
    /// reading of a network. The CPU can be asked for alone.
    func has(_ device: String) -> Bool {
        if device == "CPU" { return property("FULL_DEVICE_NAME", of: device) != nil }
        return devices.contains { $0 == device || $0.hasPrefix(device + ".") }
    }

    /// Numbers of 16 bits that the device has arithmetic for, as a hint names them ("bf16"); nil where it has none.
    func shortType(on device: String) -> String? {
        let capabilities = (property("OPTIMIZATION_CAPABILITIES", of: device) ?? "").split(separator: " ")
        return [("BF16", "bf16"), ("FP16", "f16")].first { capabilities.contains($0.0[...]) }?.1
    }

    /// What tells a device from others for which a network would be fitted otherwise.
    func description(of device: String) -> String {
        ["FULL_DEVICE_NAME", "OPTIMIZATION_CAPABILITIES"].map { property($0, of: device) ?? "" }.joined(separator: "\n")
    }

    private func property(_ key: String, of device: String) -> String? {
        var isThere = false
        let text = written(capacity: 1024) { isThere = matte_ov_property(handle, device, key, $0, $1) }
        return isThere ? text : nil
    }
}

extension OpenVINO {
    /// Whether fitted networks can go from one process to another.
    var canExport: Bool { matte_ov_can_export(handle) }

    /// - Parameter bytes: an export; they must stay where they are as long as the result is used.
    /// - Returns: an `ov_compiled_model_t`, to be released.
    func imported(_ bytes: UnsafeRawBufferPointer, target: OpenVINOTarget, _ what: String) throws -> OpaquePointer? {
        var compiled: OpaquePointer?
        let properties = target.properties
        let status = importing.withLock { _ in
            withCStrings(properties.flatMap { [$0.key, $0.value] }) {
                matte_ov_import(
                    handle, bytes.baseAddress, bytes.count, target.device, $0, properties.count, &compiled)
            }
        }
        try check(status, .internal, what)
        return compiled
    }

    /// A property of an `ov_compiled_model_t`; nil where it does not tell.
    func property(_ key: String, ofCompiled compiled: OpaquePointer) -> String? {
        var isThere = false
        let text = written(capacity: 256) { isThere = matte_ov_compiled_property(handle, compiled, key, $0, $1) }
        return isThere ? text : nil
    }
}

extension MatteOvShape {
    /// A shape for `matte_ov_reshape`; nil stands for what is decided at run time.
    init(_ shape: [Int?]) {
        self.init()
        has_rank = true
        rank = shape.count
        withUnsafeMutableBytes(of: &dimensions) { bytes in
            let lengths = bytes.bindMemory(to: Int64.self)
            for (index, length) in shape.prefix(lengths.count).enumerated() { lengths[index] = Int64(length ?? -1) }
        }
    }

    /// The dimensions; -1 is nil.
    var list: [Int?] {
        withUnsafeBytes(of: dimensions) { bytes in
            bytes.bindMemory(to: Int64.self).prefix(has_rank ? rank : 0).map { $0 < 0 ? nil : Int($0) }
        }
    }
}
