import Foundation
import Frames
import Inference
import TestSupport
import Testing

struct OnnxRuntimeLibraryTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func touch(_ path: String) throws -> String {
        let url = URL(fileURLWithPath: folder.path(path))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: url)
        return url.path
    }

    private func candidates(_ variable: String? = nil, executable: String = "a/b/bin/matte") throws -> [String] {
        try OnnxRuntimeLibrary(
            environment: variable.map { [OnnxRuntimeLibrary.variable: $0] } ?? [:], executable: folder.path(executable)
        ).candidates()
    }

    @Test func theVariableGoesFirstAndAlone() throws {
        let file = try touch("x/capi/libonnxruntime.so.1.31.1")
        _ = try touch("a/.deps/onnxruntime/libonnxruntime.so.1")
        #expect(try candidates(file) == [file])
        #expect(try candidates(folder.path("x")) == [file])
    }

    @Test(arguments: ["nowhere", "w"]) func aWrongVariableIsAnError(name: String) throws {
        _ = try touch("w/other.so")
        #expect { try candidates(folder.path(name)) } throws: { error in
            (error as? MatteError)?.kind == .missingPart && "\(error)".contains(folder.path(name))
        }
    }

    @Test func foldersAreTriedInOrder() throws {
        let nearest = try touch("a/b/.deps/onnxruntime/capi/libonnxruntime.so.1.31.1")
        let above = try touch("a/.deps/onnxruntime/lib/libonnxruntime.so.1.30.0")
        let beside = try touch("a/b/lib/matte/libonnxruntime.so.1")
        #expect(try candidates() == [nearest, above, beside, "libonnxruntime.so.1", "libonnxruntime.so"])
    }

    @Test func theHighestVersionIsTakenAndProvidersAreNot() throws {
        _ = try touch("a/.deps/onnxruntime/capi/libonnxruntime.so.1.9.0")
        let best = try touch("a/.deps/onnxruntime/capi/libonnxruntime.so.1.31.1")
        _ = try touch("a/.deps/onnxruntime/capi/libonnxruntime_providers_shared.so")
        #expect(try candidates().first == best)
    }

    @Test func whatIsNoLibraryIsAMissingPart() throws {
        let file = try touch("libonnxruntime.so")
        let library = OnnxRuntimeLibrary(
            environment: [OnnxRuntimeLibrary.variable: file], executable: nil)
        #expect { try OnnxRuntimeEngine(library: library) } throws: { error in
            (error as? MatteError)?.kind == .missingPart && "\(error)".contains("make deps")
        }
    }
}
