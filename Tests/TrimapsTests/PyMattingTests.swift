import Foundation
import Frames
import Pixels
import TestSupport
import Testing

@testable import Trimaps

/// The same pictures through PyMatting.
struct PyMattingTests {
    private struct Reference {
        let closedForm: FloatImage
        let knn: FloatImage
        let foreground: FloatImage

        init(_ scene: Scene) throws {
            let folder = try TemporaryFolder()
            try ReferencePython.write(scene.picture.values, to: folder.path("picture"))
            try ReferencePython.write(scene.alpha.values, to: folder.path("alpha"))
            try ReferencePython.write(scene.trimap.picture().values, to: folder.path("trimap"))
            let size = scene.picture.size
            try ReferencePython.runScript("pymatting_oracle.py", [folder.path(""), "\(size.width)", "\(size.height)"])
            func read(_ name: String, channels: Int) throws -> FloatImage {
                let floats = try ReferencePython.floats(folder.path(name))
                return FloatImage(size: size, channels: channels) { _ = $0.update(fromContentsOf: floats) }
            }
            closedForm = try read("closed-form", channels: 1)
            knn = try read("knn", channels: 1)
            foreground = try read("foreground", channels: 3)
        }
    }

    @Test(arguments: [1, 2] as [UInt64]) func resultsAgree(seed: UInt64) throws {
        let scene = Scene(52, 40, seed: seed)
        let reference = try Reference(scene)
        // Both solve the same equations, to a residual of 1e-7 there and 1e-5 here.
        let closedForm = ClosedFormMatting().alpha(of: scene.picture, trimap: scene.trimap)
        #expect(closedForm.largestDifference(from: reference.closedForm) < 0.001)
        #expect(closedForm.meanDifference(from: reference.closedForm) < 0.0001)
        // There the trimap is a penalty of 100 and not fixed, and neighbours at equal distances are others.
        let knn = KNNMatting().alpha(of: scene.picture, trimap: scene.trimap)
        #expect(knn.meanDifference(from: reference.knn) < 0.002)
        // Sweeps in another order, and levels that are averaged and interpolated, not picked.
        let foreground = ForegroundEstimation().foreground(of: scene.picture, alpha: scene.alpha)
        let (ours, theirs) = (error(foreground, scene), error(reference.foreground, scene))
        #expect(ours <= 1.1 * theirs, "mean error \(ours), theirs \(theirs)")
    }

    /// Mean error of the colours where there is something of the subject.
    private func error(_ foreground: FloatImage, _ scene: Scene) -> Float {
        var (sum, count) = (Float(0), Float(0))
        for (index, alpha) in scene.alpha.values.enumerated() where alpha > 0.05 {
            for channel in 0..<3 {
                let (x, y) = (index % scene.picture.size.width, index / scene.picture.size.width)
                sum += abs(foreground.value(channel, x, y) - scene.foreground.value(channel, x, y))
                count += 1
            }
        }
        return sum / max(count, 1)
    }
}
