internal import Frames

extension Engine {
    /// Makes a session on the device asked for, and on the CPU, aloud, where that cannot be had. Says so where
    /// `Precision.fast` changes nothing.
    ///
    /// - Parameter make: told whether the network must compute with 32 bits, tells whether it does.
    /// - Throws: `.usage` for an unknown device or a bad number of threads; `.missingPart` in place of a fall-back with
    ///   `requireDevice`; else what `make` throws for the CPU.
    func sessionWithFallBack(
        _ options: InferenceOptions, notice: NoticeHandler,
        make: (_ device: Device, _ threads: Int, _ isExact: Bool) throws -> (
            session: any InferenceSession, isExact: Bool
        )
    ) throws -> any InferenceSession {
        let threads = try options.threadCount()
        let precision = options.precision ?? .exact
        func session(on device: Device) throws -> any InferenceSession {
            let made = try make(device, threads, precision == .exact)
            if precision == .fast, made.isExact {
                notice("\(name) has no arithmetic of 16 bits on device \(device), so the network computes with 32")
            }
            return made.session
        }
        let device = try Device(parsing: options.device)
        guard device != .cpu else { return try session(on: .cpu) }
        let refusal: MatteError
        do {
            return try session(on: device)
        } catch let error as MatteError {
            refusal = error
        }
        guard !options.requireDevice else {
            throw MatteError(
                .missingPart, "device \(device) cannot be used (\(refusal.message))",
                advice: "devices of this \(name): \(availableDevices.joined(separator: ", "))")
        }
        // A file that the CPU refuses as well is at fault itself, and then this throws.
        let fallBack = try session(on: .cpu)
        notice("device \(device) cannot be used, the CPU does the work (\(refusal.message))")
        return fallBack
    }
}
