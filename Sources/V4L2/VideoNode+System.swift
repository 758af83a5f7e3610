internal import Glibc

extension VideoNode {
    /// Speed of the USB port that the camera is plugged in to, in megabits per second; nil for other cameras.
    public var usbMegabitsPerSecond: Int? {
        // The camera is an interface of a USB device, which has the speed.
        attribute("device/../speed").flatMap { Int($0) }
    }

    /// Whether this user may open it, and if not, the group that may.
    public var permission: DevicePermission {
        if access(path, R_OK | W_OK) == 0 { return .granted }
        var information = stat()
        guard stat(path, &information) == 0 else { return .missing }
        guard let entry = getgrgid(information.st_gid), let name = entry.pointee.gr_name else {
            return .denied(group: nil)
        }
        return .denied(group: String(cString: name))
    }
}

/// What the system says of a user and a device.
public enum DevicePermission: Sendable, Hashable {
    case granted
    /// The device belongs to a group that this process is not in; its name, where it has one.
    case denied(group: String?)
    case missing
}
