internal import COpenVINO
internal import Frames

/// A network fitted to a device and to the shapes of its inputs, ready to run: owner of an `ov_compiled_model_t` and
/// its `ov_infer_request_t`.
final class CompiledOpenVINONetwork {
    /// Shapes of the inputs it is fitted to; nil where it takes any.
    let inputShapes: [[Int]]?
    /// Shapes of the outputs; nil dimensions show only after a run.
    let outputShapes: [[Int?]]
    let request: OpaquePointer
    /// Memory of the results, by output.
    let pools: [FloatPool]
    private let compiled: OpaquePointer
    private let library: OpenVINO
    /// What an imported network's numbers lie in; goes after it.
    private let memory: ImportedBytes?

    /// - Parameters:
    ///   - inputShapes: those the network was given by `reshape`.
    ///   - outputShapes: those that follow.
    convenience init(
        _ network: OpenVINONetwork, inputShapes: [[Int]]?, outputShapes: [[Int?]], target: OpenVINOTarget
    ) throws {
        let library = network.library
        var compiled: OpaquePointer?
        let properties = target.properties
        let status = withCStrings(properties.flatMap { [$0.key, $0.value] }) {
            matte_ov_compile(library.handle, network.handle, target.device, $0, properties.count, &compiled)
        }
        let what = "'\(network.name)' cannot be made ready for \(target.description)"
        try library.check(status, .internal, what)
        try self.init(compiled, library, what, inputShapes, outputShapes, memory: nil)
    }

    /// - Parameter export: what `withExport` gave in another process.
    /// - Throws: where it is not for this library, or the network would run in another way than `target` says.
    convenience init(
        library: OpenVINO, importing export: ArraySlice<UInt8>, name: String, inputShapes: [[Int]],
        outputShapes: [[Int?]], target: OpenVINOTarget
    ) throws {
        let memory = ImportedBytes(export)
        let what = "'\(name)' cannot be made ready for \(target.description)"
        let compiled = try library.imported(memory.bytes, target: target, what)
        try self.init(compiled, library, what, inputShapes, outputShapes, memory: memory)
        // Properties do not come with an export. A library that does not take them from the core computes otherwise.
        for (key, value) in target.properties {
            let found = library.property(key, ofCompiled: self.compiled)
            guard found ?? value == value else { throw MatteError(.internal, "\(what): \(key) is \(found ?? "")") }
        }
    }

    /// - Parameter compiled: is this object's from now on.
    private init(
        _ compiled: OpaquePointer?, _ library: OpenVINO, _ what: String, _ inputShapes: [[Int]]?,
        _ outputShapes: [[Int?]], memory: ImportedBytes?
    ) throws {
        guard let compiled else { throw MatteError(.internal, "\(what): OpenVINO does not say why") }
        var request: OpaquePointer?
        do {
            try library.check(matte_ov_create_request(library.handle, compiled, &request), .internal, what)
            guard let request else { throw MatteError(.internal, "\(what): OpenVINO gave no request") }
            self.request = request
        } catch {
            // Not every property is set yet, so that deinit will not run.
            matte_ov_release_compiled(library.handle, compiled)
            throw error
        }
        self.compiled = compiled
        self.library = library
        self.memory = memory
        self.inputShapes = inputShapes
        self.outputShapes = outputShapes
        pools = outputShapes.map { _ in FloatPool() }
    }

    deinit {
        matte_ov_release_request(library.handle, request)
        matte_ov_release_compiled(library.handle, compiled)
    }

    /// Lends what another process can import; nothing where the library does not give it.
    func withExport(_ body: (UnsafeRawBufferPointer) -> Void) {
        var bytes: UnsafeRawPointer?
        var count = 0
        guard matte_ov_export(library.handle, compiled, &bytes, &count) == 0 else { return }
        defer { matte_ov_release_export(bytes, count) }
        body(UnsafeRawBufferPointer(start: bytes, count: count))
    }
}

/// A copy of bytes that stays where it is.
private final class ImportedBytes {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: ArraySlice<UInt8>) {
        // As the numbers of a network want to lie.
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
        memory.copyBytes(from: bytes)
        self.bytes = UnsafeRawBufferPointer(memory)
    }

    deinit { bytes.deallocate() }
}
