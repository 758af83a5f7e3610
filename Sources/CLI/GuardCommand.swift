import ArgumentParser
import Live

/// `matte live-guard`, which `matte live` starts for itself.
struct GuardCommand: ParsableCommand {
    static let name = "live-guard"
    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Shows the standby card when 'matte live' dies.", shouldDisplay: false)

    func run() throws { try StandingGuard.run() }
}
