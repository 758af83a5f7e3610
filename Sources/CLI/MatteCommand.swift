import ArgumentParser

/// `matte`: the root of the command line.
struct MatteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matte",
        abstract: "Takes people out of their rooms: video matting without a green screen.",
        discussion: """
            Words for people go to standard error, data to standard output. Exit status: 0 done, 64 usage, 65 bad \
            input data, 66 no such input, 69 a missing part, 70 internal or failed verification, 73 cannot create \
            the output, 74 input or output error, 75 try again, 78 not set up for a plan, 130 interrupted.
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, ImageCommand.self, PlateCommand.self, LiveCommand.self, GuardCommand.self, CtlCommand.self,
            DevicesCommand.self, BulkCommand.self, PlanCommand.self, WorkCommand.self, StatusCommand.self,
            MergeCommand.self, SubmitCommand.self, EvalCommand.self, QualityCommand.self, ModelsCommand.self,
            PresetsCommand.self, DoctorCommand.self, ThumbnailCommand.self,
        ])
}
