internal import Frames
internal import V4L2

/// What a refusing virtual camera means to a person.
struct VirtualCameraFailure {
    let path: String

    func calling<Result>(_ body: () throws(VideoDeviceError) -> Result) throws(MatteError) -> Result {
        do throws(VideoDeviceError) {
            return try body()
        } catch {
            throw meaning(of: error)
        }
    }

    /// Another program writes to it.
    var busy: MatteError {
        MatteError(
            .missingPart, "the virtual camera '\(path)' is in use by \(holders ?? "another program")",
            advice: "end it, or make another virtual camera: `matte live --setup`")
    }

    /// A reader that is still there, or the module's keep_format, holds another format.
    func held(_ format: VideoFormat, keepsFormat: Bool) -> MatteError {
        let holder = keepsFormat ? "its keep_format" : holders ?? "another program"
        let ending =
            keepsFormat ? "`v4l2-ctl -d \(path) -c keep_format=0` lets it go" : "end what reads it"
        return MatteError(
            .missingPart, "the virtual camera '\(path)' is held at \(format.size) \(format.fourCC) by \(holder)",
            advice: "\(ending), or ask for that size")
    }

    private func meaning(of refusal: VideoDeviceError) -> MatteError {
        if refusal.isMissing { return MatteError(.noInput, "there is no '\(path)'", advice: Self.setup) }
        if refusal.isForbidden {
            return MatteError(
                .noInput, "you may not open the virtual camera '\(path)'",
                advice: "add yourself to its group: sudo usermod -aG video $USER, then log in again")
        }
        if refusal.isBusy { return busy }
        return MatteError(
            .cannotCreate, "the virtual camera '\(path)' refuses: cannot \(refusal.operation): \(refusal.words)",
            advice: "`matte doctor --camera` looks at it")
    }

    private var holders: String? {
        let holders = DeviceHolder.all(of: path).map(\.description)
        return holders.isEmpty ? nil : holders.joined(separator: " and ")
    }

    static let setup = "`matte live --setup` makes one"
}
