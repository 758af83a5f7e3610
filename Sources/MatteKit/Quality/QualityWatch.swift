import Frames
import Metrics
import Pixels

/// Judges a job's mattes on their way to the outputs, as `QualityJob` judges files of them. A picture with an opaque
/// background has no alpha to be judged by afterwards.
///
/// The rendering queue adds frames, the encoding queue takes sums.
final class QualityWatch: Sendable {
    private struct State {
        var inspector = QualityInspector()
        /// Time of the frame that is judged when the next one is known.
        var waiting = 0.0
        var judged: [(quality: FrameQuality, seconds: Double)] = []
    }

    private let state = Protected(State())
    /// Of samples and of alpha: memory taken anew for each frame costs as much as judging it.
    private let pools = (samples: FloatPool(), alpha: FloatPool())

    /// - Parameter matted: the next frame.
    func add(_ matted: MattedFrame) {
        let alpha = alpha(of: matted)
        state.withLock { state in
            if let quality = state.inspector.add(alpha, startsShot: matted.startsShot) {
                state.judged.append((quality, state.waiting))
            }
            state.waiting = matted.frame.timestamp.seconds
        }
    }

    /// Adds up the next `frames` frames, or those of them that are judged: the last one added is not yet.
    func take(_ frames: Int) -> QualityTally {
        state.withLock { state in
            var tally = QualityTally()
            for (quality, seconds) in state.judged.prefix(frames) { tally.add(quality, seconds: seconds) }
            state.judged.removeFirst(min(frames, state.judged.count))
            return tally
        }
    }

    /// The rest, when the last frame was added.
    func finish() -> QualityTally {
        state.withLock { state in
            if let quality = state.inspector.finish() { state.judged.append((quality, state.waiting)) }
        }
        return take(.max)
    }

    /// Alpha as it is rendered, at the places of the grid: as many samples as the network itself looked at.
    private func alpha(of matted: MattedFrame) -> FloatImage {
        switch matted.matte {
        case .dense(let matte): return matte.alpha
        case .affine(let matte):
            let samples = NetworkSampler.sample(matted.frame, to: matte.slope.size, pool: pools.samples)
            return matte.alpha(on: samples, pool: pools.alpha)
        }
    }
}
