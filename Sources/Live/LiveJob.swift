import Compositing
import Dispatch
public import Frames
import Inference
import Matting
import Models
public import Presets

/// A live show from options to its end: opens camera, model, background and output, runs, and obeys while it runs.
///
/// `run` blocks; everything else may be called from any thread. An object runs once.
public final class LiveJob: Sendable {
    private let options: LiveOptions
    private let settings: @Sendable (_ preset: String?) throws -> RunOptions
    private let notice: NoticeHandler
    private let session: LiveSession
    private let target: RenderTarget
    private let socket: ListeningSocket?
    private let service: ServiceNotifier
    /// What was chosen last; orders come one after the other.
    private let current: Protected<Current>
    private let orders = DispatchQueue(label: "matte.live.orders")

    /// Seconds in which one leaves the camera's view.
    private static let countDown = 3

    private struct Current: Sendable {
        var run: RunOptions
        var preset: String?
    }

    /// Opens everything. A show that cannot be given says so here.
    ///
    /// - Parameters:
    ///   - settings: the options that are shared with `matte run`, for a preset's name or none; asked again for
    ///     `preset` and for a reload.
    ///   - service: what systemd wants to hear.
    ///   - observe: given every picture that was written, on the writing queue.
    public init(
        _ options: LiveOptions, settings: @escaping @Sendable (_ preset: String?) throws -> RunOptions,
        service: ServiceNotifier, observe: @escaping @Sendable (Frame) -> Void = { _ in },
        notice: @escaping NoticeHandler = { _ in }
    ) throws {
        let run = try settings(options.preset)
        // First of all: a second show would fight with the first one over camera and output.
        socket = try options.controlPath.map { try ListeningSocket(path: $0) }
        let network = try Self.network(run, notice: notice)
        let plate = try Self.plate(run, notice: notice)
        let ends = try LiveEnds(options, encoding: run.encoding, notice: notice)
        if let size = ends.cameraSize { try plate?.check(size) }
        target = RenderTarget(size: ends.size, format: ends.sink.format, color: ends.color, carriesAlpha: false)
        let background = try PreparedBackground(
            run.background ?? .color(.screenGreen), fit: run.fit, size: ends.size, notice: notice)
        var parts = LiveParts(
            openSource: ends.openSource, sink: ends.sink, network: network, background: background, target: target,
            rate: options.rate, targetRate: options.targetRate, standby: options.standby,
            isMirrored: options.isMirrored, audience: ends.audience)
        parts.plate = plate
        parts.observe = { frame in
            service.alive()
            observe(frame)
        }
        session = try LiveSession(parts, notice: notice)
        current = Protected(Current(run: run, preset: options.preset))
        self.options = options
        self.settings = settings
        self.service = service
        self.notice = notice
    }

    public var status: LiveStatus { session.status(preset: current.withLock { $0.preset }) }

    /// Shows until `stop` or `quit`, until a clip is over, or until the output breaks.
    ///
    /// - Throws: what the output threw.
    public func run() throws {
        let server = socket.map { ControlServer($0) { [self] in answer($0) } }
        defer { withExtendedLifetime(server) {} }
        service.ready()
        defer { service.stopping() }
        try session.run()
    }

    /// Ends the show; the standby card is the last thing shown.
    public func stop() { session.stop() }

    /// Reads the preset again, in the background.
    public func reload() {
        orders.async { [self] in
            do {
                try adopt(preset: current.withLock { $0.preset })
                notice("the preset was read again")
            } catch {
                session.problems.report(error, of: .preset)
            }
        }
    }

    /// Does what a request asks for; takes as long as opening what it names takes, while the show goes on. Several
    /// threads may ask at a time.
    public func answer(_ request: ControlRequest) -> ControlReply {
        do {
            switch request.command {
            case .status: return ControlReply(status)
            // Whatever another order opens just now: these must not wait for it.
            case .pause: session.pause()
            case .resume: session.resume()
            case .mirror: session.setMirrored(try request.isOn())
            case .quit: session.stop()
            // It takes seconds, and other orders may come meanwhile.
            case .plate where request.value == "capture": try capturePlate()
            case .background:
                let spec = try BackgroundSpec(parsing: try request.required("a colour, a file or 'blur'"))
                try orders.sync { try setBackground(spec) }
            case .preset:
                let preset = try request.required("a preset's name")
                try orders.sync { try setPreset(preset) }
            case .plate:
                let name = try request.required("'capture', 'off' or a picture of the empty room")
                try orders.sync { try setPlate(name == "off" ? nil : name) }
            }
            return .done
        } catch {
            return ControlReply(error)
        }
    }

