import Synchronization

/// Set by the first Ctrl-C or SIGTERM, for as long as it lives; read from any thread. The second one ends the program.
final class InterruptFlag: Sendable {
    private final class Flag: Sendable {
        private let value = Atomic<Bool>(false)

        var isSet: Bool { value.load(ordering: .acquiring) }
        func set() { value.store(true, ordering: .releasing) }
    }

    private let flag: Flag
    private let handler: InterruptHandler

    /// - Parameter stopsAtEof: whether the end of standard input does the same, see `InputEnd`.
    init(stopsAtEof: Bool = false) {
        let flag = Flag()
        self.flag = flag
        handler = InterruptHandler { flag.set() }
        if stopsAtEof { InputEnd.watch { flag.set() } }
    }

    deinit { handler.stop() }

    var isSet: Bool { flag.isSet }
}
