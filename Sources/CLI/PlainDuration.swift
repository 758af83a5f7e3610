import ArgumentParser

/// A length of time as people write it: "90", "90s", "1.5m", "2h".
struct PlainDuration: ExpressibleByArgument {
    let seconds: Double

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let factors: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let factor = argument.last.flatMap { factors[$0] }
        let number = factor == nil ? argument : String(argument.dropLast())
        guard let value = Double(number), value.isFinite, value > 0, value < 1e6 else { return nil }
        seconds = value * (factor ?? 1)
    }

    var defaultValueDescription: String {
        seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s"
    }
}
