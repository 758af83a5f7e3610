/// How the show goes: rates and latencies of the last seconds, counts since its beginning.
public struct LiveFigures: Sendable, Codable {
    /// Nil before the first picture.
    public struct Times: Sendable, Codable {
        public let p50Milliseconds: Double?
        public let p95Milliseconds: Double?
    }

    /// Since the show began.
    public let seconds: Double
    public let capturedFrames: Int
    /// Composited pictures that were written, each counted once.
    public let shownFrames: Int
    /// Everything written: new pictures, repeated ones and the card.
    public let writtenFrames: Int
    public let capturedPerSecond: Double
    public let shownPerSecond: Double
    public let writtenPerSecond: Double
    /// From the capture time stamp to the write, over the last pictures.
    public let latency: Times
    /// The same since the beginning.
    public let wholeLatency: Times
    /// "matting", "compositing", "writing": time for one picture, over the last ones.
    public let stages: [String: Times]
    /// Captured pictures that were never shown, by reason.
    public let drops: [String: Int]
}
