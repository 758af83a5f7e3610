/// One frame's errors, or their means.
public struct MatteErrors: Sendable, Equatable {
    private var values: [Metric: Double] = [:]

    public init() {}

    /// Nil where there was nothing to measure: no colours, or no open pixel in the trimap.
    public subscript(metric: Metric) -> Double? {
        get { values[metric] }
        set { values[metric] = newValue }
    }

    /// The means over the frames that have a value.
    public static func mean(_ frames: some Collection<MatteErrors>) -> MatteErrors {
        var mean = MatteErrors()
        for metric in Metric.allCases {
            let measured = frames.compactMap { $0[metric] }
            if !measured.isEmpty { mean[metric] = measured.reduce(0, +) / Double(measured.count) }
        }
        return mean
    }
}

extension MatteErrors: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for metric in Metric.allCases {
            self[metric] = try container.decodeIfPresent(Double.self, forKey: Key(stringValue: metric.rawValue))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for metric in Metric.allCases {
            try container.encodeIfPresent(self[metric], forKey: Key(stringValue: metric.rawValue))
        }
    }
}
