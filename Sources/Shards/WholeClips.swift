/// Long clips of a plan that are not cut, and why.
struct WholeClips {
    private var reasons: [(reason: WholeReason, input: String, more: Int)] = []

    mutating func add(_ input: String, _ reason: WholeReason) {
        if let place = reasons.firstIndex(where: { $0.reason == reason }) {
            reasons[place].more += 1
        } else {
            reasons.append((reason, input, 0))
        }
    }

    /// For a person who expects shards: a sentence for each reason.
    var words: [String] {
        reasons.map { reason, input, more in
            let clips =
                switch more {
                case 0: "'\(input)' stays whole"
                case 1: "'\(input)' and another clip stay whole"
                default: "'\(input)' and \(more) more clips stay whole"
                }
            return "\(clips), as \(reason.words)"
        }
    }
}
