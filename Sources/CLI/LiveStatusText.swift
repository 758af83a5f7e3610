import Foundation
import Live

/// A show's status in words: one line for the display, or several for `matte ctl status`.
struct LiveStatusText {
    private let status: LiveStatus

    init(_ status: LiveStatus) { self.status = status }

    /// "live, 30.0 fps in, 24.1 shown, 61/84 ms, matting 35 ms, compositing 4 ms, ratio 0.40, 12 dropped".
    var line: String {
        let figures = status.figures
        var parts = [state]
        parts.append(String(format: "%.1f fps in, %.1f shown", figures.capturedPerSecond, figures.shownPerSecond))
        if let latency = Self.pair(figures.latency) { parts.append("\(latency) ms") }
        for stage in ["matting", "compositing"] {
            guard let time = figures.stages[stage]?.p50Milliseconds else { continue }
            parts.append("\(stage) " + String(format: "%.0f ms", time))
        }
        if let ratio = status.ratio { parts.append(String(format: "ratio %.2f", ratio)) }
        parts.append("\(figures.drops.values.reduce(0, +)) dropped")
        return parts.joined(separator: ", ")
    }

    /// All of it.
    var text: String {
        let figures = status.figures
        let output = status.output
        let drops = figures.drops.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map { "\($0.key) \($0.value)" }
        let stages = figures.stages.sorted { $0.key < $1.key }.compactMap { name, times in
            Self.pair(times).map { "\(name) \($0) ms" }
        }
        let rows: [(title: String, value: String)] =
            [
                ("state", state),
                ("camera", status.camera ?? "closed"),
                (
                    "output",
                    "\(output.name), \(output.width)×\(output.height), "
                        + String(format: "%.2f fps", output.framesPerSecond)
                ),
                ("background", status.background + (status.isMirrored ? ", camera mirrored" : "")),
                ("model", [status.model, status.engine, status.device].compactMap { $0 }.joined(separator: ", ")),
                ("plate", status.plate ?? "none"),
                ("ratio", status.ratio.map { String(format: "%.2f", $0) } ?? "–"),
                (
                    "rate",
                    String(
                        format: "%.1f fps in, %.1f shown, %.1f written", figures.capturedPerSecond,
                        figures.shownPerSecond, figures.writtenPerSecond)
                ),
                ("latency", Self.pair(figures.latency).map { "\($0) ms (half of all, 95 %)" } ?? "–"),
                ("stages", stages.joined(separator: ", ")),
                ("dropped", drops.isEmpty ? "none" : drops.joined(separator: ", ")),
                ("memory", String(format: "%.0f MB", Double(status.memoryBytes) / 1_000_000)),
            ] + status.problems.map { ("problem", $0) }
        return rows.map { $0.title.padding(toLength: 11, withPad: " ", startingAt: 0) + $0.value }
            .joined(separator: "\n")
    }

    var state: String { status.reason.map { "standby (\(Self.words(for: $0)))" } ?? "live" }

    private static func words(for reason: StandbyReason) -> String {
        switch reason {
        case .starting: "starting"
        case .settling: "the network is settling"
        case .paused: "paused"
        case .takingPlate: "a plate is taken"
        case .unwatched: "nobody watches"
        case .cameraLost: "no camera"
        case .failed: "no matte"
        case .stalled: "nothing new"
        case .ended: "ended"
        }
    }

    private static func pair(_ times: LiveFigures.Times) -> String? {
        guard let half = times.p50Milliseconds, let most = times.p95Milliseconds else { return nil }
        return String(format: "%.0f/%.0f", half, most)
    }
}
