import Frames
import Matting
import Models
import Pixels
import TestSupport
import Testing
import Trimaps

/// Every kind of card on a small graph with the interface of its networks.
struct ModelKindTests {
    private func floats(_ image: FloatImage) -> [Float] { image.withFloats { Array($0) } }

    private let red = TestPictures.make(12, 8, channels: 3) { channel, _, _ in [0.75, 0.5, 0.25][channel] }

    @Test(arguments: TinyOnnx.AlphaShape.allCases) func alphaOfEveryShape(shape: TinyOnnx.AlphaShape) throws {
        let card = shape == .secondOfTwo ? "outputs: { channel: 1 }" : ""
        let alpha = try TinyModel(TinyOnnx.firstChannel(shape), kind: "portrait", card: card).network().dense(red).alpha
        #expect(alpha.size == red.size && floats(alpha).allSatisfy { abs($0 - 0.75) < 0.005 })
    }

    @Test func severalChannelsNeedAWord() throws {
        let network = try TinyModel(TinyOnnx.firstChannel(.secondOfTwo), kind: "portrait").network()
        #expect { try network.dense(red) } throws: { error in
            (error as? MatteError)?.kind == .badInput && "\(error)".contains("outputs.channel")
        }
    }

    @Test func blueMayComeFirst() throws {
        let card = "normalise: { mean: [0, 0, 0.25], std: [1, 1, 0.5], order: bgr }"
        let bright = TestPictures.make(6, 4, channels: 3) { channel, _, _ in [0.9, 0.5, 0.5][channel] }
        let alpha = try TinyModel(TinyOnnx.firstChannel(), kind: "portrait", card: card).network().dense(bright).alpha
        // (0.5 − 0.25) / 0.5: mean and std are blue's.
        #expect(floats(alpha).allSatisfy { abs($0 - 0.5) < 0.01 })
    }

    @Test(arguments: [("sigmoid", Float(0.622)), ("stretch", 1), ("none", 0.5)])
    func activations(name: String, expected: Float) throws {
        let card = "inputs: { picture: img }\nactivation: \(name)"
        let network = try TinyModel(TinyOnnx.firstChannel(), kind: "portrait", card: card).network()
        // Left half 0, right half 0.5.
        let alpha = try network.dense(TestPictures.make(16, 8, channels: 3) { _, x, _ in x < 8 ? 0 : 0.5 }).alpha
        let least: Float = name == "sigmoid" ? 0.5 : 0
        #expect(abs(alpha.value(0, 2, 4) - least) < 0.01 && abs(alpha.value(0, 13, 4) - expected) < 0.01)
    }

    @Test func oneSizeForAllShapes() throws {
        let card = "size: { width: 8, height: 8 }"
        let network = try TinyModel(TinyOnnx.firstChannel(), kind: "portrait", card: card).network()
        let alpha = try network.dense(TestPictures.make(40, 10, channels: 3) { _, x, _ in x < 20 ? 0.2 : 0.8 }).alpha
        #expect(alpha.size == Size(width: 40, height: 10))
        #expect(abs(alpha.value(0, 3, 5) - 0.2) < 0.02 && abs(alpha.value(0, 36, 5) - 0.8) < 0.02)
    }

    @Test func aSaliencyMaskIsRefined() throws {
        let network = try TinyModel(TinyOnnx.saliency(side: 16), kind: "saliency").network()
        // A bright square; its edge lies between the mask's pixels.
        let picture = TestPictures.make(99, 66, channels: 3) { _, x, y in
            (31..<69).contains(x) && (14..<52).contains(y) ? 1 : 0
        }
        let frame = picture.frame
        guard case .affine(let matte) = try network.matte(frame) else {
            Issue.record("not affine")
            return
        }
        let alpha = matte.dense(for: frame).alpha
        #expect(alpha.size == picture.size)
        let mask = picture.resized(to: Size(width: 16, height: 16), filter: .area)
            .resized(to: picture.size, filter: .bilinear)
        func error(_ image: FloatImage) -> Float {
            zip(floats(image), floats(picture)).reduce(0) { $0 + abs($1.0 - $1.1) } / Float(99 * 66)
        }
        #expect(error(alpha) < 0.5 * error(mask), "\(error(alpha)), interpolated \(error(mask))")
    }

    @Test(arguments: [Size(width: 1, height: 1), Size(width: 3, height: 400), Size(width: 17, height: 5)])
    func saliencyTakesOddSizes(size: Size) throws {
        let network = try TinyModel(TinyOnnx.saliency(side: 16), kind: "saliency").network()
        let alpha = try network.dense(.filled(0.5, size: size, channels: 3)).alpha
        #expect(alpha.size == size && floats(alpha).allSatisfy { abs($0 - 0.5) < 0.01 })
    }

    @Test(arguments: TinyOnnx.TrimapForm.allCases, ["any", "{ multiple-of: 4 }", "{ width: 8, height: 8 }"])
    func trimapsGoIn(form: TinyOnnx.TrimapForm, size: String) throws {
        let card = (form == .fourthChannel ? "" : "inputs: { trimap: trimap }\n") + "size: \(size)"
        let tiny = try TinyModel(TinyOnnx.trimap(form), kind: "trimap", card: card)
        let picture = TestPictures.make(11, 6, channels: 3) { _, _, _ in 0.75 }
        let labels = (0..<66).map { [Trimap.Label.background, .unknown, .foreground][$0 % 11 / 4] }
        let alpha = try tiny.network(trimaps: .one(Trimap(size: picture.size, labels: labels))).dense(picture).alpha
        for (index, value) in floats(alpha).enumerated() {
            // Half of 0.5 and half of 0.75; at another size the neighbours' labels reach over.
            let isNear = abs(value - 0.625) < (size == "any" || size.contains("multiple") ? 1e-4 : 0.3)
            #expect(labels[index] == .unknown ? isNear : value == labels[index].alpha)
        }
    }

    @Test func aTrimapNetworkNeedsATrimap() throws {
        let tiny = try TinyModel(TinyOnnx.trimap(.fourthChannel), kind: "trimap")
        #expect { try tiny.network() } throws: { error in
            (error as? MatteError)?.kind == .usage && "\(error)".contains("--trimap")
        }
    }

    @Test func aWrongInterfaceIsSeenAtOnce() throws {
        let trimaps = TrimapSequence.one(Trimap(size: Size(width: 1, height: 1), labels: [.unknown]))
        let three = try TinyModel(TinyOnnx.portrait(), kind: "trimap")
        #expect { try three.network(trimaps: trimaps) } throws: { "\($0)".contains("four channels") }
        let starved = try TinyModel(
            TinyOnnx.trimap(.ownInput), kind: "portrait", card: "inputs: { picture: pixel_values }")
        #expect { try starved.network() } throws: { "\($0)".contains("nothing is said of the input trimap") }
    }
}

extension TrimapSequence {
    /// One trimap for all pictures.
    static func one(_ trimap: Trimap) -> TrimapSequence {
        let frame = TestPictures.frame(trimap.size, .gray()) { _, x, y in
            Int(trimap.labels[y * trimap.size.width + x].rawValue)
        }
        return TrimapSequence(.trimaps(TrimapClip(FramesInMemory([frame]), name: "t.png", isStill: true))) { _ in }
    }
}
