import Testing

struct HelpTests {
    @Test(arguments: [
        ["--help"], ["run", "--help"], ["models", "--help"], ["models", "pull", "--help"], ["models", "add", "--help"],
        ["models", "check", "--help"],
        ["presets", "--help"], ["doctor", "--help"], ["devices", "--help"], ["live", "--help"], ["ctl", "--help"],
        ["eval", "--help"], ["image", "--help"], ["qc", "--help"], ["plate", "--help"], ["bulk", "--help"], ["plan", "--help"],
        ["work", "--help"], ["status", "--help"], ["merge", "--help"], ["submit", "--help"],
        ["submit", "slurm", "--help"], ["submit", "kubernetes", "--help"], ["submit", "openjd", "--help"],
    ])
    func helpReadsAsRecorded(arguments: [String]) throws {
        let outcome = try MatteTool.run(arguments, environment: ["COLUMNS": "100"])
        #expect(outcome.status == 0)
        Snapshot.expect(outcome.output, matches: "help-" + arguments.dropLast().joined(separator: "-"))
    }

    @Test func everyPresetShowsItsText() throws {
        let list = try MatteTool.run(["presets", "list"])
        #expect(list.status == 0)
        Snapshot.expect(list.output, matches: "presets-list")
        for line in list.output.split(separator: "\n") {
            let name = String(line.prefix { $0 != " " })
            let shown = try MatteTool.run(["presets", "show", name])
            #expect(shown.status == 0)
            Snapshot.expect(shown.output, matches: "preset-\(name)")
        }
    }
}
