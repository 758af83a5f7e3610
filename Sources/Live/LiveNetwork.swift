public import Matting

/// A loaded network with what a show needs to know of it.
public struct LiveNetwork: @unchecked Sendable {
    // Sendable: whoever loads it hands it to the matting queue and keeps nothing of it.
    let network: any MattingNetwork
    let model: String
    let options: MattingOptions
    let reload: @Sendable () throws -> any MattingNetwork

    /// - Parameters:
    ///   - model: the card's name.
    ///   - options: `warmUpFrames` are the pictures of a shot that are matted but not shown.
    ///   - load: makes the network, now and again after a failure.
    public init(
        model: String, options: MattingOptions, load: @escaping @Sendable () throws -> any MattingNetwork
    ) throws {
        self.model = model
        self.options = options
        reload = load
        network = try load()
    }
}
