internal import Foundation
internal import Frames

/// Finds ONNX Runtime's shared library.
public struct OnnxRuntimeLibrary: Sendable {
    /// A file, or a folder in which (or somewhere below which) the library lies.
    public static let variable = "MATTE_ONNXRUNTIME"

    private let environment: [String: String]
    private let executable: String?

    /// The surroundings of this process.
    public init() {
        self.init(
            environment: ProcessInfo.processInfo.environment,
            executable: ProgramLocation.executable)
    }

    /// Other surroundings, for tests.
    package init(environment: [String: String], executable: String?) {
        self.environment = environment
        self.executable = executable
    }

    /// Names to open, best first: the variable's library alone where it is set; else what lies in `.deps/onnxruntime`
    /// of a folder above the executable, in `../lib/matte` beside the executable, and at last
    /// bare names for the dynamic loader's own search.
    ///
    /// - Throws: `.missingPart` where the variable names nothing usable.
    public func candidates() throws -> [String] {
        if let place = environment[Self.variable], !place.isEmpty {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
                throw MatteError(
                    .missingPart, "\(Self.variable) names '\(place)', which does not exist",
                    advice: "set it to libonnxruntime.so or to its folder")
            }
            // A bare file name would send the dynamic loader searching elsewhere.
            if !isFolder.boolValue { return [URL(fileURLWithPath: place).path] }
            guard let found = Self.search(folder: place) else {
                throw MatteError(
                    .missingPart, "\(Self.variable) names '\(place)', in which there is no libonnxruntime.so",
                    advice: "set it to libonnxruntime.so or to its folder")
            }
            return [found]
        }
        var found = folders().compactMap { Self.search(folder: $0) }
        found += ["libonnxruntime.so.1", "libonnxruntime.so"]
        return found
    }

    private func folders() -> [String] {
        // Never the working folder: it may be anybody's, and a library is code.
        guard let executable else { return [] }
        let beside = URL(fileURLWithPath: executable).deletingLastPathComponent().deletingLastPathComponent()
        return ProgramLocation.foldersAbove(executable).map { $0 + "/.deps/onnxruntime" } + [beside.path + "/lib/matte"]
    }

    /// The library of the highest version in `folder` or, at most three folders deep, below it.
    private static func search(folder: String, depth: Int = 3) -> String? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        let libraries = names.filter { $0 == "libonnxruntime.so" || $0.hasPrefix("libonnxruntime.so.") }
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
