internal import Frames

/// What of a clip should be looked at, as sums: those of a clip's parts add up to the clip's, and they do not grow with
/// it. Flags are those of `QualityVerdict`.
public struct QualityTally: Sendable, Codable, Equatable {
    /// The frames with one flag.
    public struct Mark: Sendable, Codable, Equatable {
        public let flag: QualityFlag
        public fileprivate(set) var frames: Int
        /// Time in the clip at which the value is largest.
        public fileprivate(set) var worstSeconds: Double
        /// The largest value over the flag's threshold: at least 1.
        public fileprivate(set) var severity: Double
    }

    /// All that were judged.
    public private(set) var frames = 0
    private var withSubject = 0
    /// Flicker, holes and jumps.
    private var seen: [Mark] = []
    /// Frames with a subject that touch each side, in the order of `BorderContact.Side`.
    private var touching = [0, 0, 0, 0]
    /// Frames that touch a side, by the sides that they touch: a bit for each.
    private var contacts: [Int: Int] = [:]
    /// For each side, how much it is touched at most.
    private var sides: [Mark?] = [nil, nil, nil, nil]
    /// Of the frame before; not kept, since a part begins with a shot.
    private var didFlicker = false

    private enum CodingKeys: String, CodingKey { case frames, withSubject, seen, touching, contacts, sides }

    public init() {}

    /// Takes the next frame.
    ///
    /// - Parameter seconds: its time in the clip.
    public mutating func add(_ frame: FrameQuality, seconds: Double) {
        frames += 1
        if frame.hasSubject { withSubject += 1 }
        let values: [(QualityFlag, Double)] = [
            (.flicker, frame.flicker), (.hole, frame.hole), (.jump, frame.jump(afterFlicker: didFlicker)),
        ]
        didFlicker = frame.flickers
        for (flag, value) in values where value >= flag.threshold {
            note(Mark(flag: flag, frames: 1, worstSeconds: seconds, severity: value / flag.threshold))
        }
        var contact = 0
        let limit = QualityFlag.border.threshold
        for (index, side) in BorderContact.Side.allCases.enumerated() where frame.border[side] >= limit {
            contact |= 1 << index
            let mark = Mark(
                flag: .border, frames: 1, worstSeconds: seconds, severity: frame.border[side] / limit)
            sides[index] = sides[index].map { $0.joined(with: mark) } ?? mark
            if frame.hasSubject { touching[index] += 1 }
        }
        if contact != 0 { contacts[contact, default: 0] += 1 }
    }

    /// Takes a part of the same clip.
    public mutating func add(_ part: QualityTally) {
        frames += part.frames
        withSubject += part.withSubject
        for mark in part.seen { note(mark) }
        for (index, count) in part.touching.enumerated() where touching.indices.contains(index) {
            touching[index] += count
        }
        contacts.merge(part.contacts, uniquingKeysWith: +)
        for (index, mark) in part.sides.enumerated() where sides.indices.contains(index) {
            guard let mark else { continue }
            sides[index] = sides[index].map { $0.joined(with: mark) } ?? mark
        }
    }

    /// Whether there were frames, and a subject in none of them.
    var isEmpty: Bool { frames > 0 && withSubject == 0 }

    /// The sides that the subject touches in most of the frames: a portrait's lower one.
    var usualSides: [BorderContact.Side] {
        zip(BorderContact.Side.allCases, touching).filter { $1 * 2 > withSubject }.map(\.0)
    }

    /// One for each flag that was found, in the order of `QualityFlag`.
    public var marks: [Mark] {
        let usual = usualSides
        let unusual = BorderContact.Side.allCases.indices.filter { !usual.contains(BorderContact.Side.allCases[$0]) }
        let mask = unusual.reduce(0) { $0 | 1 << $1 }
        let count = contacts.reduce(0) { $0 + ($1.key & mask != 0 ? $1.value : 0) }
        var border = unusual.compactMap { sides[$0] }.max { $0.severity < $1.severity }
        border?.frames = count
        let empty = isEmpty ? Mark(flag: .empty, frames: frames, worstSeconds: 0, severity: 1) : nil
        return (seen + [border, empty].compactMap { $0 }).sorted { $0.flag.order < $1.flag.order }
    }

    private mutating func note(_ mark: Mark) {
        if let index = seen.firstIndex(where: { $0.flag == mark.flag }) {
            seen[index] = seen[index].joined(with: mark)
        } else {
            seen.append(mark)
        }
    }
}

extension QualityTally.Mark {
    fileprivate func joined(with other: Self) -> Self {
        var joined = other.severity > severity ? other : self
        joined.frames = frames + other.frames
        return joined
    }
}

extension QualityTally.Mark: CustomStringConvertible {
    /// For people: "flicker in 3 frames, worst at 0:12".
    public var description: String {
        guard flag != .empty else { return "empty: no frame has a subject" }
        let count = "\(frames) \(frames == 1 ? "frame" : "frames")"
        return "\(flag.rawValue) in \(count), worst at \(ClockText.of(seconds: worstSeconds.rounded(.down)))"
    }
}

extension QualityFlag {
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
