public import Frames

/// What a re-reading of an output must find: what was given to its `ClipWriter`.
public struct OutputExpectation: Sendable, Hashable {
    /// Sound that was copied.
    public struct Audio: Sendable, Hashable {
        /// Index in the input, for messages.
        public var inputIndex: Int
        /// FFmpeg's name of the codec.
        public var codecName: String
        public var packets: Int
        /// Of all packets' payloads one after the other, without the headers that only some containers have.
        public var sha256: String
    }

    public var size: Size
    public var timeBase: Rational
    /// Presentation times of the pictures in ticks of `timeBase`, in the order of writing.
    public var times: [Int64]
    public var color: ColorDescription
    public var carriesAlpha: Bool
    /// FFmpeg's names.
    public var codecName: String
    public var container: String
    public var audio: [Audio]
    let target: OutputTarget
}
