internal import Frames
internal import V4L2

extension CameraDevice {
    /// The camera that a person means.
    ///
    /// - Parameter text: a path ("/dev/video2"), a number ("2"), or part of a name, whatever its case; nil for the first
    ///   camera that is no virtual one.
    /// - Throws: `.notFound` where there is none, `.unsuitable` where the words fit several or what they fit is no
    ///   camera.
    public static func find(_ text: String?) throws(CameraFailure) -> CameraDevice {
        try find(text, among: list())
    }

    static func find(_ text: String?, among devices: [CameraDevice]) throws(CameraFailure) -> CameraDevice {
        guard let text else {
            let cameras = devices.filter { $0.isCamera || $0.problem != nil }
            guard let first = cameras.first(where: { !$0.isLoopback && $0.problem == nil }) ?? cameras.first else {
                throw CameraFailure(
                    .notFound,
                    MatteError(.noInput, "there is no camera", advice: "plug one in; `matte devices` lists them"))
            }
            return try usable(first)
        }
        if let path = path(text) {
            let resolved = SystemFile.resolved(path)
            guard let device = devices.first(where: { $0.path == resolved }) else {
                throw CameraFailure(
                    .notFound,
                    MatteError(.noInput, "there is no camera '\(path)'", advice: "`matte devices` lists what there is"))
            }
            return try usable(device)
        }
        return try usable(named(text, among: devices))
    }

    /// The same camera, perhaps at another path: that of the same bus and name, else of the same bus, else of the same
    /// name. Nil while it is away.
    public func present(among devices: [CameraDevice] = CameraDevice.list()) -> CameraDevice? {
        let cameras = devices.filter { $0.isCamera && $0.isLoopback == isLoopback }
        return cameras.first { $0.bus == bus && $0.name == name } ?? cameras.first { $0.bus == bus }
            ?? cameras.first { $0.name == name }
    }

    /// What a path or a number leads to; nil for a name.
    private static func path(_ text: String) -> String? {
        if text.hasPrefix("/") { return text }
        return Int(text).flatMap { $0 >= 0 ? "/dev/video\($0)" : nil }
    }

    private static func named(_ text: String, among devices: [CameraDevice]) throws(CameraFailure) -> CameraDevice {
        let wanted = text.lowercased()
        let cameras = devices.filter { $0.isCamera || $0.problem != nil }
        let exact = cameras.filter { $0.name.lowercased() == wanted }
        let found = exact.isEmpty ? cameras.filter { $0.name.lowercased().contains(wanted) } : exact
        guard let first = found.first, !wanted.isEmpty else {
            let names = cameras.map { "'\($0.name)'" }.joined(separator: ", ")
            let advice = names.isEmpty ? "plug one in" : "there is \(names)"
            throw CameraFailure(
                .notFound, MatteError(.noInput, "no camera has '\(text)' in its name", advice: advice))
        }
        // A webcam may have several nodes of one name; the first one gives its pictures.
        guard found.allSatisfy({ $0.bus == first.bus }) else {
            let names = found.map { "'\($0.name)' (\($0.path))" }.joined(separator: ", ")
            throw CameraFailure(
                .unsuitable,
                MatteError(.usage, "'\(text)' is part of several cameras' names: \(names)", advice: "give the path"))
        }
        return first
    }

    private static func usable(_ device: CameraDevice) throws(CameraFailure) -> CameraDevice {
        // What keeps a device from being opened is said, with what to do, when that is tried.
        guard !device.isCamera, device.problem == nil else { return device }
        let advice =
            device.isLoopback
            ? "it becomes one while a program writes to it; that program must be started first" : "take another device"
        throw CameraFailure(
            .unsuitable,
            MatteError(.badInput, "'\(device.path)' (\(device.name)) gives no pictures now", advice: advice))
    }
}
