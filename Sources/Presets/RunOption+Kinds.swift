/// Builders for options of one type, so that every range is checked and described in one place.
extension RunOption {
    static func text(
        _ name: String, _ expects: String, fileRead: @escaping @Sendable (_ value: String) -> String? = { _ in nil },
        set: @escaping @Sendable (inout RunOptions, String) -> Void
    ) -> RunOption {
        RunOption(name, expects, fileRead: fileRead) { (options, text) throws(InvalidValue) in
            guard !text.isEmpty else { throw InvalidValue() }
            set(&options, text)
        }
    }

    static func integer(
        _ name: String, _ range: ClosedRange<Int>, set: @escaping @Sendable (inout RunOptions, Int) -> Void
    ) -> RunOption {
        let expects =
            range.upperBound == .max
            ? "a whole number from \(range.lowerBound) up"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return RunOption(name, expects) { (options, text) throws(InvalidValue) in
            guard let value = Int(text), range.contains(value) else { throw InvalidValue() }
            set(&options, value)
        }
    }

    static func number(
        _ name: String, _ expects: String, where isValid: @escaping @Sendable (Double) -> Bool,
        set: @escaping @Sendable (inout RunOptions, Double) -> Void
    ) -> RunOption {
        RunOption(name, expects) { (options, text) throws(InvalidValue) in
            guard let value = Double(text), value.isFinite, isValid(value) else { throw InvalidValue() }
            set(&options, value)
        }
    }

    static func flag(_ name: String, set: @escaping @Sendable (inout RunOptions, Bool) -> Void) -> RunOption {
        RunOption(name, "true or false") { (options, text) throws(InvalidValue) in
            switch text.lowercased() {
            case "true", "yes", "on": set(&options, true)
            case "false", "no", "off": set(&options, false)
            default: throw InvalidValue()
            }
        }
    }

    static func choice<Value: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String, _: Value.Type, set: @escaping @Sendable (inout RunOptions, Value) -> Void
    ) -> RunOption where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        return RunOption(name, "one of \(words.joined(separator: ", "))") { (options, text) throws(InvalidValue) in
            guard let value = Value(rawValue: text) else { throw InvalidValue() }
            set(&options, value)
        }
    }

    /// Seconds, `MM:SS` or `HH:MM:SS`, with decimals.
    static func time(_ name: String, set: @escaping @Sendable (inout RunOptions, Double) -> Void) -> RunOption {
        RunOption(name, "a time: seconds, MM:SS or HH:MM:SS") { (options, text) throws(InvalidValue) in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) ?? -1 }
            let isClock = parts.dropFirst().allSatisfy { $0 < 60 }
            guard (1...3).contains(parts.count), isClock, parts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
                throw InvalidValue()
            }
            set(&options, parts.reduce(0) { $0 * 60 + $1 })
        }
    }

    /// `key=value`, given as often as needed.
    static func pair(
        _ name: String, set: @escaping @Sendable (inout RunOptions, _ key: String, _ value: String) -> Void
    ) -> RunOption {
        RunOption(name, "key=value", repeats: true) { (options, text) throws(InvalidValue) in
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { throw InvalidValue() }
            set(&options, String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
    }
}
