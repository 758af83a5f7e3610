public import Presets
internal import Shards

/// One clip of many: what goes in, what comes out, and how.
public struct BulkClip: Sendable, Hashable {
    /// As `matte run` takes it: a file, a folder of pictures, a pattern of numbered pictures.
    public let input: String
    /// The main output's path within the run's folder. No two clips have the same, so it names the clip.
    public let name: String
    /// Options of the run in canonical form, each once; paths of further outputs are within the run's folder too.
    public let settings: [RunSetting]
    /// Size of the input for estimates; 0 where it is not known.
    public let inputBytes: Int

    /// Paths of all outputs within the run's folder, the main one first.
    var outputNames: [String] { [name] + furtherNames }

    /// Those of the outputs beside the main one.
    var furtherNames: [String] { settings.filter { RunSetting.outputs.contains($0.name) }.map(\.value) }

    /// What decides the pictures: where they go does not.
    var decisive: [RunSetting] { settings.filter { !RunSetting.outputs.contains($0.name) } }

    /// The options as workers get them: outputs lie in the run's folder.
    ///
    /// - Parameter replaces: whether outputs of the same names are products of earlier runs.
    func settings(in folder: String, replaces: Bool) -> [RunSetting] {
        settings.map { setting in
            let isOutput = RunSetting.outputs.contains(setting.name)
            return isOutput ? RunSetting(name: setting.name, value: FileName.join(folder, setting.value)) : setting
        } + (replaces ? [RunSetting(name: "overwrite", value: "true")] : [])
    }

    /// For a planner.
    func planned(in folder: String, replaces: Bool) -> PlanRequest.Clip {
        PlanRequest.Clip(
            input: input, output: FileName.join(folder, name), settings: settings(in: folder, replaces: replaces))
    }

    /// The command line of the worker that does all of it.
    ///
    /// Options go by `--set`, which takes them by name as presets have them, so that each says the same as on a
    /// manifest's line.
    ///
    /// - Parameters:
    ///   - encoderThreads: unless the clip's own options say otherwise; nil leaves it to the encoder.
    ///   - run: where the worker leaves what others can use.
    func runArguments(
        folder: String, threads: Int, encoderThreads: Int?, replaces: Bool, run: RunFolder? = nil
    ) -> [String] {
        var settings = settings(in: folder, replaces: replaces)
        if let encoderThreads {
            // First, since of two values of an encoder's option the last one holds.
            settings.insert(RunSetting(name: "encoder-option", value: "threads=\(encoderThreads)"), at: 0)
        }
        if !settings.contains(where: { $0.name == "threads" }) {
            settings.append(RunSetting(name: "threads", value: "\(threads)"))
        }
        var words = ["run", "--json", "--qc", "--stop-at-eof", "--output=" + FileName.join(folder, name)]
        words += run?.options(threads: threads) ?? []
        words += run?.thumbnail(of: self).map { ["--thumbnail=" + $0] } ?? []
        return words + settings.flatMap { ["--set", "\($0.name)=\($0.value)"] } + ["--", input]
    }

    /// Whether its output is compared with what was written, once it has its name.
    var isVerified: Bool { isOn("verify") }

    /// Whether a switch is thrown.
    private func isOn(_ option: String) -> Bool {
        settings.last { $0.name == option }.map { ["true", "yes", "on"].contains($0.value.lowercased()) } ?? false
    }
}
