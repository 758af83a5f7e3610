import Foundation
import MatteKit

/// `matte doctor --camera`'s report for people.
struct CameraDoctorText {
    private let report: CameraReport

    init(_ report: CameraReport) { self.report = report }

    var text: String {
        let virtualCameras = report.virtualCameras.isEmpty ? ["none"] : report.virtualCameras.flatMap(words)
        let cameras = report.cameras.isEmpty ? ["none"] : report.cameras.flatMap(words)
        let result = report.obstacle == nil ? "a live picture can be shown" : "no live picture can be shown"
        return ReportSections.text([
            ("module", module), ("virtual", virtualCameras), ("cameras", cameras), ("result", [result]),
        ])
    }

    private var module: [String] {
        guard let module = report.module else { return ["v4l2loopback is not loaded"] }
        let caps = module.exclusiveCaps.prefix(max(1, report.virtualCameras.count)).map { $0 ? "1" : "0" }
        let control = module.hasControlDevice ? ", can add virtual cameras" : ""
        let version = module.version.map { " \($0)" } ?? ", 0.12 or older"
        var lines = ["v4l2loopback\(version), exclusive_caps=\(caps.joined(separator: ","))\(control)"]
        if caps.contains("0") { lines.append("without exclusive_caps=1 some programs will not list it as a camera") }
        return lines
    }

    private func words(_ camera: CameraReport.VirtualCamera) -> [String] {
        var lines = ["\(camera.path) \(camera.label): \(camera.isWritten ? "being written to" : "free")"]
        if !camera.holders.isEmpty { lines.append("  open in \(camera.holders.joined(separator: ", "))") }
        if let format = camera.heldFormat { lines.append("  held at \(format): a new writer gets no other") }
        return lines
    }

    private func words(_ camera: CameraReport.Camera) -> [String] {
        var lines = ["\(camera.path) \(camera.name)"]
        if !camera.holders.isEmpty { lines.append("  open in \(camera.holders.joined(separator: ", "))") }
        if let speed = camera.usbMegabitsPerSecond {
            let room = camera.missingBandwidth ? ", too slow for 1280×720 at 30 fps without compression" : ""
            lines.append("  USB at \(speed) Mbit/s\(room)")
        }
        if let trial = camera.trial { lines.append("  " + words(trial)) }
        if let problem = camera.problem { lines.append("  \(problem)") }
        return lines
    }

    private func words(_ trial: CameraReport.Trial) -> String {
        let rate = trial.framesPerSecond.map { String(format: " at %.1f fps", $0) } ?? ""
        let first = String(format: "%.0f ms", trial.firstFrameMilliseconds)
        let faults = [(trial.damaged, "damaged"), (trial.lost, "lost")].filter { $0.0 > 0 }.map { ", \($0) \($1)" }
        return "\(trial.frames) pictures of \(trial.width)×\(trial.height) \(trial.format)\(rate), the first after "
            + first + faults.joined()
    }
}
