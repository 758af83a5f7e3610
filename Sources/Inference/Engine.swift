public import Frames

/// A network as a file, as bytes already read (and checked), or as one of which other processes may know enough.
public enum ModelSource {
    case file(String)
    /// Valid during the call that takes it; the name is for messages.
    case bytes(UnsafeRawBufferPointer, name: String)
    /// One that other processes run as well.
    case shared(SharedModel)

    public var name: String {
        switch self {
        case .file(let path): path
        case .bytes(_, let name): name
        case .shared(let model): model.name
        }
    }
}

/// A library that runs networks. Any thread may use it.
public protocol Engine: Sendable {
    /// As `--engine` takes it.
    var name: String { get }
    var version: String { get }
    /// The file that was loaded.
    var libraryPath: String { get }
    /// Devices this build of the library knows, as `--device` takes them; whether they can be had shows only when a
    /// session is made.
    var availableDevices: [String] { get }

    /// Loads a network.
    ///
    /// A device that cannot be had is replaced by the CPU, and `notice` is told why; with `requireDevice` it is an
    /// error of kind `.missingPart`.
    /// - Throws: `.usage` for an unknown device or a bad number of threads, `.badInput` for a file that is no network
    ///   the engine can load.
    func makeSession(
        _ model: ModelSource, options: InferenceOptions, notice: NoticeHandler
    ) throws -> any InferenceSession
}
