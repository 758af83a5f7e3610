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

    /// - Parameters:
    ///   - label: its name for people; at most 31 bytes.
    ///   - number: of `/dev/videoN`; nil for any with the control device, and for 10 in the lines.
    /// - Throws: `.cannotCreate` where the module refuses.
    public static func run(label: String = "Matte", number: Int? = nil) throws(MatteError) -> VirtualCameraSetup {
        if let present = VirtualCameraNode.all().first(where: { $0.label == label }) {
            return .present(path: present.path)
        }
        let line = modprobeLine(label: label, number: number)
        guard LoopbackModule() != nil else {
            return .lines(installLines + [line], reason: "the kernel module v4l2loopback is not loaded")
        }
        do throws(VideoDeviceError) {
            return .added(path: "/dev/video\(try LoopbackModule.addDevice(number: number, label: label))")
        } catch {
            if error.isMissing || error.isForbidden {
                let reason = error.isMissing ? "has no control device" : "lets only root add one"
                return .lines(["sudo modprobe -r v4l2loopback", line], reason: "the loaded v4l2loopback \(reason)")
            }
            let what = number.map { "'/dev/video\($0)'" } ?? "a virtual camera"
            throw MatteError(
                .cannotCreate, "v4l2loopback cannot make \(what): \(error.words)", advice: "take another number")
        }
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