    private func setBackground(_ spec: BackgroundSpec) throws {
        var run = current.withLock { $0.run }
        run.background = spec
        try show(run)
    }

    private func setPreset(_ preset: String) throws {
        try OrderedFile.check(preset)
        try adopt(preset: preset)
    }

    private func adopt(preset: String?) throws {
        let run = try settings(preset)
        let before = current.withLock { $0.run }
        // Both are loaded before either is shown: an order is obeyed whole or not at all.
        let network = run.hasNetwork(of: before) ? nil : try Self.network(run, notice: notice)
        let plate = try plate(after: before, before: run)
        try show(run)
        if let network { session.setNetwork(network) }
        if let plate { session.setPlate(plate) }
        current.withLock { $0.preset = preset }
        session.problems.clear(.preset)
    }

    /// The plate that takes another's place when `run` comes after `before`; nil where it stays as it is.
    private func plate(after before: RunOptions, before run: RunOptions) throws -> LivePlate?? {
        if run.plate != before.plate { return .some(try Self.plate(run, notice: notice)) }
        guard run.plateKeep != before.plateKeep, var plate = session.plate else { return nil }
        plate.keep = run.plateKeep
        return .some(plate)
    }

    private func setPlate(_ name: String?) throws {
        var run = current.withLock { $0.run }
        run.plate = name
        session.setPlate(try Self.plate(run, notice: notice))
        current.withLock { $0.run = run }
    }

    private func capturePlate() throws {
        let run = current.withLock { $0.run }
        let card = try StandbyCard(
            options.standby, behind: run.background ?? .color(.screenGreen), fit: run.fit, target: target,
            notice: notice)
        let counting = (1...Self.countDown).reversed().map { card.saying("Step out of the picture: \($0)") }
        try session.takePlate(
            keep: run.plateKeep, cards: .init(counting: counting, taking: card.saying("Stay out of the picture")))
    }

    /// Brings up the background of `run`, and a card that goes with it.
    private func show(_ run: RunOptions) throws {
        let background = try PreparedBackground(
            run.background ?? .color(.screenGreen), fit: run.fit, size: target.size, notice: notice)
        let card = try StandbyCard(
            options.standby, behind: background.spec, fit: background.fit, target: target, notice: notice)
        session.setBackground(background)
        session.setCard(card.saying(options.standby.text))
        current.withLock { $0.run = run }
    }

    private static func plate(_ run: RunOptions, notice: @escaping NoticeHandler) throws -> LivePlate? {
        try run.plate.map { try LivePlate(opening: $0, keep: run.plateKeep, notice: notice) }
    }

    private static func network(_ run: RunOptions, notice: @escaping NoticeHandler) throws -> LiveNetwork {
        guard !run.trimap.isUsed else {
            throw MatteError(
                .usage, "trimaps and strokes are for clips, not for live pictures", advice: "leave them out")
        }
        let model = try ModelStore(catalog: ModelCatalog(notice: notice)).model(run.model)
        guard model.card.kind != .trimap else {
            throw MatteError(
                .usage, "model \(model.card.name) needs a trimap, which live pictures have none of",
                advice: "choose another --model")
        }
        var inference = run.inference
        // Nobody compares the bits of a show, and its pictures come sooner.
        inference.precision = inference.precision ?? .auto
        return try LiveNetwork(model: model.card.name, options: run.matting) { [inference] in
            try MattingNetworks.make(
                model: model, inference: inference, ratio: run.matting.ratio, plateFollows: true, notice: notice)
        }
    }
}

extension RunOptions {
    fileprivate func hasNetwork(of other: RunOptions) -> Bool {
        model == other.model && inference == other.inference && matting == other.matting
    }
}

extension ControlRequest {
    fileprivate func required(_ what: String) throws(MatteError) -> String {
        guard let value, !value.isEmpty else { throw MatteError(.usage, "\(command.rawValue) needs \(what)") }
        return value
    }

    fileprivate func isOn() throws(MatteError) -> Bool {
        switch value {
        case "on": return true
        case "off": return false
        default: throw MatteError(.usage, "\(command.rawValue) is 'on' or 'off', not '\(value ?? "")'")
        }
    }
}
