internal import Foundation
internal import Frames

/// Finds an engine's shared library.
public struct SharedLibraryLocator: Sendable {
    /// The libraries that are looked for.
    public enum Library: Sendable, CaseIterable {
        case onnxRuntime, openVINO

        /// As people write it.
        public var title: String {
            switch self {
            case .onnxRuntime: "ONNX Runtime"
            case .openVINO: "OpenVINO"
            }
        }

        /// The environment's variable that names a file, or a folder in which (or somewhere below which) the library
        /// lies.
        public var variable: String {
            switch self {
            case .onnxRuntime: "MATTE_ONNXRUNTIME"
            case .openVINO: "MATTE_OPENVINO"
            }
        }

        /// The file's name without a version.
        public var fileName: String {
            switch self {
            case .onnxRuntime: "libonnxruntime.so"
            case .openVINO: "libopenvino_c.so"
            }
        }

        /// Its folder in `.deps`.
        var folderName: String {
            switch self {
            case .onnxRuntime: "onnxruntime"
            case .openVINO: "openvino"
            }
        }

        /// What the dynamic loader is asked for, which knows versions by name only.
        var bareNames: [String] {
            switch self {
            case .onnxRuntime: ["libonnxruntime.so.1", "libonnxruntime.so"]
            case .openVINO: ["libopenvino_c.so"]
            }
        }
    }

    public let library: Library
    private let environment: [String: String]
    private let executable: String?

    /// The surroundings of this process.
    public init(_ library: Library) {
        self.init(
            library, environment: ProcessInfo.processInfo.environment, executable: ProgramLocation.executable)
    }

    /// Other surroundings, for tests.
    package init(_ library: Library, environment: [String: String], executable: String?) {
        self.library = library
        self.environment = environment
        self.executable = executable
    }

    /// Names to open, best first: the variable's library alone where it is set; else what lies in its folder in `.deps`
    /// of a folder above the executable, in `../lib/matte` beside the executable, and at last bare names for the
    /// dynamic loader's own search.
    ///
    /// - Throws: `.missingPart` where the variable names nothing usable.
    public func candidates() throws -> [String] {
        try named.map { [try file(at: $0)] } ?? folders.compactMap { search(folder: $0) } + library.bareNames
    }

    /// Whether somebody put the library where it is looked for, or says so with the variable; whether it can be used is
    /// another question. The loader's own search does not count.
    public var isExpected: Bool { named != nil || folders.contains { search(folder: $0) != nil } }

    private var named: String? { environment[library.variable].flatMap { $0.isEmpty ? nil : $0 } }

    private func file(at place: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
            throw MatteError(
                .missingPart, "\(library.variable) names '\(place)', which does not exist",
                advice: "set it to \(library.fileName) or to its folder")
        }
        // A bare file name would send the dynamic loader searching elsewhere.
        guard isFolder.boolValue else { return URL(fileURLWithPath: place).path }
        guard let found = search(folder: place) else {
            throw MatteError(
                .missingPart, "\(library.variable) names '\(place)', which holds no \(library.fileName)",
                advice: "set it to \(library.fileName) or to its folder")
        }
        return found
    }

    private var folders: [String] {
        // Never the working folder: it may be anybody's, and a library is code.
        guard let executable else { return [] }
        let beside = URL(fileURLWithPath: executable).deletingLastPathComponent().deletingLastPathComponent()
        return ProgramLocation.foldersAbove(executable).map { "\($0)/.deps/\(library.folderName)" }
            + [beside.path + "/lib/matte"]
    }

    /// The library of the highest version in `folder` or, at most three folders deep, below it.
    private func search(folder: String, depth: Int = 3) -> String? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        let libraries = names.filter { $0 == library.fileName || $0.hasPrefix(library.fileName + ".") }
        if let best = libraries.max(by: { $0.compare($1, options: .numeric) == .orderedAscending }) {
            return folder + "/" + best
        }
        guard depth > 0 else { return nil }
        for name in names.sorted() where !name.hasPrefix(".") {
            if let found = search(folder: folder + "/" + name, depth: depth - 1) { return found }
        }
        return nil
    }
}
