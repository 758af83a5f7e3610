import Dispatch
import Frames
import Live
import TestSupport

/// The room that must never be seen: red, with a blue person whose place says which picture it is.
enum Room {
    static let size = Size(width: 64, height: 48)
    /// The person is one of eight columns, 8 pixels wide, but neither the first nor the last.
    static let places = 6

    /// - Parameters:
    ///   - isEmpty: without the person.
    ///   - margin: columns on both sides that the output's shape has no room for.
    static func picture(_ number: Int, generation: Int, isEmpty: Bool = false, margin: Int = 0) -> Frame {
        let person = 1 + number % places
        return TestPictures.frame(
            Size(width: size.width + 2 * margin, height: size.height), .rgb24, color: .sRGB,
            timestamp: FakeClock.timestamp
        ) { component, column, y in
            let x = column - margin
            // The top left pixel tells the network from which opening of the camera the picture is.
            if x == 0, y == 0 { return component == 1 ? generation : component == 0 ? 255 : 0 }
            return !isEmpty && x >= 0 && x / 8 == person ? (component == 2 ? 255 : 0) : (component == 0 ? 255 : 0)
        }
    }

    /// The room is red all over: its Cr is far above what the person, the background or the card have.
    static func isRoom(cr: Int) -> Bool { cr > 160 }
}

enum FakeClock {
    static var timestamp: Timestamp {
        Timestamp(
            ticks: Int64(DispatchTime.now().uptimeNanoseconds / 1000), timeBase: Rational(1, 1_000_000))
    }
}

/// Cameras that can be made to fail: one plug, many openings.
final class FakeCamera: Sendable {
    struct State {
        var openings = 0
        var openNow = 0
        var given = 0
        /// Openings that fail from now on.
        var refusals = 0
        var vanishesAfter: Int?
        var isSilent = false
        var endsAfter: Int?
        var isEmpty = false
        var margin = 0
    }

    let state = Protected(State())

    func open() throws -> any LiveSource {
        let generation = try state.withLock { state in
            if state.refusals > 0 {
                state.refusals -= 1
                throw MatteError(.missingPart, "there is no camera")
            }
            state.openings += 1
            state.openNow += 1
            return state.openings
        }
        return Opened(camera: self, generation: generation)
    }

    private final class Opened: LiveSource {
        let name = "fake camera"
        let lostFrames = 0
        private let camera: FakeCamera
        private let generation: Int

        init(camera: FakeCamera, generation: Int) {
            self.camera = camera
            self.generation = generation
        }

        deinit { camera.state.withLock { $0.openNow -= 1 } }

        func next(within seconds: Double) throws -> SourceEvent {
            _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(2))
            let (number, isEmpty, margin) = try camera.state.withLock { state -> (Int?, Bool, Int) in
                if let limit = state.vanishesAfter, state.given >= limit {
                    state.vanishesAfter = nil
                    throw MatteError(.io, "the camera has gone")
                }
                if let limit = state.endsAfter, state.given >= limit { return (-1, false, 0) }
                if state.isSilent { return (nil, false, 0) }
                state.given += 1
                return (state.given, state.isEmpty, state.margin)
            }
            guard let number else { return .nothing }
            return number < 0
                ? .ended
                : .frame(
                    Room.picture(number, generation: generation, isEmpty: isEmpty, margin: margin))
        }
    }
}
