internal import Glibc
public import Frames
internal import V4L2

/// Makes a virtual camera, or says how a person makes one.
public enum VirtualCameraSetup: Sendable, Hashable {
    /// There is one of this label.
    case present(path: String)
    /// v4l2loopback's control device (from 0.13) has made it.
    case added(path: String)
    /// Lines for a root shell, and why they are needed.
    case lines([String], reason: String)

    /// - Parameter output: as a virtual camera is named for a show: a path or a number, or a label; nil for "Matte".
    /// - Throws: `.usage` for a path that no virtual camera can have and for no name at all, `.cannotCreate` where the
    ///   module refuses.
    public static func run(for output: String?) throws(MatteError) -> VirtualCameraSetup {
        guard let output, output.hasPrefix("/") || Int(output) != nil else { return try run(label: output ?? "Matte") }
        let name = output.hasPrefix(nodePrefix) ? String(output.dropFirst(nodePrefix.count)) : output
        guard name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(name)
        else {
            throw MatteError(
                .usage, "'\(output)' is no path of a virtual camera",
                advice: "give one such as \(nodePrefix)10, or a name")
        }
        let path = nodePrefix + "\(number)"
        if VirtualCameraNode.all().contains(where: { $0.path == path }) { return .present(path: path) }
        return try make(label: "Matte", number: number)
    }

    /// - Parameters:
    ///   - label: its name for people; 31 bytes of it are kept.
    ///   - number: of `/dev/videoN`; nil for any with the control device, and for 10 in the lines.
    /// - Throws: `.usage` for an empty label, `.cannotCreate` where the module refuses.
    public static func run(label: String, number: Int? = nil) throws(MatteError) -> VirtualCameraSetup {
        let label = kept(label)
        guard !label.isEmpty else {
            throw MatteError(.usage, "a virtual camera needs a name", advice: "leave --output out for 'Matte'")
        }
        if let present = VirtualCameraNode.all().first(where: { $0.label == label }) {
            return .present(path: present.path)
        }
        return try make(label: label, number: number)
    }

    private static func make(label: String, number: Int?) throws(MatteError) -> VirtualCameraSetup {
        let line = modprobeLine(label: label, number: number)
        guard let module = LoopbackModule() else {
            return .lines(installLines + [line], reason: "the kernel module v4l2loopback is not loaded")
        }
        func reload(because reason: String) -> VirtualCameraSetup {
            .lines(
                ["sudo modprobe -r v4l2loopback", line],
                reason: "the loaded v4l2loopback\(module.version.map { " \($0)" } ?? "") \(reason)")
        }
        guard let control = module.control else { return reload(because: "cannot add virtual cameras") }
        do throws(VideoDeviceError) {
            return .added(path: nodePrefix + "\(try control.addDevice(number: number, label: label))")
        } catch {
            if error.isForbidden { return reload(because: "lets only root add one") }
            let what = number.map { "'\(nodePrefix)\($0)'" } ?? "a virtual camera"
            throw MatteError(
                .cannotCreate, "v4l2loopback cannot make \(what): \(error.words)",
                advice: number == nil ? nil : "take another number")
        }
    }

    private static let nodePrefix = "/dev/video"

    /// What the module keeps of a label: whole characters in 31 bytes.
    private static func kept(_ label: String) -> String {
        var kept = label
        while kept.utf8.count > 31 { kept.removeLast() }
        return kept
    }

    /// Loads the module with one virtual camera that browsers list.
    public static func modprobeLine(label: String = "Matte", number: Int? = nil) -> String {
        // A comma would begin the label of a second device.
        let label = quoted(label.replacing(",", with: " "))
        return "sudo modprobe v4l2loopback devices=1 exclusive_caps=1 video_nr=\(number ?? 10) card_label=\(label)"
    }

    private static let installLines = ["sudo apt-get install v4l2loopback-dkms   # once, if it is not installed"]

    /// For a shell.
    private static func quoted(_ label: String) -> String {
        let isPlain = label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        return isPlain && !label.isEmpty ? label : "'\(label.replacing("'", with: "'\\''"))'"
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
