internal import Frames
internal import V4L2

/// Finds virtual cameras among the video devices.
enum VirtualCameraNode {
    /// Path and label of each, by number. Nobody needs to be able to write to it now.
    static func all() -> [(path: String, label: String)] {
        VideoNode.all().compactMap { node in
            guard let device = try? VideoDevice(path: node.path), let capability = try? device.capability(),
                capability.isLoopback
            else { return nil }
            return (node.path, capability.card)
        }
    }

    /// The path that a path, a number or a part of a label means.
    static func path(of output: String) throws(MatteError) -> String {
        if output.hasPrefix("/") { return output }
        if let number = Int(output), number >= 0 { return "/dev/video\(number)" }
        let all = all()
        let wanted = output.lowercased()
        let exact = all.filter { $0.label.lowercased() == wanted }
        let found = exact.isEmpty ? all.filter { $0.label.lowercased().contains(wanted) } : exact
        guard let first = found.first, !wanted.isEmpty else {
            let names = all.map { "'\($0.label)'" }.joined(separator: ", ")
            throw MatteError(
                .noInput, "no virtual camera has '\(output)' in its name",
                advice: names.isEmpty ? VirtualCameraFailure.setup : "there is \(names)")
        }
        guard found.count == 1 else {
            let names = found.map { "'\($0.label)' (\($0.path))" }.joined(separator: ", ")
            throw MatteError(
                .usage, "'\(output)' is part of several virtual cameras' names: \(names)", advice: "give the path")
        }
        return first.path
    }
}
