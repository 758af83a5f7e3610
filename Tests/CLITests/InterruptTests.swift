import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct InterruptTests {
    /// A clip too long to finish while the test waits.
    private func start(_ folder: TemporaryFolder) throws -> MatteTool.Running {
        try TestClips.clip(folder.path("in.mp4"), frames: 2000, arguments: ["-shortest"])
        return try MatteTool.start(["run", folder.path("in.mp4"), "-o", folder.path("out.mp4")])
    }

    private func waitForWork(_ folder: TemporaryFolder) throws {
        let deadline = Date().addingTimeInterval(60)
        while try TestClips.names(in: folder.path("")).count < 2, Date() < deadline {
            Thread.sleep(forTimeInterval: 0.02)
        }
        Thread.sleep(forTimeInterval: 0.2)
    }

    /// Before the program listens a signal ends it, and afterwards stops it: at no moment is one lost.
    @Test func aSignalAtTheVeryBeginningIsNotLost() throws {
        let seed: UInt64 = 7
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        try TestClips.clip(folder.path("in.mp4"), frames: 2000)
        for round in 0..<12 {
            let running = try MatteTool.start(["run", folder.path("in.mp4"), "-o", folder.path("out.mp4")])
            Thread.sleep(forTimeInterval: Double.random(in: 0...0.5, using: &random))
            kill(running.process.processIdentifier, SIGTERM)
            let outcome = running.wait()
            #expect([130, 128 + SIGTERM].contains(outcome.status), "seed \(seed), round \(round): \(outcome.errors)")
            #expect(try TestClips.names(in: folder.path("")) == ["in.mp4"], "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func theFirstSignalEndsCleanly(number: Int32) throws {
        let folder = try TemporaryFolder()
        let running = try start(folder)
        try waitForWork(folder)
        kill(running.process.processIdentifier, number)
        let outcome = running.wait()
        #expect(outcome.status == 130, "\(outcome.errors)")
        #expect(try TestClips.names(in: folder.path("")) == ["in.mp4"])
    }

    @Test func aKilledRunLeavesNothingUnderTheNameAndTheNextRunWorks() throws {
        let folder = try TemporaryFolder()
        let running = try start(folder)
        try waitForWork(folder)
        kill(running.process.processIdentifier, SIGKILL)
        _ = running.wait()
        #expect(!FileManager.default.fileExists(atPath: folder.path("out.mp4")))
        let outcome = try MatteTool.run([
            "run", folder.path("in.mp4"), "-o", folder.path("out.mp4"), "--frames", "3", "--verify",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
