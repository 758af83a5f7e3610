internal import Frames

/// What was agreed with a camera, and why, in words.
struct CameraSentence {
    let device: String
    let format: CameraFormat
    let choice: CameraChoice
    let wish: CameraWish
    let offers: [CameraOffer]

    var text: String {
        var text = "'\(device)' gives \(format.size)"
        if format.rate.isKnown { text += " at \(Self.words(format.rate)) fps" }
        text += " as \(format.format)"
        if format.isEmulated { text += " through libv4l2" }
        let reasons = [size, rate, slower].compactMap { $0 }
        return reasons.isEmpty ? text : text + " (" + reasons.joined(separator: "; ") + ")"
    }

    private var size: String? {
        format.size == wish.size ? nil : "\(wish.size) was wished for"
    }

    private var rate: String? {
        choice.isTooSlow(wish) ? "\(Self.words(wish.rate)) fps were wished for" : nil
    }

    private var slower: String? {
        choice.slowerAlternative(for: wish, of: offers).map {
            "\($0.offer.format) has only \(Self.words($0.rate)) fps there"
        }
    }

    /// Why nothing that a camera offers will do.
    static func missing(_ wish: CameraWish, _ offers: [CameraOffer]) -> String {
        let usable = offers.filter { $0.isUsable && wish.formats?.contains($0.format) ?? true }
        if usable.isEmpty {
            let names = offers.map(\.format).joined(separator: ", ")
            let wanted = wish.formats.map { "none of \($0.joined(separator: ", "))" } ?? "nothing that can be used"
            return "has \(wanted)" + (names.isEmpty ? "" : ", only \(names)")
        }
        var sizes: [Size] = []
        for size in usable.flatMap({ $0.modes.flatMap { [$0.smallest, $0.largest] } }) where !sizes.contains(size) {
            sizes.append(size)
        }
        let names = sizes.sorted { $0.pixelCount < $1.pixelCount }.map(\.description).joined(separator: ", ")
        return "has no \(wish.size), only \(names)"
    }

    /// "30", "29.97".
    static func words(_ rate: Rational) -> String {
        let hundredths = Int((rate.doubleValue * 100).rounded())
        guard hundredths % 100 != 0 else { return "\(hundredths / 100)" }
        let digits = hundredths % 100
        return "\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
    }
}
