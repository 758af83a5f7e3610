import ArgumentParser

/// A length of time, or "none".
struct OptionalDuration: ExpressibleByArgument {
    /// Nil for none.
    let seconds: Double?

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        if argument == "none" {
            seconds = nil
        } else {
            guard let duration = PlainDuration(argument: argument) else { return nil }
            seconds = duration.seconds
        }
    }

    var defaultValueDescription: String { seconds.map { PlainDuration(seconds: $0).defaultValueDescription } ?? "none" }
}
