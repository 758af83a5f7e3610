import Foundation
import MatteKit

/// Programs of a scheduler.
enum ExternalProgram {
    /// Submits a batch script.
    ///
    /// - Returns: the job's number.
    static func sbatch(_ arguments: [String], script: String) throws -> String {
        let answer = try run("sbatch", arguments, input: script)
        // "123" or "123;cluster".
        return String(answer.prefix { $0 != ";" })
    }

    /// Runs a program found on the path, with `input` on its standard input; its errors go where ours go.
    ///
    /// - Returns: what it printed, without the end of the line.
    /// - Throws: `.missingPart` where it cannot be started, `.io` where it fails.
    static func run(_ program: String, _ arguments: [String], input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (source, answer) = (Pipe(), Pipe())
        process.standardInput = source
        process.standardOutput = answer
        do {
            try process.run()
        } catch {
            throw MatteError(
                .missingPart, "'\(program)' cannot be started", advice: "install it, or print with --print")
        }
        try? source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try? source.fileHandleForWriting.close()
        let words = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 127 {
            throw MatteError(
                .missingPart, "there is no '\(program)' here", advice: "use a machine that has it, or --print")
        }
        guard process.terminationStatus == 0 else {
            throw MatteError(.io, "'\(program)' failed with status \(process.terminationStatus)")
        }
        return words.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
