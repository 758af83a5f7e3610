import ArgumentParser
import Decoding
import Frames
import Glibc
import Pixels

/// Captures from a camera as the live loop does, through restarts and returns, and says what each picture shows.
struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "capture")

    @Argument var camera: String
    @Option(transform: Size.parse) var size = Size(width: 640, height: 480)
    @Option var rate: Int32 = 30
    @Option var formats: String?
    @Flag var requireSize = false
    @Flag var inOrder = false
    /// Pictures to take.
    @Option var frames = 10
    /// Seconds after which it ends in any case.
    @Option var seconds = 10.0
    /// Look for the camera again when it is gone.
    @Flag var comeBack = false
    /// Milliseconds to sleep after each picture: a slow consumer.
    @Option var pause: UInt32 = 0

    func run() throws {
        let end = ProbeClock.end(in: seconds)
        var taken = 0
        do throws(CameraFailure) {
            let device = try CameraDevice.find(camera)
            var source = try open(device)
            while taken < frames, ProbeClock.now < end {
                do throws(CameraFailure) {
                    guard let captured = try source.next(timeoutMilliseconds: 500, order: inOrder ? .inOrder : .newest)
                    else {
                        say("silence")
                        continue
                    }
                    taken += 1
                    describe(captured)
                    if pause > 0 { usleep(pause * 1000) }
                } catch {
                    say("failure \(error.reason): \(error.error)")
                    if error.reason == .streamBroken {
                        try source.restart()
                        say("restarted")
                    } else if error.reason == .vanished, comeBack {
                        source.close()
                        source = try reopen(device, until: end)
                    } else {
                        break
                    }
                }
            }
            let counters = source.counters
            say(
                "counters frames=\(counters.frames) superseded=\(counters.superseded) damaged=\(counters.damaged) "
                    + "undecodable=\(counters.undecodable) lost=\(counters.lost)")
        } catch {
            say("failure \(error.reason): \(error.error)")
            throw ExitCode(error.error.kind.rawValue)
        }
    }

    private func open(_ device: CameraDevice) throws(CameraFailure) -> CameraSource {
        let wish = CameraWish(
            size: size, rate: Rational(rate, 1), requiresSize: requireSize,
            formats: formats.map { $0.split(separator: ",").map(String.init) })
        let source = try CameraSource(device, wish: wish) { say("notice \($0)") }
        say("open \(device.path) \(source.format.format) \(source.format.size) \(source.format.rate)")
        return source
    }

    private func reopen(_ device: CameraDevice, until end: Int64) throws(CameraFailure) -> CameraSource {
        while ProbeClock.now < end {
            usleep(50_000)
            guard let present = device.present(), let source = try? open(present) else { continue }
            say("returned \(present.path)")
            return source
        }
        throw CameraFailure(.notFound, MatteError(.noInput, "the camera did not come back"))
    }

    private func describe(_ captured: CapturedFrame) {
        let frame = captured.frame
        let picture = FrameReader().read(frame)
        let number = TestPattern.number(of: picture).map(String.init) ?? "-"
        let age = (ProbeClock.now - captured.captureMicroseconds) / 1000
        say(
            "frame \(captured.sequence) time=\(captured.captureMicroseconds) age=\(age) \(frame.format) \(frame.size) "
                + "bars=\(TestPattern.distanceFromBars(picture)) number=\(number) mean=\(TestPattern.mean(picture))")
    }
}
