import Compositing
import Frames
import Glibc
import Matting

extension LiveSession {
    /// Shows the card and closes the camera.
    public func pause() { handle(.paused) }

    /// Opens the camera again.
    public func resume() { handle(.resumed) }

    /// Turns camera pictures left to right, but not the background.
    public func setMirrored(_ isMirrored: Bool) { matter.setMirrored(isMirrored) }

    /// Shows another background from the next picture on.
    public func setBackground(_ background: PreparedBackground) {
        problems.clear(.background)
        renderer.setBackground(background)
    }

    /// Another standby card, from the next time on that it is due.
    func setCard(_ card: Frame) { writer.setCard(card) }

    /// Another network, or other options of matting, from the next picture on.
    public func setNetwork(_ network: LiveNetwork) { matter.replaceNetwork(network) }

    /// - Parameter preset: the one that was chosen last.
    public func status(preset: String? = nil) -> LiveStatus {
        let now = Monotonic.now()
        let (shown, isPaused, isWatched) = show.withLock { ($0.shown(now: now), $0.isPaused, $0.isWatched) }
        var reason: StandbyReason?
        if case .standby(let why) = shown { reason = why }
        let facts = matter.facts
        return LiveStatus(
            state: reason == nil ? "live" : "standby", reason: reason, problems: problems.sentences,
            isPaused: isPaused, isWatched: isWatched, camera: capture.sourceName, lostFrames: capture.lostFrames,
            output: output, model: facts.model, engine: facts.engine, device: facts.device, ratio: facts.ratio,
            background: renderer.backgroundWords, preset: preset, plate: facts.plate?.name,
            isMirrored: matter.mirrors,
            figures: meter.figures(now: now), memoryBytes: Self.residentBytes())
    }

    private func handle(_ event: Show.Event) {
        show.withLock { _ = $0.handle(event, now: Monotonic.now()) }
    }

    /// The second number of /proc/self/statm, in pages.
    private static func residentBytes() -> Int {
        var text = [UInt8](repeating: 0, count: 128)
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        let count = read(file, &text, text.count)
        let fields = String(decoding: text.prefix(max(count, 0)), as: UTF8.self).split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * sysconf(Int32(_SC_PAGESIZE))
    }
}
