import Encoding
import FFmpeg
public import Frames
import Inference
import Matting
import Models

/// Looks at everything a clip needs: libraries, models, the machine; and tries the default model on each engine.
///
/// It prints nothing and changes nothing. Takes some seconds.
public struct Doctor {
    private let store: ModelStore
    private let seconds: Double
    private let notice: NoticeHandler

    /// - Parameters:
    ///   - seconds: how long each engine is tried; 0 for a single picture.
    ///   - notice: told of what is odd, but no obstacle.
    public init(seconds: Double = 2, notice: @escaping NoticeHandler = { _ in }) {
        store = ModelStore(catalog: ModelCatalog(notice: notice))
        self.seconds = seconds
        self.notice = notice
    }

    public func examine() throws -> DoctorReport {
        let engines = Engines.names.map(state)
        var obstacles: [String] = []
        var automatic: String?
        do {
            automatic = try Engines.make(for: InferenceOptions(), notice: notice).name
        } catch let error as MatteError {
            obstacles.append(error.description)
        }
        let models = try store.list(verifying: true)
        var selfTest: DoctorReport.SelfTest?
        do {
            let model = try store.model(ModelCatalog.defaultModel)
            // Says what is wrong with a damaged file before an engine is blamed for it.
            try model.withVerifiedBytes { _ in }
            let usable = engines.filter { $0.problem == nil }.map(\.name)
            if !usable.isEmpty { selfTest = test(model, engines: usable) }
        } catch let error as MatteError {
            obstacles.append(error.description)
        }
        if let selfTest { obstacles += Self.obstacles(in: selfTest, automatic: automatic) }
        return DoctorReport(
            machine: Machine(), ffmpeg: FFmpegVersions.summary, encoders: Self.encoders, engines: engines,
            automaticEngine: automatic,
            models: models.map { .init(name: $0.card.name, state: $0.state.rawValue, path: $0.path) },
            telemetry: false, selfTest: selfTest, obstacle: obstacles.first)
    }

    private func state(of name: String) -> DoctorReport.EngineState {
        do {
            let engine = try Engines.make(name)
            return .init(
                name: name, version: engine.version, library: engine.libraryPath, devices: engine.availableDevices,
                problem: nil)
        } catch {
            return .init(name: name, version: nil, library: nil, devices: [], problem: "\(error)")
        }
    }

    private func test(_ model: InstalledModel, engines: [String]) -> DoctorReport.SelfTest {
        var done: [NetworkTrial] = []
        let trials = engines.map { name in
            do {
                let trial = try NetworkTrial.run(
                    model: model, inference: InferenceOptions(engine: name), seconds: seconds, notice: notice)
                done.append(trial)
                return DoctorReport.Trial(
                    engine: name, device: trial.deviceName, frames: trial.frames,
                    millisecondsPerFrame: trial.millisecondsPerFrame, problem: nil)
            } catch {
                return DoctorReport.Trial(
                    engine: name, device: nil, frames: 0, millisecondsPerFrame: nil, problem: "\(error)")
            }
        }
        let difference = done.count > 1 ? done.dropFirst().map { 255 * $0.meanDifference(from: done[0]) }.max() : nil
        return .init(
            model: model.card.name, width: NetworkTrial.pictureSize.width, height: NetworkTrial.pictureSize.height,
            trials: trials, meanDifference: difference, agrees: difference.map { $0 < 1 })
    }

    private static func obstacles(in selfTest: DoctorReport.SelfTest, automatic: String?) -> [String] {
        let failed = selfTest.trials.filter { $0.engine == automatic }.compactMap { trial in
            trial.problem.map { problem in
                let other = selfTest.trials.first { $0.problem == nil }
                return problem + (other.map { "; `--engine \($0.engine)` works" } ?? "")
            }
        }
        guard selfTest.agrees == false else { return failed }
        return failed + ["the engines do not agree about the same picture; run `make deps` for the pinned ones"]
    }

    private static var encoders: [DoctorReport.Encoder] {
        ["h264", "hevc", "av1", "vp9", "prores", "ffv1"].map { codec in
            .init(codec: codec, encoder: OutputPlan.encoderName(forCodec: codec))
        }
    }
}
