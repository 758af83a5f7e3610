import Frames
import Testing

@testable import Plates

struct PlateObjectsTests {
    /// A fence whose stripes lie elsewhere by half of their distance is no object; something red before it is.
    @Test func whatASmallShiftExplainsIsNoObject() {
        let size = Size(width: 128, height: 64)
        func image(_ channels: Int, _ value: (_ channel: Int, _ x: Int, _ y: Int) -> Float) -> FloatImage {
            FloatImage(size: size, channels: channels) { floats in
                for i in floats.indices {
                    let (channel, place) = (i / size.pixelCount, i % size.pixelCount)
                    floats[i] = value(channel, place % size.width, place / size.width)
                }
            }
        }
        func stripe(_ x: Int) -> Float { x % 4 < 2 ? 0.4 : 0.6 }
        func isSubject(_ x: Int) -> Bool { x < 32 }
        func isRed(_ x: Int, _ y: Int) -> Bool { (32..<56).contains(x) && (20..<44).contains(y) }
        let evidence = PlateEvidence(
            frame: image(3) { channel, x, y in
                if isSubject(x) { return 0.1 }
                return isRed(x, y) ? (channel == 0 ? 0.9 : 0.2) : stripe(x + 2)
            },
            plate: image(3) { _, x, _ in stripe(x) },
            variance: image(1) { _, _, _ in 1e-4 },
            model: image(1) { _, x, _ in isSubject(x) ? 1 : 0 },
            known: image(1) { _, _, _ in 1 })
        #expect(evidence.distance.withFloats { $0[10 * size.width + 100] } > 4)
        let region = PlateObjects(evidence).region
        region.withFloats { region in
            for y in 0..<size.height {
                for x in 36..<size.width where !(32..<60).contains(x) || !(16..<48).contains(y) {
                    #expect(region[y * size.width + x] == 0, "\(x), \(y)")
                }
                for x in 36..<52 where (24..<40).contains(y) {
                    #expect(region[y * size.width + x] == 1, "\(x), \(y)")
                }
            }
        }
    }

    /// Values by column, for all rows and channels.
    private func columns(_ size: Size, _ channels: Int, _ value: @escaping (_ channel: Int, _ x: Int) -> Float)
        -> FloatImage
    {
        FloatImage(size: size, channels: channels) { floats in
            for i in floats.indices { floats[i] = value(i / size.pixelCount, i % size.width) }
        }
    }

    /// A subject that the model sees left of column 200, and shares of it beyond, before an even wall that the plate knows.
    private func evidence(_ size: Size, share: @escaping (_ x: Int) -> Float) -> PlateEvidence {
        PlateEvidence(
            frame: columns(size, 3) { channel, x in
                share(x) * (0.25 - 0.05 * Float(channel)) + (1 - share(x)) * (0.6 + 0.1 * Float(channel))
            },
            plate: columns(size, 3) { channel, _ in 0.6 + 0.1 * Float(channel) },
            variance: columns(size, 1) { _, _ in 1e-5 }, model: columns(size, 1) { _, x in x < 200 ? 1 : 0 },
            known: columns(size, 1) { _, _ in 1 })
    }

    /// Thin hair that stands off, and of which the model sees nothing, is a little of the subject's colour and not
    /// something opaque that looks like the sky.
    @Test func hairThatStandsOffIsNoThing() {
        let size = Size(width: 640, height: 48)
        func share(_ x: Int) -> Float { x < 200 ? 1 : x < 206 ? 0.3 : 0 }
        let evidence = evidence(size, share: share)
        let solver = PlateSolver(evidence, PlateObjects(evidence))
        let middle = 20 * size.width
        solver.alpha.withFloats { alpha in
            for x in 202..<205 { #expect(abs(alpha[middle + x] - 0.3) < 0.1, "\(x): \(alpha[middle + x])") }
        }
        solver.foreground.picture.withFloats { colors in
            for x in 202..<205 { #expect(colors[middle + x] < 0.4, "\(x): \(colors[middle + x])") }
        }
    }

    /// Stripes of which the plate shows less are no object, though they are darker and lighter than all it shows; where the
    /// model sees a part of the subject they are one.
    @Test func sharperStripesAreNoObject() {
        let size = Size(width: 640, height: 48)
        func stripe(_ x: Int, _ contrast: Float) -> Float { 0.5 + (x % 4 < 2 ? -contrast : contrast) }
        func isObject(model: Float) -> Bool {
            let evidence = PlateEvidence(
                frame: columns(size, 3) { _, x in x < 200 ? 0.1 : stripe(x, x < 300 ? 0.09 : 0.05) },
                plate: columns(size, 3) { _, x in stripe(x, 0.05) },
                variance: columns(size, 1) { _, _ in 1e-4 },
                model: columns(size, 1) { _, x in x < 200 ? 1 : x < 300 ? model : 0 },
                known: columns(size, 1) { _, _ in 1 })
            return PlateObjects(evidence).region.withFloats { $0[20 * size.width + 250] > 0 }
        }
        #expect(!isObject(model: 0))
        #expect(isObject(model: 0.6))
    }

    /// Between strands that stand off far the background is seen: it does not become an opaque thing with the colour of
    /// both. A thing of one colour, which a share of the subject would explain too, stays.
    @Test func betweenStrandsTheBackgroundIsSeen() {
        let size = Size(width: 640, height: 48)
        func solved(_ share: @escaping (Int) -> Float) -> (alpha: [Float], light: [Float]) {
            let evidence = evidence(size, share: share)
            let solver = PlateSolver(evidence, PlateObjects(evidence))
            let row = 20 * size.width..<21 * size.width
            return (solver.alpha.withFloats { Array($0[row]) }, solver.foreground.picture.withFloats { Array($0[row]) })
        }
        func strand(_ x: Int) -> Float { x < 200 ? 1 : x < 224 ? (x % 6 < 2 ? 0.6 : 0.1) : 0 }
        let hair = solved(strand)
        for x in 210..<220 {
            #expect(abs(hair.alpha[x] - strand(x)) < 0.1, "\(x): \(hair.alpha[x])")
            #expect(hair.light[x] < 0.4, "\(x): \(hair.light[x])")
        }
        let thing = solved { x in x < 200 ? 1 : x < 240 ? 0.5 : 0 }
        for x in 215..<230 { #expect(thing.alpha[x] > 0.95, "\(x): \(thing.alpha[x])") }
    }
}
