import Frames
import Pixels
import TestSupport
import Testing

@Suite struct FrameWriterTests {
    private static let time = Timestamp(ticks: 7, timeBase: Rational(1, 90))

    private func write(
        _ picture: FloatImage, alpha: FloatImage? = nil, _ format: PixelFormat, _ color: ColorDescription = .init()
    ) throws -> Frame {
        try FrameWriter(pool: FramePool(size: picture.size, format: format), color: color)
            .write(picture, alpha: alpha, timestamp: Self.time)
    }

    @Test("Grey ramps come back within one code", arguments: [8, 10, 12, 16])
    func grayRamps(depth: Int) throws {
        let step = max(1, (1 << depth) / 512)
        for matrix in [ColorDescription.Matrix.bt709, .smpte170m, .bt2020NonConstant] {
            for range in [ColorDescription.Range.limited, .full] {
                let unit = (1 << depth) / 256
                let codes = range == .full ? 0..<(1 << depth) : (16 * unit)..<(235 * unit + 1)
                let ramp =
                    Array(stride(from: codes.lowerBound, to: codes.upperBound, by: step)) + [codes.upperBound - 1]
                for format in [PixelFormat.yuv420(depth: depth), .yuv444(depth: depth), .gray(depth: depth)] {
                    let color = ColorDescription(matrix: matrix, range: range)
                    let frame = TestPictures.frame(Size(width: ramp.count, height: 2), format, color: color) {
                        component, x, _ in component == 0 ? ramp[x] : 128 * unit
                    }
                    let back = try write(FrameReader().read(frame), format, color)
                    for (x, code) in ramp.enumerated() where abs(back.code(0, x, 1) - code) > 1 {
                        Issue.record("\(format) \(matrix) \(range): \(code) became \(back.code(0, x, 1))")
                    }
                    guard format.model == .yuv else { continue }
                    #expect(back.code(1, 3, 0) == 128 * unit && back.code(2, 3, 0) == 128 * unit)
                }
            }
        }
    }

    @Test("Every format is written as it is read, to half a code", arguments: OtherFormats.writable)
    func matchesReader(format: PixelFormat) throws {
        for (index, (width, height)) in [(1, 1), (3, 3), (8, 4), (21, 9)].enumerated() {
            // One colour all over, so that chroma filters have nothing to do.
            let rgb: [Float] = format.model == .gray ? [0.4, 0.4, 0.4] : [0.7, 0.31, 0.5]
            let picture = TestPictures.make(width, height, channels: 3) { channel, _, _ in rgb[channel] }
            let color = ColorDescription(matrix: .bt709, range: index % 2 == 0 ? .limited : .full)
            let frame = try write(picture, format, color)
            #expect(frame.timestamp == Self.time && frame.format == format)
            let back = FrameReader().read(frame)
            let tolerance = 3 / Float(1 << format.depth)
            for channel in 0..<3 {
                for y in 0..<height {
                    for x in 0..<width where abs(back.value(channel, x, y) - rgb[channel]) > tolerance {
                        Issue.record("\(format) \(width)×\(height): \(back.value(channel, x, y)) at \(x), \(y)")
                    }
                }
            }
        }
    }

    @Test("Alpha 0 and 1 are the lowest and highest codes in every format", arguments: OtherFormats.writable)
    func alphaIsExact(format: PixelFormat) throws {
        guard format.hasAlpha else { return }
        let alpha = TestPictures.make(5, 3) { _, x, _ in [0, 1, -0.5, 1.5, .nan][x] }
        let picture = TestPictures.make(5, 3, channels: 3) { _, _, _ in 0.5 }
        let last = format.components.count - 1
        let top = (1 << format.components[last].depth) - 1
        for range in [ColorDescription.Range.limited, .full] {
            let frame = try write(picture, alpha: alpha, format, ColorDescription(range: range))
            #expect((0..<5).map { frame.code(last, $0, 2) } == [0, top, 0, top, 0])
            #expect(try write(picture, format).code(last, 1, 1) == top)
        }
    }

