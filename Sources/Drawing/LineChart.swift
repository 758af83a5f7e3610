internal import Foundation

/// One quantity over the frames of a clip.
public struct LineChart: Sendable {
    public let title: String
    /// One for each frame from the first; nil leaves a gap.
    public let values: [Double?]
    /// Indices of frames that are pointed out.
    public let marks: [Int]

    public init(title: String, values: [Double?], marks: [Int] = []) {
        self.title = title
        self.values = values
        self.marks = marks
    }

    /// Draws title, axes and line into a box. Frames are counted from 1, as people do.
    public func draw(on canvas: Canvas, in box: Box) {
        let (top, bottom) = (box.y + 2 * Canvas.height(), box.bottom - 2 * Canvas.height())
        let scale = Scale(most: values.compactMap { $0 }.max() ?? 0)
        let labels = scale.ticks.map(scale.text)
        let left = box.x + (labels.map { Canvas.width(of: $0) }.max() ?? 0) + 8
        let right = box.right - 12
        canvas.write(title, x: left, y: box.y)

        func x(_ index: Int) -> Double {
            Double(left) + Double(right - left) * Double(index) / Double(max(values.count - 1, 1))
        }
        func y(_ value: Double) -> Double { Double(bottom) - Double(bottom - top) * value / scale.top }

        for (tick, label) in zip(scale.ticks, labels) {
            let row = Int(y(tick))
            canvas.fill(Box(x: left, y: row, width: right - left, height: 1), .paleGrey)
            canvas.write(
                label, x: left - 6 - Canvas.width(of: label), y: row - Canvas.height() / 2, .grey)
        }
        for index in Self.frameTicks(values.count) {
            let label = String(index + 1)
            canvas.write(label, x: Int(x(index)) - Canvas.width(of: label) / 2, y: bottom + 6, .grey)
        }
        canvas.fill(Box(x: left, y: bottom, width: right - left, height: 1), .grey)
        for index in values.indices.dropLast() {
            guard let value = values[index], let next = values[index + 1] else { continue }
            canvas.line(from: (x(index), y(value)), to: (x(index + 1), y(next)), .blue, thickness: 2)
        }
        for index in marks + (values.count == 1 ? [0] : []) where values.indices.contains(index) {
            guard let value = values[index] else { continue }
            canvas.line(from: (x(index), y(value)), to: (x(index), y(value)), .vermilion, thickness: 9)
        }
    }

    /// About six frames: the first, and round numbers.
    static func frameTicks(_ count: Int) -> [Int] {
        guard count > 1 else { return count == 1 ? [0] : [] }
        let step = max(1, Int(Scale.roundStep(for: Double(count) / 5)))
        let round = stride(from: step, through: count, by: step).map { $0 - 1 }
        return (step == 1 ? [] : [0]) + round
    }

    /// An axis from 0 with ticks at round numbers.
    struct Scale {
        let top: Double
        let step: Double

        init(most: Double) {
            step = Self.roundStep(for: max(most, 1e-9) / 3.2)
            top = max((most / step).rounded(.up), 1) * step
        }

        var ticks: [Double] { (0...Int((top / step).rounded())).map { Double($0) * step } }

        func text(_ value: Double) -> String {
            let decimals = max(0, Int(-log10(step).rounded(.down)))
            return String(format: "%.\(decimals)f", value)
        }

        /// 1, 2 or 5 times a power of ten, at least `step`.
        static func roundStep(for step: Double) -> Double {
            let power = pow(10, log10(step).rounded(.down))
            return ([1, 2, 5].first { $0 * power >= step * 0.999 } ?? 10) * power
        }
    }
}
