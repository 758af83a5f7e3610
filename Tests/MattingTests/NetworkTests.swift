import Foundation
import Frames
import Matting
import Models
import Pixels
import TestSupport
import Testing

struct NetworkTests {
    private func floats(_ image: FloatImage?) -> [Float] { image?.withFloats { Array($0) } ?? [] }

    @Test func stateIsCarriedAndResetByHandAndBySize() throws {
        let network = try TinyModel.recurrent().network()
        #expect(network.carriesState && network.deviceName == "cpu")
        let white = TestPictures.make(5, 3, channels: 3) { _, _, _ in 1 }
        #expect(floats(try network.dense(white).alpha).allSatisfy { $0 == 0.5 })
        let second = try network.dense(white)
        #expect(floats(second.alpha).allSatisfy { $0 == 0.75 })
        #expect(second.foreground?.channels == 3 && floats(second.foreground).allSatisfy { $0 == 0.5 })
        let other = TestPictures.make(3, 5, channels: 3) { _, _, _ in 1 }
        #expect(floats(try network.dense(other).alpha).allSatisfy { $0 == 0.5 })
        #expect(floats(try network.dense(other).alpha).allSatisfy { $0 == 0.75 })
        network.reset()
        #expect(floats(try network.dense(other).alpha).allSatisfy { $0 == 0.5 })
    }

    @Test func aMatteStaysWhatItWas() throws {
        let network = try TinyModel.recurrent().network()
        let first = try network.dense(TestPictures.make(5, 3, channels: 3) { _, _, _ in 1 })
        for _ in 0..<20 { _ = try network.dense(TestPictures.make(5, 3, channels: 3) { _, _, _ in 0 }) }
        #expect(floats(first.alpha).allSatisfy { $0 == 0.5 })
    }

    @Test(
        arguments: [
            // RVM's graph refuses a picture that the ratio leaves without a row or column.
            (nil, 1920, 1080, 512.0 / 1920), (nil, 512, 512, 1), (nil, 100, 50, 1), (0.25, 1280, 720, 0.25),
            (nil, 4000, 1, 1), (nil, 4000, 3, 1.0 / 3), (0.01, 10, 10, 0.1), (0.5, 1, 1, 1),
        ] as [(Double?, Int, Int, Double)])
    func ratios(wanted: Double?, width: Int, height: Int, expected: Double) {
        let ratio = RecurrentNetwork.ratio(wanted, for: Size(width: width, height: height))
        #expect(abs(Double(ratio) - expected) < 1e-6)
        #expect((Float(min(width, height)) * ratio).rounded(.down) >= 1)
    }

    @Test func portraitIsNormalisedResizedAndClamped() throws {
        let tiny = try TinyModel(
            TinyOnnx.portrait(gain: 2), kind: "portrait",
            card: "normalise: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }\nsize: { multiple-of: 4 }")
        let network = try tiny.network(ratio: 0.5)
        #expect(!network.carriesState)
        // Left half 0.55, right half 1: normalised 0.1 and 1, doubled 0.2 and 2, which is cut to 1.
        let matte = try network.dense(TestPictures.make(16, 8, channels: 3) { _, x, _ in x < 8 ? 0.55 : 1 })
        #expect(matte.foreground == nil)
        let row = floats(matte.alpha).prefix(16)
        #expect(row.prefix(8).allSatisfy { abs($0 - 0.2) < 1e-4 } && row.suffix(8).allSatisfy { $0 == 1 })
        // Sides that are no multiples, and black, which would be −2.
        let odd = try network.dense(TestPictures.make(7, 13, channels: 3) { _, _, _ in 0 }).alpha
        #expect(odd.size == Size(width: 7, height: 13) && floats(odd).allSatisfy { $0 == 0 })
    }

