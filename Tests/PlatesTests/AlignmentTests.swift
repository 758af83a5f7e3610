import Frames
import Pixels
import Testing

@testable import Plates

@Suite struct AlignmentTests {
    private func estimate(_ room: Room, from start: Homography? = nil) -> Homography? {
        let known = FloatImage.filled(1, size: Room.size, channels: 1)
        let estimator = PoseEstimator(plate: room.plate, known: known)
        let model = room.modelAlpha.largest(within: 3)
        let background = model.withFloats { model in
            FloatImage(size: Room.size, channels: 1) { out in
                for i in out.indices { out[i] = model[i] < 0.05 ? 1 : 0 }
            }
        }
        return estimator.pose(of: room.picture, background: background, from: start)
    }

    /// Where the corners of the frame lie on the plate against where they should, in pixels.
    private func error(_ pose: Homography, _ camera: Room.Camera) -> Double {
        let map = PixelMap(pose, size: Room.size)
        return [(0, 0), (191, 0), (0, 107), (191, 107)].map { column, row in
            let place = map(column, row)
            let x = (Double(column) - 95.5) * camera.scale + 95.5 + camera.shiftX
            let y = (Double(row) - 53.5) * camera.scale + 53.5 + camera.shiftY
            return max(abs(Double(place.x) - x), abs(Double(place.y) - y))
        }.max() ?? 0
    }

    @Test(arguments: [(0.0, 0.0, 1.0), (0.4, -0.7, 1.0), (9, 4, 1.0), (-17.5, 3.2, 1.03), (5, -5, 0.96)])
    func findsTheCamera(x: Double, y: Double, scale: Double) throws {
        let camera = Room.Camera(shiftX: x, shiftY: y, scale: scale, noise: 0.004)
        let pose = try #require(estimate(Room(camera: camera)))
        #expect(error(pose, camera) < 0.35, "\(error(pose, camera))")
    }

    @Test func findsTheCameraInAnotherLight() throws {
        let camera = Room.Camera(shiftX: 3.6, shiftY: 1.2, gain: [0.7, 0.75, 0.7], noise: 0.004)
        #expect(error(try #require(estimate(Room(camera: camera))), camera) < 0.35)
    }

    @Test func goesOnFromTheFrameBefore() throws {
        let first = Room.Camera(shiftX: 3, shiftY: 1, noise: 0.004)
        let second = Room.Camera(shiftX: 4.2, shiftY: 0.6, noise: 0.004)
        let start = try #require(estimate(Room(camera: first)))
        #expect(error(try #require(estimate(Room(camera: second), from: start)), second) < 0.35)
    }

    @Test func refusesWhatNoCameraMovementMakes() {
        #expect(Homography.identity.isPlausible(aspect: 0.5625))
        #expect(!Homography(values: [-1, 0, 0, 0, 1, 0, 0, 0]).isPlausible(aspect: 0.5625))
        #expect(!Homography(values: [3, 0, 0, 0, 3, 0, 0, 0]).isPlausible(aspect: 0.5625))
        #expect(!Homography(values: [1, 0, 1.5, 0, 1, 0, 0, 0]).isPlausible(aspect: 0.5625))
        #expect(!Homography(values: [1, 0, 0, 0, 1, 0, 2, 0]).isPlausible(aspect: 0.5625))
    }

    @Test func noiseAndMisalignmentAreTold() {
        let room = Room(camera: .init(noise: 0.01))
        let everywhere = (0..<Int32(Room.size.pixelCount)).map { $0 }
        var empty = room
        empty.time = 400
        let noise = NoiseModel(frame: empty.picture, plate: room.plate, samples: everywhere)
        // Three uniform numbers of ±1 have a variance of 1.
        #expect(abs(noise.noise - 0.01) < 0.002, "\(noise.noise)")
        #expect(noise.misalignment < 0.2)
        var moved = Room(camera: .init(shiftX: 1.5, noise: 0.002))
        moved.time = 400
        #expect(NoiseModel(frame: moved.picture, plate: room.plate, samples: everywhere).misalignment > 0.5)
    }

    @Test func systemsOfEquations() throws {
        let solution = try #require(LinearSystem.solve([0, 2, 1, 1, 1, 0, 3, 0, -1], [7, 3, 0]))
        for (value, expected) in zip(solution, [1.0, 2, 3]) { #expect(abs(value - expected) < 1e-12) }
        #expect(LinearSystem.solve([1, 2, 2, 4], [1, 2]) == nil)
        #expect(LinearSystem.solve([0, 0, 0, 0], [0, 0]) == nil)
    }
}
