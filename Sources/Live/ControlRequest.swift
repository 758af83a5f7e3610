import Foundation
import Frames

/// What `matte ctl` asks for: one line of JSON, `{"command": "background", "value": "blur"}`.
public struct ControlRequest: Sendable, Codable, Equatable {
    public enum Command: String, Sendable, Codable, CaseIterable {
        case background
        case preset
        case pause
        case resume
        case mirror
        case plate
        case status
        case quit
    }

    public let command: Command
    /// For `background`, `preset`, `mirror` and `plate`.
    public let value: String?

    public init(_ command: Command, value: String? = nil) {
        self.command = command
        self.value = value
    }

    /// Reads a line that anybody may have written.
    ///
    /// - Throws: `.usage` for what is no request.
    init(line: [UInt8]) throws(MatteError) {
        do {
            self = try JSONDecoder().decode(ControlRequest.self, from: Data(line))
        } catch {
            let known = Command.allCases.map(\.rawValue).joined(separator: ", ")
            throw MatteError(
                .usage, "this is not a request",
                advice: #"send one line of JSON such as {"command":"status"}; commands are \#(known)"#)
        }
    }
}

/// The answer to a request: one line of JSON.
public struct ControlReply: Sendable, Codable {
    public let ok: Bool
    /// What went wrong, and the exit status of its kind.
    public var error: String?
    public var exitStatus: Int32?
    /// For `status`.
    public var status: LiveStatus?

    static let done = ControlReply(ok: true)

    init(_ status: LiveStatus) {
        self.init(ok: true)
        self.status = status
    }

    init(_ error: any Error) {
        self.init(ok: false)
        self.error = (error as? MatteError)?.description ?? "\(error)"
        exitStatus = (error as? MatteError ?? MatteError(.internal, "")).kind.rawValue
    }

    private init(ok: Bool) { self.ok = ok }
}

enum ControlLine {
    /// Longer lines are garbage.
    static let mostBytes = 65536

    /// The value on one line, with the line's end.
    static func encoded(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array((try? encoder.encode(value)) ?? Data("{}".utf8)) + [UInt8(ascii: "\n")]
    }
}
