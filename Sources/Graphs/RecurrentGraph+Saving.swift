extension RecurrentGraph {
    /// To be raised with every change of what `init(cutting:ports:)` makes of the same file.
    public static let version = 2

    /// What `init(saved:)` takes: the names, a line each, and the graph.
    public var saved: [UInt8] { Array([picture, slope, offset].map { $0 + "\n" }.joined().utf8) + bytes }

    /// - Parameter saved: any bytes; the graph's are not copied.
    /// - Throws: where they do not begin with three names.
    public init(saved: ArraySlice<UInt8>) throws(GraphMisfit) {
        let parts = saved.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw GraphMisfit("what was saved of it has no names") }
        func name(_ index: Int) -> String { String(decoding: parts[index], as: UTF8.self) }
        self.init(bytes: parts[3], picture: name(0), slope: name(1), offset: name(2))
    }
}
