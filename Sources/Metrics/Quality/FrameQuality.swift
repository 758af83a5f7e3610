/// What one frame's matte looks like beside its neighbours. Shares of the subject are shares of its larger area there.
public struct FrameQuality: Sendable, Codable, Equatable {
    /// The subject's share of the picture, 0…1.
    public var area: Double
    /// Share of the subject that is there, or missing, in this frame only.
    public var flicker: Double
    /// Share of the subject that holes take.
    public var hole: Double
    /// Share of the subject that came or went since the frame before, further away than it could have moved.
    public var jump: Double
    /// Shares of the picture's sides that the subject touches.
    public var border: BorderContact

    /// Less of the picture is nobody, but noise.
    private static let leastArea = 0.002

    var hasSubject: Bool { area > Self.leastArea }

    public init(area: Double, flicker: Double, hole: Double, jump: Double, border: BorderContact) {
        self.area = area
        self.flicker = flicker
        self.hole = hole
        self.jump = jump
        self.border = border
    }
}

/// How much of each side of the picture the subject touches, 0…1.
public struct BorderContact: Sendable, Codable, Equatable {
    public enum Side: String, CaseIterable, Sendable, Codable { case left, right, top, bottom }

    public var left: Double
    public var right: Double
    public var top: Double
    public var bottom: Double

    public init(left: Double, right: Double, top: Double, bottom: Double) {
        self.left = left
        self.right = right
        self.top = top
        self.bottom = bottom
    }

    public subscript(side: Side) -> Double {
        switch side {
        case .left: left
        case .right: right
        case .top: top
        case .bottom: bottom
        }
    }
}

extension FrameQuality {
    var flickers: Bool { flicker >= QualityFlag.flicker.threshold }

    /// The jump where it is more than flicker: one frame's flicker is also a jump there, and back.
    func jump(afterFlicker didFlicker: Bool) -> Double { flickers || didFlicker ? 0 : jump }
}
