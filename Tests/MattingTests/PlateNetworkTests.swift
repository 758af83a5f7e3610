import Foundation
import Frames
import Inference
import Matting
import Models
import Pixels
import Plates
import TestSupport
import Testing

/// Networks that are given the empty room, by a plate card or around a network without.
struct PlateNetworkTests {
    private static let card = """
        inputs: { picture: src, plate: bgr }
        outputs: { alpha: pha, foreground: fgr }
        size: { multiple-of: 4 }
        """

    private let room = TestPictures.make(96, 54, channels: 3) { channel, x, y in
        0.4 + 0.2 * Float(sin(0.21 * Double(x) + Double(channel)) * cos(0.17 * Double(y) + 0.05 * Double(x)))
    }

    /// A bright square in the room.
    private var picture: FloatImage {
        room.withFloats { room in
            TestPictures.make(96, 54, channels: 3) { channel, x, y in
                let square = (40..<56).contains(x) && (20..<34).contains(y)
                return square ? 1 : room[(channel * 54 + y) * 96 + x]
            }
        }
    }

    @Test func aPlateCardGivesTheRoomToItsNetwork() throws {
        let model = try TinyModel(TinyOnnx.plate(), kind: "plate", card: Self.card)
        let network = try MattingNetworks.make(model: model.model, plate: CleanPlate(picture: room))
        let matte = try network.dense(picture)
        #expect(matte.alpha.value(0, 48, 27) > 0.2)
        #expect(matte.alpha.value(0, 10, 10) < 0.02)
        let foreground = try #require(matte.foreground)
        #expect(abs(foreground.value(1, 48, 27) - 1) < 0.01)
        #expect(matte.alpha.size == picture.size)
    }

    @Test func aPlateCardNeedsAPlate() throws {
        let model = try TinyModel(TinyOnnx.plate(), kind: "plate", card: Self.card)
        #expect { try MattingNetworks.make(model: model.model) } throws: { error in
            (error as? MatteError)?.kind == .usage && "\(error)".contains("--plate")
        }
    }

    @Test func aCardSaysWhichInputIsThePlate() {
        #expect { try TinyModel(TinyOnnx.plate(), kind: "plate") } throws: { "\($0)".contains("inputs.plate") }
        #expect { try TinyModel(TinyOnnx.plate(), kind: "portrait", card: Self.card) } throws: {
            "\($0)".contains("inputs.plate")
        }
    }

    @Test func aPlateCardPassesItsCheck() throws {
        let model = try TinyModel(TinyOnnx.plate(), kind: "plate", card: Self.card)
        InstalledRuntime.located
        let check = try NetworkCheck.run(model: model.model)
        #expect(check.fits, "\(check.findings)")
    }

    /// A network that takes bright pixels for the subject, and how often it was asked.
    private final class Bright: MattingNetwork {
        let carriesState = false
        let engineName = "test"
        let deviceName = "cpu"
        var isReset = 0
        func reset() { isReset += 1 }
        func matte(_ frame: Frame) throws -> Matte {
            let picture = FrameReader().read(frame)
            let alpha = picture.withFloats { floats in
                FloatImage(size: picture.size, channels: 1) { out in
                    for i in out.indices { out[i] = floats[i] > 0.9 ? 1 : 0 }
                }
            }
            return .dense(DenseMatte(picture: picture, alpha: alpha, foreground: nil))
        }
    }

    @Test func aSubjectInThePlateIsTold() throws {
        let notices = Notices()
        _ = try PlateNetwork(
            Bright(), plate: CleanPlate(picture: picture), keep: .objects, name: "plate.png",
            notice: { notices.add($0) })
        #expect(notices.all.contains { $0.contains("plate.png") && $0.contains("unknown") })
        let none = Notices()
        _ = try PlateNetwork(
            Bright(), plate: CleanPlate(picture: room), keep: .objects, name: "plate.png", notice: { none.add($0) })
        #expect(none.all.isEmpty)
    }

    /// What goes into a checkpoint gives the same bits in another process.
    @Test func goesOnFromItsMemory() throws {
        func make() throws -> PlateNetwork {
            try PlateNetwork(Bright(), plate: CleanPlate(picture: room), keep: .objects, name: "plate")
        }
        let first = try make()
        _ = try first.matte(picture.frame)
        let memory = first.memory
        #expect(memory.size == picture.size && !memory.states.isEmpty)
        let second = try make()
        try second.recall(memory)
        let (one, other) = (try first.dense(picture).alpha, try second.dense(picture).alpha)
        one.withFloats { one in other.withFloats { other in #expect(one.elementsEqual(other)) } }
        #expect(throws: MatteError.self) {
            try second.recall(NetworkMemory(size: picture.size, states: [.init(shape: [2], values: [1, 2])]))
        }
    }
}
