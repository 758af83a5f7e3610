import Foundation
import Frames
import Inference
import TestSupport
import Testing

struct SharedLibraryLocatorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func touch(_ path: String) throws -> String {
        let url = URL(fileURLWithPath: folder.path(path))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: url)
        return url.path
    }

    private func candidates(_ variable: String? = nil, executable: String = "a/b/bin/matte") throws -> [String] {
        try SharedLibraryLocator(
            .onnxRuntime, environment: variable.map { ["MATTE_ONNXRUNTIME": $0] } ?? [:],
            executable: folder.path(executable)
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

    @Test func bothLibrariesMayLieInOneFolder() throws {
        let runtime = try touch("a/lib/matte/libonnxruntime.so.1.31.1")
        let openVINO = try touch("a/lib/matte/openvino/libopenvino_c.so.2641")
        _ = try touch("a/lib/matte/openvino/libopenvino.so.2641")
        #expect(try candidates(executable: "a/bin/matte").first == runtime)
        let locator = SharedLibraryLocator(.openVINO, environment: [:], executable: folder.path("a/bin/matte"))
        #expect(try locator.candidates() == [openVINO, "libopenvino_c.so"])
        #expect(locator.isExpected)
    }

    @Test func whatNobodyInstalledIsNotExpected() {
        let executable = folder.path("a/bin/matte")
        #expect(!SharedLibraryLocator(.openVINO, environment: [:], executable: executable).isExpected)
        let environment = ["MATTE_OPENVINO": folder.path("nowhere")]
        #expect(SharedLibraryLocator(.openVINO, environment: environment, executable: executable).isExpected)
    }

    @Test func whatIsNoLibraryIsAMissingPart() throws {
        for library in SharedLibraryLocator.Library.allCases {
            let file = try touch(library.fileName)
            let locator = SharedLibraryLocator(library, environment: [library.variable: file], executable: nil)
            #expect {
                _ =
                    switch library {
                    case .onnxRuntime: try OnnxRuntimeEngine(library: locator).name
                    case .openVINO: try OpenVINOEngine(library: locator).name
                    }
            } throws: { error in
                (error as? MatteError)?.kind == .missingPart && "\(error)".contains("make deps")
            }
        }
    }

    /// A library that opens but lacks functions is refused by the first name that is missing.
    @Test func anotherLibraryIsNamed() throws {
        let wrong = try #require(["libm.so.6", "libc.so.6"].lazy.compactMap(Self.systemLibrary).first)
        for library in SharedLibraryLocator.Library.allCases {
            let locator = SharedLibraryLocator(library, environment: [library.variable: wrong], executable: nil)
            #expect {
                _ =
                    switch library {
                    case .onnxRuntime: try OnnxRuntimeEngine(library: locator).name
                    case .openVINO: try OpenVINOEngine(library: locator).name
                    }
            } throws: { ($0 as? MatteError)?.message.contains("does not export") == true }
        }
    }

    private static func systemLibrary(_ name: String) -> String? {
        ["/lib/x86_64-linux-gnu/", "/lib/aarch64-linux-gnu/", "/lib64/", "/usr/lib/"].map { $0 + name }
            .first(where: FileManager.default.fileExists)
    }
}
