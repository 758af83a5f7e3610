import Frames
import Pixels
import Testing

@testable import Plates

@Suite struct UncoveredPlateTests {
    /// Where a subject walks, so that the room behind it is seen again and again.
    private static let walk = Array(stride(from: 11, through: 181, by: 34))

    private func uncovered(in shots: [Shot]) -> CleanPlate? {
        var builder = UncoveredPlate()
        for shot in shots { builder.add(shot.picture, hiding: shot.model) }
        return builder.plate()
    }

    /// Mean errors against the truth over the pictures, ×10³.
    private func meanErrors(_ plate: CleanPlate, on shots: [Shot]) -> (plate: Float, model: Float) {
        let matting = PlateMatting(plate: plate, keep: .objects)
        var sums: (plate: Float, model: Float) = (0, 0)
        for shot in shots {
            let frame = Room.frame(shot.picture)
            let matte = Matte.dense(DenseMatte(picture: shot.picture, alpha: shot.model, foreground: nil))
            sums.plate += matting.refined(matte, of: frame).dense(for: frame).alpha.meanDifference(from: shot.truth)
            sums.model += shot.model.meanDifference(from: shot.truth)
        }
        return (sums.plate / Float(shots.count), sums.model / Float(shots.count))
    }

    @Test func makesEdgesRight() throws {
        let shots = Self.walk.map { Shot(subjectAt: $0) }
        let plate = try #require(uncovered(in: shots))
        #expect(plate.known.share(above: 0.5) > 0.85)
        let errors = meanErrors(plate, on: Array(shots[2...2]))
        #expect(errors.plate < 0.7 * errors.model, "\(errors)")
    }

    /// A thing in the hands of which the model sees nothing, and which is at another place in each picture.
    @Test func whatIsHeldSpoilsNothing() throws {
        let shots = Self.walk.map { Shot(subjectAt: $0, [.init(columns: $0 + 25...$0 + 65, rows: 64...76)]) }
        let plate = try #require(uncovered(in: shots))
        let errors = meanErrors(plate, on: Array(shots[2...2]))
        #expect(errors.plate <= errors.model, "\(errors)")
    }

    /// It is always at one place, and the model sees it in some pictures: the plate shows it, but cuts no hole.
    @Test func whatTheModelSeesNowAndThenStays() throws {
        let shots = Self.walk.map {
            Shot(subjectAt: $0, [.init(columns: 110...170, rows: 64...90, isSeenByModel: $0 > 150)])
        }
        let plate = try #require(uncovered(in: shots))
        let seen = Shot(subjectAt: 90, [.init(columns: 110...170, rows: 64...90, isSeenByModel: true)])
        let errors = meanErrors(plate, on: [seen])
        #expect(errors.plate < 1.5 * errors.model, "\(errors)")
    }

    /// Somebody comes by whom the model does not see: what the pictures do not agree about is unknown.
    @Test func whoComesByDoesNotGetIn() throws {
        let shots = Self.walk.enumerated().map { index, place in
            let other = Shot.Thing(columns: 4...18, rows: 66...95, isSubjects: false)
            return Shot(subjectAt: place, index % 2 == 0 ? [other] : [])
        }
        let plate = try #require(uncovered(in: shots))
        plate.known.withFloats { known in
            for y in 70..<90 { for x in 7..<15 { #expect(known[y * Room.size.width + x] == 0, "\(x), \(y)") } }
        }
        let errors = meanErrors(plate, on: Array(shots[1...2]))
        #expect(errors.plate <= errors.model, "\(errors)")
    }

    /// A thing beside the subject is taken away for good: where it was nothing becomes a part of the subject.
    @Test func whatIsTakenAwayLeavesNoGhost() throws {
        let thing = Shot.Thing(columns: 115...165, rows: 64...78, isSubjects: false)
        let plate = try #require(uncovered(in: Self.walk.map { Shot(subjectAt: $0, [thing]) }))
        let errors = meanErrors(plate, on: [Shot(subjectAt: 96)])
        #expect(errors.plate <= errors.model, "\(errors)")
    }

    @Test func followsACameraThatSways() throws {
        let shots = Self.walk.map { Shot(subjectAt: $0, pan: ($0 - 96) / 20) }
        let plate = try #require(uncovered(in: shots))
        let errors = meanErrors(plate, on: Array(shots[2...2]))
        #expect(errors.plate < 0.85 * errors.model, "\(errors)")
    }

    /// Walls that move against each other, as a walking camera sees them, are no room of which there is a plate.
    @Test func aCameraThatWalksGetsNone() {
        let shots = Self.walk.prefix(3).map { place in
            Shot(subjectAt: place, pan: (place - 96) / 3).striped(with: Shot(subjectAt: place, pan: (96 - place) / 3))
        }
        #expect(uncovered(in: shots) == nil)
    }

    @Test func nothingGivesNoPlate() {
        #expect(UncoveredPlate().isEmpty)
        #expect(UncoveredPlate().plate() == nil)
    }
}
