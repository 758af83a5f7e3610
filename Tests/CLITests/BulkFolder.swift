import Foundation
import TestSupport

/// For `matte bulk` with real workers: clips in `in/`, and a small network of the test's own beside it.
struct BulkFolder {
    let folder: TemporaryFolder

    init(clips: Int, frames: Int = 6, size: String = "64x48") throws {
        folder = try TemporaryFolder()
        let bytes = Data(TinyOnnx.portrait())
        try bytes.write(to: URL(fileURLWithPath: folder.path("tiny.onnx")))
        let digest = try Self.digest(folder.path("tiny.onnx"))
        let card = """
            name: tiny
            title: Tiny
            kind: portrait
            sha256: \(digest)
            licence: MIT
            commercial-use: yes
            """
        try Data(card.utf8).write(to: URL(fileURLWithPath: folder.path("tiny.yaml")))
        for name in ["in", "in/sub"] {
            try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: false)
        }
        for number in 0..<clips {
            let name = number.isMultiple(of: 2) ? "in/clip \(number).mp4" : "in/sub/clip \(number).mp4"
            try TestClips.clip(folder.path(name), frames: frames + number % 3, size: size)
        }
    }

    private static func digest(_ path: String) throws -> String {
        let outcome = try MatteTool.run([path], program: "/usr/bin/sha256sum")
        return String(outcome.output.prefix { $0 != " " })
    }

    func arguments(_ out: String, _ more: [String] = []) -> [String] {
        [
            "bulk", folder.path("in"), "-o", folder.path(out), "--model", folder.path("tiny.onnx"), "--engine",
            "onnxruntime", "--background", "blue", "--jobs", "2",
        ] + more
    }

    /// Every file below a folder, and what it holds; the journal, the report and what is kept for it left out.
    func results(_ out: String) throws -> [String: Data] {
        var results: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path(out)) {
            guard !name.hasPrefix(".matte"), !name.hasPrefix("report."), name != "journal.jsonl" else { continue }
            var isFolder: ObjCBool = false
            let path = folder.path(out) + "/" + name
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            results[name] = try Data(contentsOf: URL(fileURLWithPath: path))
        }
        return results
    }

    /// How often the journal says that a clip was done.
    func doneCounts(_ out: String) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let text = try String(contentsOfFile: folder.path(out) + "/journal.jsonl", encoding: .utf8)
        for line in text.split(separator: "\n").dropFirst() {
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if entry?["event"] as? String == "done", let clip = entry?["clip"] as? String {
                counts[clip, default: 0] += 1
            }
        }
        return counts
    }

    func inodes(_ out: String) throws -> [String: UInt64] {
        var inodes: [String: UInt64] = [:]
        for name in try results(out).keys where !name.hasSuffix(".part") {
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path(out) + "/" + name)
            inodes[name] = attributes?[.systemFileNumber] as? UInt64
        }
        return inodes
    }

    /// A child of `parent` with an argument in which a slash and `name` stand.
    static func worker(of parent: pid_t, on name: String) -> pid_t? {
        worker(of: parent) { $0.contains { $0.contains("/" + name) } }
    }

    /// A child of `parent` that has all of these arguments.
    static func worker(of parent: pid_t, with words: [String]) -> pid_t? {
        worker(of: parent) { arguments in words.allSatisfy(arguments.contains) }
    }

    private static func worker(of parent: pid_t, _ isMeant: ([String]) -> Bool) -> pid_t? {
        let list = try? String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
        return (list ?? "").split(separator: " ").compactMap { pid_t($0) }.first { child in
            let line = FileManager.default.contents(atPath: "/proc/\(child)/cmdline") ?? Data()
            return isMeant(String(decoding: line, as: UTF8.self).split(separator: "\0").map(String.init))
        }
    }
}
