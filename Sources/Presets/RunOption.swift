public import Frames

/// One option by its long name: what it takes, what it means, and how a text becomes a value.
public struct RunOption: Sendable {
    /// The long name, as in `--background` and as a preset's key.
    public let name: String
    /// What a value looks like, for `--help` and for errors: "a number from 0 to 1".
    public let expects: String
    /// True where the option may be given several times (`encoder-option`).
    public let repeats: Bool
    /// The file that a value names; nil for values that name none. Outputs do not count.
    public let fileRead: @Sendable (_ value: String) -> String?
    let set: @Sendable (inout RunOptions, String) throws(InvalidValue) -> Void

    /// The text is not a value of the option.
    struct InvalidValue: Error {
        /// What is wrong, where it is more than the type.
        var cause: MatteError?
    }

    init(
        _ name: String, _ expects: String, repeats: Bool = false,
        fileRead: @escaping @Sendable (_ value: String) -> String? = { _ in nil },
        set: @escaping @Sendable (inout RunOptions, String) throws(InvalidValue) -> Void
    ) {
        self.name = name
        self.expects = expects
        self.repeats = repeats
        self.fileRead = fileRead
        self.set = set
    }

    /// Sets the option in `options`.
    ///
    /// - Parameter place: what the message begins with: "--ratio" or "my.yaml:3: ratio".
    /// - Throws: `MatteError` of kind `.usage` that names the place, the value and what is expected.
    public func apply(_ value: String, to options: inout RunOptions, place: String) throws(MatteError) {
        do {
            try set(&options, value)
        } catch {
            if let cause = error.cause {
                throw MatteError(cause.kind, "\(place): \(cause.message)", advice: cause.advice)
            }
            throw MatteError(.usage, "\(place): '\(value)' is not \(expects)")
        }
    }

    /// The option called `name`.
    ///
    /// - Throws: `MatteError` of kind `.usage` that names the nearest known name.
    public static func named(_ name: String, place: String) throws(MatteError) -> RunOption {
        if let option = all.first(where: { $0.name == name }) { return option }
        let known = all.map(\.name)
        let guess = Spelling.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
        throw MatteError(
            .usage, "\(place): there is no option '\(name)'\(guess)",
            advice: guess.isEmpty ? "known are \(known.joined(separator: ", "))" : nil)
    }
}
