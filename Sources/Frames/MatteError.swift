/// An error for people: what happened, to which file, and what to do now. The command line prints it as one line and
/// ends with the status of its kind.
public struct MatteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Raw values are exit statuses, after BSD's sysexits.h.
    public enum Kind: Int32, Sendable {
        /// The words on the command line, a preset's key, an option's value.
        case usage = 64
        /// The input is there but cannot be used.
        case badInput = 65
        /// The input is not there.
        case noInput = 66
        /// A model, library or device is missing.
        case missingPart = 69
        /// The program is at fault, or a check of the output failed.
        case `internal` = 70
        /// The output cannot be made where it was asked for.
        case cannotCreate = 73
        /// Reading or writing broke in the middle.
        case io = 74
        /// Nothing is wrong with the work; another attempt may well succeed.
        case tryAgain = 75
        /// This machine is not set up for the work: another version or model than the plan was made for.
        case configuration = 78
        /// Ended by the user.
        case interrupted = 130
    }

    public let kind: Kind
    /// What happened and to which file: one sentence without a full stop, the file in quotes where there is one.
    public let message: String
    /// What the reader can do about it; one sentence without a full stop.
    public let advice: String?

    public init(_ kind: Kind, _ message: String, advice: String? = nil) {
        self.kind = kind
        self.message = message
        self.advice = advice
    }

    public var description: String { advice.map { "\(message); \($0)" } ?? message }
}
