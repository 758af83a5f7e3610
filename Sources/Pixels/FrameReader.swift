internal import CKernels
public import Frames

/// Turns frames into R'G'B' floats for networks and compositing. Any thread may use it.
///
/// - Every `PixelFormat` of one or three colours is read. Grey gives three equal channels. Alpha of the input is
///   ignored: the matte decides what is seen.
/// - Matrix, range and chroma location are those of the frame; gaps are filled by `ColorDescription.resolved`.
///   Chroma is interpolated linearly between the true places of its samples, and repeated outside of the outermost.
/// - Values are clamped to 0…1, what networks are trained on: foot- and headroom of limited range are cut, and so are
///   Y'CbCr triples that no R'G'B' colour has.
public struct FrameReader: Sendable {
    private let pool: FloatPool?

    /// - Parameter pool: gives the memory of the images; without one each is allocated.
    public init(pool: FloatPool? = nil) { self.pool = pool }

    /// The frame as three channels R', G', B'.
    public func read(_ frame: Frame) -> FloatImage {
        let color = frame.color.resolved(for: frame.size, format: frame.format)
        return FloatImage(size: frame.size, channels: 3, pool: pool) { floats in
            guard let red = floats.baseAddress, frame.size.pixelCount > 0 else { return }
            let channels = [red, red + frame.size.pixelCount, red + 2 * frame.size.pixelCount]
            // All planes live as long as the first: they share one storage.
            frame.withPlane(0) { _ in
                if frame.format.model == .yuv && frame.format.components.count >= 3 {
                    readYCbCr(frame, color, into: channels)
                } else {
                    readDirect(frame, color, into: channels)
                }
            }
        }
    }

    /// The frame's own alpha, one channel 0…1; nil for formats without.
    public func readAlpha(_ frame: Frame) -> FloatImage? {
        guard frame.format.hasAlpha, let component = frame.format.components.last else { return nil }
        let codes = SampleCodes(
            component: frame.format.components.count - 1, format: frame.format, color: frame.color)
        let width = frame.size.width
        return FloatImage(size: frame.size, channels: 1) { floats in
            guard let base = floats.baseAddress, frame.size.pixelCount > 0 else { return }
            frame.withPlane(component.plane) { plane in
                RowBands.run(frame.size.height, samplesPerRow: width) { rows in
                    for row in rows {
                        component.unpack(plane, row: row, codes: codes, into: base + row * width, count: width)
                    }
                }
            }
        }
    }

    /// R, G and B, or grey three times.
    private func readDirect(_ frame: Frame, _ color: ColorDescription, into channels: [UnsafeMutablePointer<Float>]) {
        let format = frame.format
        let width = frame.size.width
        let isRGB = format.model == .rgb && format.components.count >= 3
        let codes = (0..<3).map { SampleCodes(component: isRGB ? $0 : 0, format: format, color: color) }
        RowBands.run(frame.size.height, samplesPerRow: 3 * width) { rows in
            for row in rows {
                for index in 0..<3 {
                    let component = format.components[isRGB ? index : 0]
                    let target = channels[index] + row * width
                    component.unpack(
                        frame.planes[component.plane], row: row, codes: codes[index], into: target, count: width)
                    if color.range == .limited { matte_clamp(target, target, width) }
                }
            }
        }
    }

    private func readYCbCr(_ frame: Frame, _ color: ColorDescription, into channels: [UnsafeMutablePointer<Float>]) {
        let format = frame.format
        let size = frame.size
        let chromaSize = format.size(ofComponent: 1, in: size)
        let codes = (0..<3).map { SampleCodes(component: $0, format: format, color: color) }
        let across = ChromaSiting.horizontal(format, color.chromaLocation)
        let down = ChromaSiting.vertical(format, color.chromaLocation)
        let matrix = YCbCrMatrix(color.matrix)
        RowBands.run(size.height, samplesPerRow: 3 * size.width, step: down.factor) { rows in
            RowScratch.with(rows: 9, width: size.width + 2 * across.factor) { scratch in
                // Unpacked chroma rows wait in slots of their own parity: neighbours never share one.
                var kept = [-1, -1]
                func unpacked(_ row: Int) -> Int {
                    let slot = row & 1
                    if kept[slot] != row {
                        kept[slot] = row
                        for index in 1...2 {
                            let component = format.components[index]
                            let target = scratch[1 + 2 * slot + index - 1]
                            component.unpack(
                                frame.planes[component.plane], row: row, codes: codes[index], into: target,
                                count: chromaSize.width)
                        }
                    }
                    return slot
                }
                for row in rows {
                    let luma = format.components[0]
                    luma.unpack(
                        frame.planes[luma.plane], row: row, codes: codes[0], into: scratch[0], count: size.width)
                    let phase = row % down.factor
                    let above = row / down.factor + Int(down.first[phase])
                    let one = unpacked(min(max(above, 0), chromaSize.height - 1))
                    let two = unpacked(min(max(above + 1, 0), chromaSize.height - 1))
                    for index in 0...1 {
                        let mixed = scratch[5 + index]
                        matte_mix(
                            scratch[1 + 2 * one + index], scratch[1 + 2 * two + index], down.fraction[phase], mixed,
                            chromaSize.width)
                        mixed.replicateEnds(count: chromaSize.width, reach: 1)
                        matte_upsample(
                            mixed, across.factor, across.first, across.fraction, scratch[7 + index], chromaSize.width)
                    }
                    let start = row * size.width
                    matte_ycc_to_rgb(
                        scratch[0], scratch[7], scratch[8], matrix.toRGB, channels[0] + start, channels[1] + start,
                        channels[2] + start, size.width)
                }
            }
        }
    }
}
