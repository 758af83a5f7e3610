import Decoding
import Encoding
import Frames
internal import V4L2

/// Looks at everything that a live picture needs: the module for virtual cameras, who holds what, and the cameras, of
/// which it takes ten pictures each. It prints nothing and changes nothing; cameras are on for about a second.
public struct CameraDoctor {
    private static let trialFrames = 10
    private static let patienceMilliseconds = 3000

    public init() {}

    public func examine() -> CameraReport {
        let devices = CameraDevice.list()
        let module = LoopbackModule().map {
            CameraReport.Module(
                version: $0.version, exclusiveCaps: $0.exclusiveCaps,
                hasControlDevice: $0.control != nil)
        }
        let virtualCameras = devices.filter(\.isLoopback).map(virtualCamera)
        let cameras = devices.filter { !$0.isLoopback && ($0.isCamera || $0.problem != nil) }.map(camera)
        return CameraReport(
            module: module, virtualCameras: virtualCameras, cameras: cameras,
            obstacle: Self.obstacle(module, virtualCameras, cameras))
    }

    private func virtualCamera(_ device: CameraDevice) -> CameraReport.VirtualCamera {
        let handle = try? VideoDevice(path: device.path)
        let keepsFormat = handle?.keepsFormat == true
        let isWritten = device.isCamera && !device.isOutput && !keepsFormat
        let holders = Self.holders(device.path)
        // A format is held by the module's own switch, or by a reader that an ended writer left behind.
        let isHeld = keepsFormat || !isWritten && !holders.isEmpty
        let format = isHeld ? (try? handle?.format(.output)) ?? (try? handle?.format(.capture)) : nil
        return CameraReport.VirtualCamera(
            path: device.path, label: device.name, holders: holders, isWritten: isWritten,
            heldFormat: format.map { "\($0.size) \($0.fourCC)" },
            problem: isWritten
                ? "\(holders.first ?? "another program") writes to it; end that, or make another virtual camera" : nil)
    }

    private func camera(_ device: CameraDevice) -> CameraReport.Camera {
        let node = VideoNode(path: device.path)
        var problem: String?
        var trial: CameraReport.Trial?
        if case .denied(let group) = node.permission {
            let advice =
                switch group {
                case nil: ""
                // Nobody should be in that one; devices of this kind belong to video.
                case "root": "; it is root's alone: sudo chgrp video \(device.path)"
                case .some(let group): "; sudo usermod -aG \(group) $USER, then log in again"
                }
            problem = "you may not open it\(advice)"
        } else {
            do throws(CameraFailure) {
                trial = try self.trial(device)
            } catch {
                problem = error.error.description
            }
        }
        let speed = node.usbMegabitsPerSecond
        return CameraReport.Camera(
            path: device.path, name: device.name, holders: Self.holders(device.path), usbMegabitsPerSecond: speed,
            missingBandwidth: speed.map { $0 < Self.uncompressedMegabitsPerSecond } ?? false, trial: trial,
            problem: problem)
    }

    /// 1280×720 with two bytes a pixel, 30 times a second: more than USB 2 carries.
    private static let uncompressedMegabitsPerSecond = 1280 * 720 * 2 * 8 * 30 / 1_000_000 * 5 / 4

    private func trial(_ device: CameraDevice) throws(CameraFailure) -> CameraReport.Trial {
        let clock = ContinuousClock()
        let start = clock.now
        let source = try CameraSource(device)
        defer { source.close() }
        var (first, last): (Int64?, Int64?)
        var firstFrame = Duration.zero
        while source.counters.frames < Self.trialFrames {
            guard
                let captured = try source.next(timeoutMilliseconds: Self.patienceMilliseconds, order: .inOrder)
            else { break }
            if first == nil { firstFrame = clock.now - start }
            first = first ?? captured.captureMicroseconds
            last = captured.captureMicroseconds
        }
        guard let first, let last else {
            throw CameraFailure(
                .other, MatteError(.io, "the camera '\(device.path)' gives no pictures", advice: "plug it in again"))
        }
        let counters = source.counters
        let steps = Double(counters.frames + counters.lost - 1)
        return CameraReport.Trial(
            format: source.format.format, width: source.format.size.width, height: source.format.size.height,
            frames: counters.frames, framesPerSecond: last > first ? steps * 1_000_000 / Double(last - first) : nil,
            firstFrameMilliseconds: firstFrame / .milliseconds(1), damaged: counters.damaged, lost: counters.lost)
    }

    private static func holders(_ path: String) -> [String] { DeviceHolder.all(of: path).map(\.description) }

    private static func obstacle(
        _ module: CameraReport.Module?, _ virtualCameras: [CameraReport.VirtualCamera],
        _ cameras: [CameraReport.Camera]
    ) -> String? {
        if module == nil, virtualCameras.isEmpty {
            return "the kernel module v4l2loopback is not loaded; `matte live --setup` says how"
        }
        guard let virtual = virtualCameras.first(where: { $0.problem == nil }) ?? virtualCameras.first else {
            return "there is no virtual camera; `matte live --setup` makes one"
        }
        if let problem = virtual.problem { return "the virtual camera '\(virtual.path)' is of no use now: \(problem)" }
        guard let camera = cameras.first(where: { $0.problem == nil }) ?? cameras.first else {
            return "there is no camera; plug one in"
        }
        return camera.problem.map { "the camera '\(camera.path)' is of no use now: \($0)" }
    }
}
