internal import FFmpeg
internal import Frames

extension EncoderProfile {
    /// The encoder's options for what a person asked: first what the encoder always gets, at the end `--encoder-option`.
    ///
    /// - Parameter notice: receives one sentence for each wish that this encoder has no use for.
    func encoderOptions(
        for asked: EncodingOptions, encoder: EncoderCapabilities, notice: (String) -> Void
    ) throws(MatteError) -> [(String, String)] {
        var result: [(String, String)] = []
        for option in options { Self.add(option, to: &result) }
        result += try qualityOptions(asked.quality, encoder: encoder, notice: notice)
        result += try presetOptions(asked.encoderPreset, encoder: encoder, notice: notice)
        for (key, value) in asked.encoderOptions {
            guard encoder.hasOption(key) else {
                throw MatteError(
                    .usage, "the encoder \(encoder.name) has no option '\(key)'",
                    advice: "'ffmpeg -h encoder=\(encoder.name)' lists its options")
            }
            Self.add((key, value), to: &result)
        }
        return result
    }

    /// Lists of the encoder's own parameters are joined, so that a person's do not undo ours.
    private static func add(_ option: (key: String, value: String), to options: inout [(String, String)]) {
        if option.key.hasSuffix("-params"), let index = options.firstIndex(where: { $0.0 == option.key }) {
            options[index].1 += ":" + option.value
        } else {
            options.append(option)
        }
    }

    private func qualityOptions(
        _ asked: Double?, encoder: EncoderCapabilities, notice: (String) -> Void
    ) throws(MatteError) -> [(String, String)] {
        switch quality {
        case .lossless:
            if asked != nil { notice("--quality has no effect: \(encoder.name) is lossless") }
            return []
        case .option(let name, let range, let standard):
            guard let value = try checked(asked, in: range, encoder) ?? standard else { return [] }
            return [(name, Self.text(value))]
        case .quantiser(let range, let standard):
            guard let value = try checked(asked, in: range, encoder) ?? standard else { return [] }
            // FFmpeg's own encoders clip the quantiser to qmin, which is 2 unless told.
            return [("flags", "+qscale"), ("global_quality", Self.text(value * 118)), ("qmin", "1")]
        }
    }

    private func checked(
        _ value: Double?, in range: ClosedRange<Double>, _ encoder: EncoderCapabilities
    ) throws(MatteError) -> Double? {
        guard let value, !range.contains(value) else { return value }
        throw MatteError(
            .usage, "--quality \(Self.text(value)) is outside what \(encoder.name) takes",
            advice: "choose \(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))")
    }

    private func presetOptions(
        _ asked: String?, encoder: EncoderCapabilities, notice: (String) -> Void
    ) throws(MatteError) -> [(String, String)] {
        switch preset {
        case .none:
            if asked != nil { notice("--encoder-preset has no effect: \(encoder.name) has no presets") }
            return []
        case .names(let option, let names, let standard):
            guard let name = asked ?? standard else { return [] }
            guard names.isEmpty || names.contains(name) else {
                throw unknownPreset(name, encoder, "choose one of \(names.joined(separator: ", "))")
            }
            return [(option, name)]
        case .numbers(let option, let range, let standard, let byName):
            guard let asked else { return [(option, String(standard))] }
            if let index = Self.presetNames.firstIndex(of: asked), byName.indices.contains(index) {
                return [(option, String(byName[index]))]
            }
            guard let number = Int(asked), range.contains(number) else {
                throw unknownPreset(
                    asked, encoder,
                    "choose a number from \(range.lowerBound) (slowest) to \(range.upperBound), or one of "
                        + Self.presetNames.joined(separator: ", "))
            }
            return [(option, String(number))]
        }
    }

    private func unknownPreset(_ name: String, _ encoder: EncoderCapabilities, _ advice: String) -> MatteError {
        MatteError(.usage, "\(encoder.name) has no preset '\(name)'", advice: advice)
    }

    /// Whole numbers without a decimal point, as integer options want them.
    private static func text(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e9 ? String(Int(value)) : String(value)
    }
}
