internal import CKernels
public import Frames

extension FrameReader {
    /// The frame as grey, one channel 0…1: a grey or Y'CbCr frame's own first component, exactly; of R'G'B' the luma of
    /// ITU-R BT.601, as programs that make grey of colours take it.
    public func readLuma(_ frame: Frame) -> FloatImage {
        let format = frame.format
        let color = frame.color.resolved(for: frame.size, format: format)
        let isRGB = format.model == .rgb && format.components.count >= 3
        let luma = YCbCrMatrix(.smpte170m).weights
        let weights = isRGB ? [luma.red, luma.green, luma.blue] : [1]
        let codes = weights.indices.map { SampleCodes(component: $0, format: format, color: color) }
        let width = frame.size.width
        return FloatImage(size: frame.size, channels: 1) { floats in
            guard let base = Shared(floats.baseAddress), frame.size.pixelCount > 0 else { return }
            frame.withPlane(0) { _ in
                RowBands.run(frame.size.height, samplesPerRow: width * weights.count) { rows in
                    RowScratch.with(rows: 1, width: width) { scratch in
                        for row in rows {
                            let target = base + row * width
                            for (index, weight) in weights.enumerated() {
                                let component = format.components[index]
                                component.unpack(
                                    frame.planes[component.plane], row: row, codes: codes[index],
                                    into: index == 0 ? target : scratch[0], count: width)
                                if index == 0 {
                                    matte_scale(target, weight, target, width)
                                } else {
                                    matte_accumulate(scratch[0], weight, target, width)
                                }
                            }
                            matte_clamp(target, target, width)
                        }
                    }
                }
            }
        }
    }
}
