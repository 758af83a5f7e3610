import ArgumentParser
import MatteKit

/// Every option that says how a clip is matted, for the commands that matte clips.
struct RunArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Options from a preset's name or file; options given here win.", valueName: "name"))
    var preset: String?

    @OptionGroup(title: "Input")
    var input: InputArguments

    @OptionGroup(title: "Matting")
    var matting: MattingArguments

    @OptionGroup(title: "Trimaps")
    var trimap: TrimapArguments

    @OptionGroup(title: "Compositing")
    var compositing: CompositingArguments

    @OptionGroup(title: "Output")
    var output: OutputArguments

    /// What was asked for, in the order in which it is applied: the preset, then what was typed.
    func settings() throws -> [Setting] {
        let preset = try preset.map { try PresetLibrary().preset($0).settings } ?? []
        return preset.map { Setting(name: $0.name, value: $0.value) } + input.settings + matting.settings
            + trimap.settings + compositing.settings + output.settings
    }
}
