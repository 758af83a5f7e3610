import Foundation
import Frames
import Pixels
import TestSupport
import Testing

@Suite struct FloatImageFilterTests {
    /// One channel blurred in double precision, the kernel cut at six sigma, edges repeated.
    private func exactBlur(_ picture: FloatImage, _ sigma: Double) -> [Double] {
        let (width, height) = (picture.size.width, picture.size.height)
        let reach = Int(sigma * 6) + 1
        let kernel = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
        let sum = kernel.reduce(0, +)
        func pass(_ values: [Double], alongRows: Bool) -> [Double] {
            (0..<values.count).map { index in
                let (x, y) = (index % width, index / width)
                var total = 0.0
                for (tap, weight) in kernel.enumerated() {
                    let at = tap - reach
                    let (column, row) = alongRows ? (x + at, y) : (x, y + at)
                    total += weight * values[min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)]
                }
                return total / sum
            }
        }
        return pass(pass(picture.values.map { Double($0) }, alongRows: true), alongRows: false)
    }

    @Test("The blur is a Gaussian", arguments: [0.4, 1, 2.7, 5, 5.1, 7.5, 11])
    func gaussian(sigma: Double) {
        let (width, height) = (53, 37)
        let shapes = [
            TestPictures.make(width, height) { _, x, _ in x < 26 ? 0 : 1 },
            TestPictures.make(width, height) { _, x, y in x == 26 && y == 18 ? 1 : 0 },
            // Noise away from the edges: there a wide blur repeats the mean of a few pixels, not the last one.
            TestPictures.random(width, height, seed: 4).multiplied(
                by: TestPictures.make(width, height) { _, x, y in abs(x - 26) < 14 && abs(y - 18) < 8 ? 1 : 0 }),
        ]
        for (shape, picture) in shapes.enumerated() {
            let exact = exactBlur(picture, sigma)
            let worst = zip(picture.blurred(sigma: sigma).values, exact).map { abs(Double($0) - $1) }.max() ?? 1
            #expect(worst < (sigma > 5 ? 0.015 : 0.0015), "shape \(shape), sigma \(sigma): \(worst)")
        }
    }

    @Test("Flat pictures stay flat, single pixels too, and sigma 0 changes nothing")
    func flat() {
        for (width, height) in [(1, 1), (1, 30), (19, 2)] {
            let picture = TestPictures.make(width, height, channels: 3) { channel, _, _ in Float(channel) / 2 }
            for sigma in [0.5, 3, 9, 200] {
                let blurred = picture.blurred(sigma: sigma)
                #expect(blurred.size == picture.size)
                #expect(zip(blurred.values, picture.values).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
        let random = TestPictures.random(9, 4, seed: 2)
        #expect(random.blurred(sigma: 0).values == random.values)
        #expect(random.blurred(sigma: .nan).values == random.values)
    }

    private func exactDisk(_ picture: FloatImage, _ radius: Int, _ pick: ([Float]) -> Float?) -> [Float] {
        let (width, height) = (picture.size.width, picture.size.height)
        return (0..<(width * height)).map { index in
            let (x, y) = (index % width, index / width)
            var near: [Float] = []
            for row in 0..<height {
                for column in 0..<width {
                    let (dx, dy) = (column - x, row - y)
                    if dx * dx + dy * dy <= radius * radius { near.append(picture.value(0, column, row)) }
                }
            }
            return pick(near) ?? .nan
        }
    }

    @Test("Erosion and dilation look over a disk", arguments: [1, 2, 3, 5, 12])
    func disk(radius: Int) {
        for (width, height) in [(1, 1), (23, 9), (8, 17)] {
            let picture = TestPictures.random(width, height, seed: UInt64(radius))
            #expect(picture.eroded(radius: Double(radius)).values == exactDisk(picture, radius) { $0.min() })
            #expect(picture.dilated(radius: Double(radius)).values == exactDisk(picture, radius) { $0.max() })
        }
    }

    @Test("A fractional radius lies between the whole ones, radius 0 changes nothing, a huge one is harmless")
    func fractionalRadius() {
        let picture = TestPictures.random(15, 11, seed: 8)
        let (one, two) = (picture.eroded(radius: 1).values, picture.eroded(radius: 2).values)
        for (index, value) in picture.eroded(radius: 1.25).values.enumerated() {
            #expect(abs(value - (one[index] * 0.75 + two[index] * 0.25)) < 1e-6)
        }
        #expect(picture.dilated(radius: 0).values == picture.values)
        #expect(picture.dilated(radius: -3).values == picture.values)
        #expect(picture.dilated(radius: 1e12).values.allSatisfy { $0 == picture.values.max() })
    }

    @Test("A step grows and shrinks by the radius, also a wide one", arguments: [3, 12, 13, 20])
    func growth(radius: Int) {
        let step = TestPictures.make(64, 3) { _, x, _ in x < 32 ? 1 : 0 }
        #expect(step.dilated(radius: Double(radius)).values.filter { $0 == 1 }.count == 3 * (32 + radius))
        #expect(step.eroded(radius: Double(radius)).values.filter { $0 == 1 }.count == 3 * (32 - radius))
    }

    @Test func extremesAgainstTheDefinition() {
        let picture = TestPictures.random(13, 7, seed: 3)
        picture.withFloats { values in
            for reach in [1, 3, 20] {
                let (most, least) = (picture.largest(within: reach), picture.smallest(within: reach))
                for y in 0..<7 {
                    for x in 0..<13 {
                        var window: [Float] = []
                        for v in max(y - reach, 0)...min(y + reach, 6) {
                            for u in max(x - reach, 0)...min(x + reach, 12) { window.append(values[v * 13 + u]) }
                        }
                        most.withFloats { #expect($0[y * 13 + x] == window.max()) }
                        least.withFloats { #expect($0[y * 13 + x] == window.min()) }
                    }
                }
            }
        }
    }
}
