import Frames
import Pixels
import TestSupport
import Testing

@testable import Plates

@Suite struct PlateBuilderTests {
    @Test func medianLeavesOutWhatPasses() throws {
        var builder = PlateBuilder()
        let room = Room()
        for time in [-400, -400, -60, -400, 60, -400, -400] {
            builder.add(Room(camera: .init(noise: 0.004), time: time).picture)
        }
        let plate = try #require(builder.plate())
        // A single picture's noise is 3.2; those that were moved a little are interpolated.
        #expect(plate.picture.meanDifference(from: room.plate) < 4)
        plate.known.withFloats { #expect($0.allSatisfy { $0 == 1 }) }
    }

    @Test func whatIsAlwaysHiddenIsUnknown() throws {
        var builder = PlateBuilder()
        for time in -2...2 {
            let room = Room(camera: .init(noise: 0.003), time: time)
            builder.add(room.picture, hiding: room.modelAlpha)
        }
        let plate = try #require(builder.plate())
        plate.known.withFloats { known in
            #expect(known[80 * 192 + 96] == 0)
            #expect(known[10 * 192 + 10] == 1)
        }
    }

    /// Where the subject walks away, the room behind it appears.
    @Test func theSubjectUncoversTheRoom() throws {
        var builder = PlateBuilder()
        for time in [-60, -30, 0, 30, 60] {
            let room = Room(camera: .init(noise: 0.003), time: time)
            builder.add(room.picture, hiding: room.modelAlpha)
        }
        let plate = try #require(builder.plate())
        var (error, count): (Float, Int) = (0, 0)
        plate.known.withFloats { known in
            plate.picture.withFloats { built in
                Room().plate.withFloats { truth in
                    for i in known.indices where known[i] == 1 {
                        error += abs(built[i] - truth[i])
                        count += 1
                    }
                }
            }
        }
        #expect(count > 192 * 108 * 9 / 10)
        #expect(error / Float(count) < 0.006)
    }

    @Test func laysPicturesOfAMovedCameraOverTheFirst() throws {
        var builder = PlateBuilder()
        for shift in [0, 2.5, -3.2, 1.4] {
            builder.add(Room(camera: .init(shiftX: shift, shiftY: shift / 2), time: -400).picture)
        }
        let plate = try #require(builder.plate())
        #expect(builder.misfits == 0)
        let (width, height) = (160, 80)
        func inner(_ picture: FloatImage) -> FloatImage {
            picture.cropped(x: 16, y: 14, to: Size(width: width, height: height))
        }
        #expect(inner(plate.picture).meanDifference(from: inner(Room().plate)) < 4)
    }

    @Test func longClipsAreThinnedOut() throws {
        var builder = PlateBuilder()
        let size = Size(width: 8, height: 4)
        for value in 0..<200 { builder.add(.filled(Float(value) / 199, size: size, channels: 3)) }
        let plate = try #require(builder.plate())
        plate.picture.withFloats { #expect(abs($0[0] - 0.5) < 0.06) }
    }

    @Test func nothingGivesNoPlate() {
        #expect(PlateBuilder().plate() == nil)
    }
}