    @Test(arguments: [(1, 1), (2, 3), (17, 31), (1, 400), (400, 1)]) func tinyPictures(width: Int, height: Int) throws {
        let picture = TestPictures.make(width, height, channels: 3) { _, _, _ in 0.5 }
        let portrait = try TinyModel(
            TinyOnnx.portrait(), kind: "portrait", card: "size: { multiple-of: 32, shorter-side: 64 }"
        ).network().dense(picture)
        #expect(portrait.alpha.size == picture.size && floats(portrait.alpha).allSatisfy { abs($0 - 0.5) < 1e-4 })
        #expect(try TinyModel.recurrent().network().dense(picture).alpha.size == picture.size)
    }

    @Test func largePicturesGetAnAffineMatte() throws {
        let network = try TinyModel(
            TinyOnnx.portrait(), kind: "portrait", card: "size: { multiple-of: 4, shorter-side: 8 }"
        ).network()
        let frame = TestFrames.scene(seed: 1)
        guard case .affine(let matte) = try network.matte(frame) else {
            Issue.record("not affine")
            return
        }
        #expect(!matte.hasForeground && matte.pictureSize == frame.size && matte.slope.size.height == 8)
        #expect(floats(matte.dense(for: frame).alpha).allSatisfy { (0...1).contains($0) })
    }

    @Test func aSizeFixedInTheNetworkGoesFirst() throws {
        let tiny = try TinyModel(TinyOnnx.portrait(side: 8), kind: "portrait", card: "size: { multiple-of: 32 }")
        let alpha = try tiny.network().dense(TestPictures.make(20, 10, channels: 3) { _, _, _ in 0.25 }).alpha
        #expect(alpha.size == Size(width: 20, height: 10) && floats(alpha).allSatisfy { abs($0 - 0.25) < 1e-4 })
    }

    @Test(arguments: [
        // The first four are MODNet's own rule for 512 and 32.
        (1280, 720, 896, 512), (300, 450, 512, 768), (1280, 480, 1280, 480), (512, 512, 512, 512),
        (100_000, 600, 4096, 32), (1, 4000, 32, 4000 / 32 * 32),
    ])
    func modnetSizes(width: Int, height: Int, expectedWidth: Int, expectedHeight: Int) {
        let policy = ModelCard.SizePolicy.multiple(of: 32, side: .shorter(512))
        #expect(
            policy.networkSize(for: Size(width: width, height: height))
                == Size(width: expectedWidth, height: expectedHeight))
    }

    @Test func aDamagedFileIsNotLoaded() throws {
        let tiny = try TinyModel.recurrent()
        var bytes = TinyOnnx.recurrent()
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: tiny.model.path))
        #expect { try tiny.network() } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains("SHA-256")
        }
    }

    @Test(arguments: [
        ("outputs: { alpha: nope, foreground: fgr, states: [r1o] }", "nope"),
        ("outputs: { alpha: fgr, foreground: pha, states: [r1o] }", "shape"),
    ])
    func cardsThatDoNotFit(outputs: String, word: String) throws {
        let card = "inputs: { picture: src, ratio: downsample_ratio, states: [r1i] }\n" + outputs
        let tiny = try TinyModel(TinyOnnx.recurrent(), kind: "recurrent", card: card)
        #expect {
            try tiny.network().dense(TestPictures.make(4, 4, channels: 3) { _, _, _ in 0 })
        } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains(word)
        }
    }

    @Test func anInputNobodyFeedsIsSeenAtOnce() throws {
        let tiny = try TinyModel(TinyOnnx.recurrent(), kind: "portrait", card: "inputs: { picture: src }")
        #expect { try tiny.network() } throws: { "\($0)".contains("r1i") }
    }

    @Test(arguments: [0, -1, 1.01, .nan, .infinity]) func badRatios(ratio: Double) throws {
        let tiny = try TinyModel.recurrent()
        #expect { try tiny.network(ratio: ratio) } throws: { ($0 as? MatteError)?.kind == .usage }
    }
}
