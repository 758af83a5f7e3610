import Frames
import Live
import TestSupport

/// An output that looks at every pixel it is given.
final class Onlooker: LiveSink, Sendable {
    struct State {
        var frames = 0
        var cards = 0
        var people = 0
        /// Frames in which something of the room was seen.
        var leaks = 0
        var lastIsCard = false
        var isFinished = false
        var backgrounds: Set<Int> = []
        var ticks: [Int64] = []
        /// Luma of the cards that were to be kept.
        var kept: [Int] = []
        var keptBeforeWriting = false
        /// Luma of the cards that came, each once in a row.
        var plainCards: [Int] = []
        var breaksAfter: Int?
    }

    let name = "onlooker"
    let format = PixelFormat.yuv420()
    let state = Protected(State())

    func keep(_ card: Frame) {
        state.withLock {
            if $0.frames == 0 { $0.keptBeforeWriting = true }
            $0.kept.append(card.code(0, 2, 2))
        }
    }

    func write(_ frame: Frame) throws {
        let (mostCr, mostCb, corner) = Self.look(frame)
        try state.withLock { state in
            if let limit = state.breaksAfter, state.frames >= limit { throw MatteError(.io, "the output has gone") }
            state.frames += 1
            state.ticks.append(frame.timestamp.ticks)
            // Blue is the person; the card has no colour but the background's.
            let hasPerson = mostCb > 200
            if Room.isRoom(cr: mostCr) { state.leaks += 1 }
            if hasPerson { state.people += 1 } else { state.cards += 1 }
            if hasPerson { state.backgrounds.insert(corner) }
            state.lastIsCard = !hasPerson
            let luma = frame.code(0, 2, 2)
            if !hasPerson, state.plainCards.last != luma { state.plainCards.append(luma) }
        }
    }

    func finish() { state.withLock { $0.isFinished = true } }

    private static func look(_ frame: Frame) -> (mostCr: Int, mostCb: Int, leastLuma: Int) {
        var (cr, cb, luma) = (0, 0, 255)
        for y in 0..<frame.size.height / 2 {
            for x in 0..<frame.size.width / 2 {
                cb = max(cb, frame.code(1, x, y))
                cr = max(cr, frame.code(2, x, y))
            }
        }
        for x in 0..<frame.size.width { luma = max(luma == 255 ? 0 : luma, frame.code(0, x, 2)) }
        return (cr, cb, luma)
    }
}
