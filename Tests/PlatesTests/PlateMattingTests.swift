import Frames
import Pixels
import TestSupport
import Testing

@testable import Plates

@Suite struct PlateMattingTests {
    /// The refined alpha, and its error and the model's against the truth (mean, ×10³).
    private func refine(
        _ room: Room, plate: CleanPlate? = nil, keep: PlateKeep = .objects, truth: FloatImage? = nil
    ) -> (alpha: FloatImage, error: Float, modelError: Float, confidence: Float) {
        let matting = PlateMatting(plate: plate ?? CleanPlate(picture: room.plate), keep: keep)
        let frame = room.frame
        let model = Matte.dense(DenseMatte(picture: room.picture, alpha: room.modelAlpha, foreground: nil))
        let alpha = matting.refined(model, of: frame).dense(for: frame).alpha
        let truth = truth ?? room.trueAlpha
        return (
            alpha, alpha.meanDifference(from: truth), room.modelAlpha.meanDifference(from: truth),
            matting.confidence
        )
    }

    @Test func makesEdgesRight() {
        let result = refine(Room(camera: .init(noise: 0.003)))
        #expect(result.confidence == 1)
        #expect(result.error < 0.4 * result.modelError, "\(result.error) of \(result.modelError)")
    }

    @Test func followsACameraThatMoved() {
        let camera = Room.Camera(shiftX: 6.3, shiftY: -2.6, scale: 1.02, noise: 0.003)
        let result = refine(Room(camera: camera))
        #expect(result.confidence > 0.9)
        #expect(result.error < 0.5 * result.modelError, "\(result.error) of \(result.modelError)")
    }

    @Test func followsExposureAndWhiteBalance() {
        let result = refine(Room(camera: .init(gain: [0.85, 0.9, 0.8], noise: 0.003)))
        #expect(result.confidence > 0.9)
        #expect(result.error < 0.5 * result.modelError, "\(result.error) of \(result.modelError)")
    }

    @Test func takesShadowsForBackground() {
        let lit = refine(Room(camera: .init(noise: 0.003)))
        let shadowed = refine(Room(camera: .init(noise: 0.003, shadow: 0.35)))
        #expect(shadowed.error < 0.6 * shadowed.modelError, "\(shadowed.error) against \(lit.error) without")
    }

    @Test func keepsWhatIsHeld() {
        let held = refine(Room(camera: .init(noise: 0.003), thing: .prop))
        #expect(held.error < 0.3 * held.modelError, "\(held.error) of \(held.modelError)")
        var bare = Room(camera: .init(noise: 0.003), thing: .prop)
        bare.thing = .none
        let dropped = refine(Room(camera: .init(noise: 0.003), thing: .prop), keep: .subject, truth: bare.trueAlpha)
        #expect(dropped.error < held.modelError / 2, "\(dropped.error)")
    }

    @Test func dropsWhatStandsElsewhere() {
        let result = refine(Room(camera: .init(noise: 0.003), thing: .chair))
        result.alpha.withFloats { alpha in
            for y in 65..<95 { #expect(alpha[y * Room.size.width + 20] < 0.05) }
        }
        #expect(result.error < 0.5 * result.modelError)
    }

    @Test(arguments: [UInt64(5), 6, 7])
    func isNeverWorseWithAnotherRoomsPlate(seed: UInt64) {
        let room = Room(camera: .init(noise: 0.003))
        let result = refine(room, plate: CleanPlate(picture: Room(seed: seed).plate))
        #expect(result.confidence == 0)
        #expect(result.error <= 1.001 * result.modelError)
    }

    @Test func leavesTheModelWhereThePlateIsUnknown() {
        let room = Room(camera: .init(noise: 0.003))
        let nothing = FloatImage.filled(0, size: Room.size, channels: 1)
        let result = refine(room, plate: CleanPlate(picture: room.plate, known: nothing))
        #expect(result.confidence == 0)
        #expect(result.error == result.modelError)
    }

    /// Unknown neighbours neither blur the model's edges nor take anything from them.
    @Test func leavesTheModelBesideWhatIsKnown() {
        let room = Room(camera: .init(noise: 0.003))
        let left = TestPictures.make(Room.size.width, Room.size.height) { _, x, _ in x < 96 ? 1 : 0 }
        let result = refine(room, plate: CleanPlate(picture: room.plate, known: left))
        #expect(result.confidence == 1)
        #expect(result.error < 0.8 * result.modelError)
        result.alpha.withFloats { alpha in
            room.modelAlpha.withFloats { model in
                for i in alpha.indices where i % Room.size.width >= 100 {
                    #expect(abs(alpha[i] - model[i]) < 0.001, "\(i % Room.size.width), \(i / Room.size.width)")
                }
            }
        }
    }

    /// The foreground over black is the subject's red, not the room's colours.
    @Test func foregroundIsFreeOfTheRoom() throws {
        let room = Room(camera: .init(noise: 0.002))
        let frame = room.frame
        let model = Matte.dense(DenseMatte(picture: room.picture, alpha: room.modelAlpha, foreground: nil))
        let dense = PlateMatting(plate: CleanPlate(picture: room.plate), keep: .objects)
            .refined(model, of: frame).dense(for: frame)
        let foreground = try #require(dense.foreground)
        let count = Room.size.pixelCount
        var (error, before, edge): (Float, Float, Int) = (0, 0, 0)
        foreground.withFloats { colors in
            room.picture.withFloats { picture in
                room.trueAlpha.withFloats { alpha in
                    for i in 0..<count where alpha[i] > 0.25 && alpha[i] < 0.75 {
                        for (channel, cloth) in [Float(0.75), 0.2, 0.15].enumerated() {
                            error += abs(colors[channel * count + i] - cloth)
                            before += abs(picture[channel * count + i] - cloth)
                        }
                        edge += 1
                    }
                }
            }
        }
        #expect(edge > 50)
        #expect(error < 0.4 * before, "\(error) of \(before)")
    }

    @Test func isSteadyOverTime() {
        let matting = PlateMatting(plate: CleanPlate(picture: Room().plate), keep: .objects)
        var (changes, modelChanges): (Float, Float) = (0, 0)
        var before: (FloatImage, FloatImage, FloatImage)?
        for time in 0..<4 {
            let room = Room(camera: .init(noise: 0.004), seed: 1, time: time)
            let model = Matte.dense(DenseMatte(picture: room.picture, alpha: room.modelAlpha, foreground: nil))
            let alpha = matting.refined(model, of: room.frame).dense(for: room.frame).alpha
            let now = (alpha, room.modelAlpha, room.trueAlpha)
            if let before {
                changes += difference(now.0, before.0, now.2, before.2)
                modelChanges += difference(now.1, before.1, now.2, before.2)
            }
            before = now
        }
        #expect(changes < modelChanges, "\(changes) against \(modelChanges)")
    }

    /// Σ |(a − b) − (c − d)|
    private func difference(_ a: FloatImage, _ b: FloatImage, _ c: FloatImage, _ d: FloatImage) -> Float {
        var sum: Float = 0
        a.withFloats { a in
            b.withFloats { b in
                c.withFloats { c in d.withFloats { d in for i in a.indices { sum += abs(a[i] - b[i] - c[i] + d[i]) } } }
            }
        }
        return sum
    }

    @Test func givesTheSameBitsEveryTime() {
        let room = Room(camera: .init(shiftX: 1.3, noise: 0.004), thing: .prop)
        let (one, other) = (refine(room).alpha, refine(room).alpha)
        one.withFloats { one in other.withFloats { other in #expect(one.elementsEqual(other)) } }
    }
}
