import Compositing
import Decoding
import Encoding
import Foundation
import Frames
import Matting
import Presets
import Testing

struct PresetTests {
    @Test func everyBuiltInPresetParses() throws {
        let presets = try PresetLibrary(environment: ["HOME": "/nonexistent"]).all()
        #expect(
            presets.map(\.name) == [
                "alpha-only", "blur-background", "green-screen-free", "id-photo-white", "png-sequence", "prores4444",
                "webm-alpha",
            ])
        #expect(presets.allSatisfy { !$0.summary.isEmpty && !$0.settings.isEmpty })
    }

    @Test func aPresetSetsOptionsAndLaterSettingsWin() throws {
        let preset = try Preset(
            name: "p",
            yaml: """
                description: test
                background: "#336699"
                quality: 18
                ratio: 0.5
                levels: 0.1,0.9
                encoder-option: [tune=film, g=30]
                verify: yes
                """, origin: "p.yaml")
        var options = RunOptions(input: "a", output: "b.mp4")
        try preset.apply(to: &options)
        #expect(options.background == (try BackgroundSpec(parsing: "#336699", fileExists: { _ in false })))
        #expect(options.encoding.quality == 18)
        #expect(options.matting.ratio == 0.5)
        #expect(options.matting.edges.levels.low == 0.1)
        #expect(options.matting.edges.levels.high == 0.9)
        let encoderOptions = options.encoding.encoderOptions.map { "\($0.0)=\($0.1)" }
        #expect(encoderOptions == ["tune=film", "g=30"])
        #expect(options.verifies)
        try RunOption.named("quality", place: "--quality").apply("30", to: &options, place: "--quality")
        #expect(options.encoding.quality == 30)
    }

    /// What the reader of a bad preset is told, word for word.
    @Test(arguments: [
        ("background: white\nbackgroud: red", "p.yaml:2: there is no option 'backgroud'; did you mean 'background'?"),
        ("ratio: fast", "p.yaml:1: ratio: 'fast' is not a number above 0 and at most 1"),
        ("\n\nratio: 2", "p.yaml:3: ratio: '2' is not a number above 0 and at most 1"),
        ("frames: 1.5", "p.yaml:1: frames: '1.5' is not a whole number from 1 up"),
        ("warm-up: -1", "p.yaml:1: warm-up: '-1' is not a whole number from 0 to 240"),
        ("fit: zoom", "p.yaml:1: fit: 'zoom' is not one of cover, contain, stretch, tile"),
        ("levels: 0.9,0.1", "p.yaml:1: levels: '0.9,0.1' is not two numbers LO,HI with 0 ≤ LO < HI ≤ 1"),
        ("verify: maybe", "p.yaml:1: verify: 'maybe' is not true or false"),
        ("start: 1:75", "p.yaml:1: start: '1:75' is not a time: seconds, MM:SS or HH:MM:SS"),
        ("ratio: [0.1, 0.2]", "p.yaml:1: ratio takes one value: a number above 0 and at most 1"),
        ("ratio: {a: 1}", "p.yaml:1: ratio is not a number above 0 and at most 1"),
        ("just words", "p.yaml: a preset is a list of 'option: value' lines"),
        ("", "p.yaml: a preset is a list of 'option: value' lines"),
    ])
    func anErrorNamesFileLineKeyAndRange(yaml: String, message: String) {
        let error = #expect(throws: MatteError.self) { try Preset(name: "p", yaml: yaml, origin: "p.yaml") }
        #expect(error?.description == message)
        #expect(error?.kind == .usage)
    }

    @Test func brokenYamlNamesItsLine() {
        let error = #expect(throws: MatteError.self) {
            try Preset(name: "p", yaml: "ratio: 0.5\nfit: [cover", origin: "p.yaml")
        }
        #expect(error?.message.hasPrefix("p.yaml:") == true)
        #expect(error?.kind == .usage)
    }

    /// Which decides, too, what `matte ctl` sends a show in another folder the whole path of.
    @Test func aPathIsToldFromAName() {
        #expect(["mine.yaml", "mine.yml", "./mine", "/presets/mine.yaml"].allSatisfy(PresetLibrary.isPath))
        #expect(!PresetLibrary.isPath("blur-background"))
    }

    @Test func anUnknownPresetSuggestsTheNearest() {
        let library = PresetLibrary(environment: ["HOME": "/nonexistent"])
        let error = #expect(throws: MatteError.self) { try library.preset("prores444") }
        #expect(error?.description == "there is no preset 'prores444'; did you mean 'prores4444'?")
        let missing = #expect(throws: MatteError.self) { try library.preset("./none.yaml") }
        #expect(missing?.kind == .noInput)
    }

    @Test func aUsersPresetHidesTheBuiltInOneAndABadOneHarmsNoOther() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let presets = folder.appending(path: "matte/presets")
        try FileManager.default.createDirectory(at: presets, withIntermediateDirectories: true)
        try Data("quality: 7".utf8).write(to: presets.appending(path: "webm-alpha.yaml"))
        try Data("quality: bad".utf8).write(to: presets.appending(path: "broken.yaml"))
        let library = PresetLibrary(environment: ["XDG_CONFIG_HOME": folder.path])
        #expect(try library.preset("webm-alpha").settings.map(\.value) == ["7"])
        #expect(try library.all().contains { $0.name == "prores4444" })
        #expect(throws: MatteError.self) { try library.preset("broken") }
    }

    @Test(arguments: [("90", 90.0), ("1:30", 90), ("01:00:00.5", 3600.5), ("0", 0)])
    func timesAreSecondsOrClocks(text: String, seconds: Double) throws {
        var options = RunOptions()
        try RunOption.named("start", place: "").apply(text, to: &options, place: "--start")
        #expect(options.decoding.start == seconds)
    }
}
