internal import Frames

extension Engine {
    /// Makes a session on the device asked for, and on the CPU, aloud, where that cannot be had.
    ///
    /// - Throws: `.usage` for an unknown device or a bad number of threads; `.missingPart` in place of a fall-back with
    ///   `requireDevice`; else what `make` throws for the CPU.
    func sessionWithFallBack(
        _ options: InferenceOptions, notice: NoticeHandler,
        make: (_ device: Device, _ threads: Int) throws -> any InferenceSession
    ) throws -> any InferenceSession {
        let threads = try options.threadCount()
        let device = try Device(parsing: options.device)
        guard device != .cpu else { return try make(.cpu, threads) }
        let refusal: MatteError
        do {
            return try make(device, threads)
        } catch let error as MatteError {
            refusal = error
        }
        guard !options.requireDevice else {
            throw MatteError(
                .missingPart, "device \(device) cannot be used (\(refusal.message))",
                advice: "devices of this \(name): \(availableDevices.joined(separator: ", "))")
        }
        // A file that the CPU refuses as well is at fault itself, and then this throws.
        let fallBack = try make(.cpu, threads)
        notice("device \(device) cannot be used, the CPU does the work (\(refusal.message))")
        return fallBack
    }
}
