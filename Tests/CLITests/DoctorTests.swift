import Foundation
import TestSupport
import Testing

struct DoctorTests {
    private func report(_ outcome: MatteTool.Outcome) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func theReportHasItsShape() throws {
        let outcome = try MatteTool.run(["doctor", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try report(outcome)
        Snapshot.expect(Self.shape(of: report).joined(separator: "\n") + "\n", matches: "doctor-shape")
        #expect(report["telemetry"] as? Bool == false)
        let test = report["selfTest"] as? [String: Any]
        #expect(test?["agrees"] as? Bool == true)
        #expect((test?["trials"] as? [Any])?.count == 2)
    }

    @Test func oneEngineIsEnough() throws {
        let outcome = try MatteTool.run(["doctor"], environment: ["MATTE_OPENVINO": "/nowhere"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("openvino: MATTE_OPENVINO names '/nowhere', which does not exist"))
        #expect(outcome.output.contains("--engine auto takes onnxruntime"))
        #expect(outcome.output.contains("clips can be matted"))
    }

    @Test func withoutAnEngineItSaysWhatToDo() throws {
        let outcome = try MatteTool.run(
            ["doctor", "--json"], environment: ["MATTE_OPENVINO": "/nowhere", "MATTE_ONNXRUNTIME": "/nowhere"])
        #expect(outcome.status == 69)
        let report = try report(outcome)
        #expect(report["selfTest"] == nil && report["automaticEngine"] == nil)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains("/nowhere"))
    }

    @Test(arguments: [false, true]) func withoutItsModelItSaysWhatToDo(damaged: Bool) throws {
        let folder = try TemporaryFolder()
        if damaged {
            try Data("no network".utf8).write(to: URL(fileURLWithPath: folder.path("rvm-mobilenetv3.onnx")))
        }
        let outcome = try MatteTool.run(["doctor"], environment: ["MATTE_MODELS_DIR": folder.path("")])
        #expect(outcome.status == 69)
        #expect(outcome.output.contains("rvm-mobilenetv3: \(damaged ? "damaged" : "missing")"))
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        #expect(outcome.errors.contains("matte models pull rvm-mobilenetv3"))
    }

    /// Keys with the kinds of their values; of a list, its first element.
    private static func shape(of value: Any, path: String = "") -> [String] {
        switch value {
        case let object as [String: Any]:
            return object.sorted { $0.key < $1.key }.flatMap {
                shape(of: $1, path: path.isEmpty ? $0 : "\(path).\($0)")
            }
        case let list as [Any]:
            return list.first.map { shape(of: $0, path: path + "[]") } ?? [path + "[]"]
        case is String: return [path + ": text"]
        default: return [path + ": number or truth"]
        }
    }
}
