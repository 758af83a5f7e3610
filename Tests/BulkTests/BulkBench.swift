import Bulk
import Foundation
import Frames
import Presets
import TestSupport

/// A folder with clips, a model that nobody loads, and a worker that only pretends: what is tested is the run.
///
/// The worker copies its input to its output. What it does instead, the clip's name says: "bad…" ends with 65, "crash…"
/// by a signal, "grow…" with 65 while its input gets longer, "lingers…" with 65 a moment before, "once…" with 74 at the first
/// attempt, "pictured…" leaves a picture for the report, if what other runs found out is gone; "hangs…" does nothing as long as the run lives, "slow…" takes a minute unless it is stopped. Asked for a plan or a picture, it does what `plan` and `thumbnail` say.
struct BulkBench {
    let folder: TemporaryFolder

    /// - Parameters:
    ///   - plan: lines of the worker where it is a planner, whose output folder is `$5`.
    ///   - thumbnail: lines of the worker where it makes `$4`, a picture of `$3`.
    init(plan: String = "exit 70", thumbnail: String = "exit 70") throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("in"), withIntermediateDirectories: false)
        try write("model", "tiny.onnx")
        try write(
            """
            name: tiny
            title: Tiny
            kind: portrait
            sha256: \(String(repeating: "0", count: 64))
            licence: MIT
            commercial-use: yes
            """, "tiny.yaml")
        try write(
            #"""
            #!/bin/sh
            case $1 in
            plan) \#(plan) ;;
            thumbnail) \#(thumbnail) ;;
            esac
            [ "$1" = run ] || exit 0
            for word; do
                case $word in
                --output=*) out=${word#--output=} ;;
                --findings=*) findings=${word#--findings=} ;;
                --thumbnail=*) picture=${word#--thumbnail=} ;;
                esac
                in=$word
            done
            printf '%s\n' "${in##*/}" >> '\#(folder.path("log"))'
            case ${in##*/} in
            bad*)
                echo "matte: '$in' cannot be used" >&2
                exit 65
                ;;
            crash*) kill -SEGV $$ ;;
            grow*)
                echo more >> "$in"
                exit 65
                ;;
            lingers*)
                (sleep 0.3; echo more >> "$in") >/dev/null 2>&1 3<&- &
                exit 65
                ;;
            once*)
                if [ ! -e "$in.tried" ]; then
                    touch "$in.tried"
                    echo "matte: writing '$out' failed" >&2
                    exit 74
                fi
                ;;
            pictured*)
                [ ! -e "$findings/old" ] && echo "$in" > "$findings/new" || exit 70
                printf own > "$picture"
                ;;
            hangs*) read -r nothing ;;
            slow*)
                trap 'exit 130' TERM
                sleep 60 3<&- &
                wait
                ;;
            esac
            echo '{"event":"progress","frames":1,"expectedFrames":2}'
            cp "$in" "$out.making" && mv "$out.making" "$out"
            echo '{"event":"notice","message":"pretended"}'
            """#, "worker")
        chmod(folder.path("worker"), 0o755)
    }

    func write(_ text: String, _ name: String) throws {
        let path = folder.path("") + "/" + name
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder.path("") + "/" + name, encoding: .utf8)
    }

    func names(in name: String) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path("") + "/" + name)) ?? [])
            .filter { !$0.hasPrefix(".matte") }.sorted()
    }

    /// The clips that workers were given so far, sorted.
    var log: [String] { ((try? text("log")) ?? "").split(separator: "\n").map(String.init).sorted() }

    var options: BulkOptions {
        var options = BulkOptions(folder: folder.path("out"), version: "1")
        options.inputs = [folder.path("in")]
        options.program = folder.path("worker")
        options.settings = [RunSetting(name: "model", value: folder.path("tiny.onnx"))]
        options.jobs = 2
        options.settleSeconds = 0
        options.chunkSeconds = nil
        return options
    }

    /// Runs to the end, or until `isCancelled`.
    func run(
        _ change: (inout BulkOptions) -> Void = { _ in }, isCancelled: () -> Bool = { false },
        tell: @escaping (BulkEvent) -> Void = { _ in }
    ) throws -> BulkReport {
        var options = options
        change(&options)
        return try BulkRun(options, notice: { _ in }, tell: tell).run(isCancelled: isCancelled)
    }
}
