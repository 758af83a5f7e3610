/// A network that several processes run, each for itself. What one of them found out about it, the network fitted to the
/// shapes of its inputs above all, the others need not find out again.
public struct SharedModel {
    /// For messages.
    public let name: String
    /// Tells these bytes from those of all other networks.
    public let identity: String
    let findings: any SharedFindings
    let read: () throws -> ArraySlice<UInt8>

    /// - Parameters:
    ///   - findings: where the processes leave what they found out.
    ///   - read: gives the bytes of the ONNX file, checked; asked only for what is not among the findings.
    public init(
        name: String, identity: String, findings: any SharedFindings, read: @escaping () throws -> ArraySlice<UInt8>
    ) {
        (self.name, self.identity, self.findings, self.read) = (name, identity, findings, read)
    }
}

/// Bytes by key that processes leave each other. Only time depends on them: what is not there is found out anew.
///
/// Any thread may use it.
public protocol SharedFindings: Sendable {
    /// - Returns: what somebody kept, whole and sound; nil where there is nothing.
    func bytes(for key: String) -> ArraySlice<UInt8>?
    /// Keeps the bytes, or not: a full disk is no obstacle.
    func keep(_ bytes: UnsafeRawBufferPointer, for key: String)
}