    @Test("Grey pictures fill luma and leave chroma neutral")
    func grayIntoColor() throws {
        let ramp = TestPictures.make(256, 3) { _, x, _ in Float(x) / 255 }
        for format in [PixelFormat.yuv420(), .nv12, .gray(), .yuv444()] {
            let frame = try write(ramp, format, ColorDescription(range: .full))
            #expect((0..<256).allSatisfy { frame.code(0, $0, 2) == $0 })
            if format.model == .yuv { #expect(frame.code(1, 7, 1) == 128 && frame.code(2, 0, 0) == 128) }
        }
        let rgb = try write(ramp, .rgba)
        #expect((0..<256).allSatisfy { x in (0..<3).allSatisfy { rgb.code($0, x, 1) == x } })
    }

    @Test("Chroma beside luma samples keeps every code, whatever it is", arguments: [8, 10])
    func chromaRoundTripIsExact(depth: Int) throws {
        var random = SeededRandom(seed: 5)
        let unit = (1 << depth) / 256
        for (format, location) in [
            (PixelFormat.yuv422(depth: depth), ColorDescription.ChromaLocation.left),
            (.yuv420(depth: depth), .topLeft), (.yuv420(depth: depth), .bottomLeft), (.yuv444(depth: depth), .left),
        ] {
            let color = ColorDescription(matrix: .bt709, range: .limited, chromaLocation: location)
            // Colours that R'G'B' has: what is clamped cannot come back.
            let frame = TestPictures.frame(Size(width: 32, height: 24), format, color: color) { component, _, _ in
                component == 0 ? 120 * unit : Int.random(in: (105 * unit)...(150 * unit), using: &random)
            }
            let back = try write(FrameReader().read(frame), format, color)
            let size = format.size(ofComponent: 1, in: frame.size)
            for component in 0...2 {
                for y in 0..<size.height {
                    for x in 0..<size.width where back.code(component, x, y) != frame.code(component, x, y) {
                        Issue.record("\(format) \(location): \(component) differs at \(x), \(y)")
                    }
                }
            }
        }
    }

    @Test("Smooth chroma between luma samples keeps nearly every code", arguments: [PixelFormat.yuv420(), .nv12])
    func chromaRoundTrip(format: PixelFormat) throws {
        for location in [ColorDescription.ChromaLocation.left, .center] {
            let color = ColorDescription(matrix: .bt709, range: .limited, chromaLocation: location)
            let frame = TestPictures.frame(Size(width: 64, height: 40), format, color: color) { component, x, y in
                component == 0 ? 120 : 128 + (x * x + 3 * y * y) / 100
            }
            let back = try write(FrameReader().read(frame), format, color)
            var changed = 0
            for component in 1...2 {
                for y in 0..<20 {
                    for x in 0..<32 {
                        let error = abs(back.code(component, x, y) - frame.code(component, x, y))
                        #expect(error <= 1)
                        changed += error
                    }
                }
            }
            #expect(changed <= 13, "1 % of the samples: \(changed)")
        }
    }

    @Test("Chroma written at a siting is read back in place: an edge does not move")
    func sitingIsKept() throws {
        let picture = TestPictures.make(48, 48, channels: 3) { channel, x, y in
            channel == 0 ? Float(x + y) / 96 : 0.5
        }
        for location in [ColorDescription.ChromaLocation.left, .center, .topLeft, .bottom] {
            let color = ColorDescription(matrix: .smpte170m, range: .full, chromaLocation: location)
            let back = FrameReader().read(try write(picture, .yuv420(depth: 12), color))
            for y in 4..<44 {
                for x in 4..<44 where abs(back.value(0, x, y) - picture.value(0, x, y)) > 0.002 {
                    Issue.record("\(location): \(back.value(0, x, y) - picture.value(0, x, y)) at \(x), \(y)")
                }
            }
        }
    }

    @Test("Pictures that do not fit are refused")
    func refusesMisfits() {
        let writer = FrameWriter(pool: FramePool(size: Size(width: 4, height: 4), format: .rgb24), color: .sRGB)
        let wide = TestPictures.make(5, 4, channels: 3) { _, _, _ in 0 }
        let two = TestPictures.make(4, 4, channels: 2) { _, _, _ in 0 }
        #expect(throws: MatteError.self) { try writer.write(wide, timestamp: Self.time) }
        #expect(throws: MatteError.self) { try writer.write(two, timestamp: Self.time) }
    }
}
