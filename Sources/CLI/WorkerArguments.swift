import ArgumentParser
import MatteKit

/// What `matte bulk` says to its workers, `matte run` and `matte work`, alone.
struct WorkerArguments: ParsableArguments {
    /// Where the workers leave each other what they found out about networks.
    @Option(help: .hidden)
    var findings: String?

    /// Whether there is a worker for every core.
    @Flag(help: .hidden)
    var oneCore = false

    /// To be called before any picture is worked on.
    func begin() {
        if oneCore { RowThreads.useOne() }
    }
}
