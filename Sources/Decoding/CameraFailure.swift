public import Frames
internal import V4L2

/// Why a camera gives no pictures, for programs and for people.
public struct CameraFailure: Error, Sendable, Hashable {
    public enum Reason: Sendable {
        /// There is no such device.
        case notFound
        /// This user may not open it.
        case forbidden
        /// Another program has it.
        case busy
        /// It was there and is gone: unplugged. Look for it again with `CameraDevice.present`.
        case vanished
        /// The stream broke; `CameraSource.restart` may mend it.
        case streamBroken
        /// It is no camera, or has nothing to offer that the program can use.
        case unsuitable
        /// The program lacks a part or memory.
        case other
    }

    public let reason: Reason
    public let error: MatteError

    public init(_ reason: Reason, _ error: MatteError) {
        self.reason = reason
        self.error = error
    }

    /// What a refused call on the device at `path` means.
    init(_ refusal: VideoDeviceError, path: String) {
        if refusal.isVanished {
            self.init(.vanished, MatteError(.io, "the camera '\(path)' is gone", advice: "plug it in again"))
        } else if refusal.isMissing {
            let advice = "`matte devices` lists what there is"
            self.init(.notFound, MatteError(.noInput, "there is no '\(path)'", advice: advice))
        } else if refusal.isForbidden {
            let advice = "add yourself to its group: sudo usermod -aG video $USER, then log in again"
            self.init(.forbidden, MatteError(.noInput, "you may not open the camera '\(path)'", advice: advice))
        } else if refusal.isBusy {
            let holders = DeviceHolder.all(of: path).map(\.description)
            let who = holders.isEmpty ? "another program" : holders.joined(separator: " and ")
            self.init(
                .busy,
                MatteError(.missingPart, "the camera '\(path)' is in use by \(who)", advice: "end it, or take another"))
        } else if refusal.isOutOfBandwidth {
            self.init(
                .busy,
                MatteError(
                    .missingPart, "the USB bus has no room for the pictures of '\(path)'",
                    advice: "ask for a smaller size, or plug it in away from other cameras"))
        } else if refusal.isStreamBroken {
            let words = "the camera '\(path)' broke off: cannot \(refusal.operation): \(refusal.words)"
            self.init(.streamBroken, MatteError(.io, words, advice: "plug it in again, or take another"))
        } else {
            let words = "the camera '\(path)' refuses: cannot \(refusal.operation): \(refusal.words)"
            self.init(.unsuitable, MatteError(.badInput, words, advice: "`matte doctor --camera` looks at it"))
        }
    }
}
