import Foundation
import Frames
import Metrics
import TestSupport

/// The papers' formulas in numpy: `Tests/Reference/metrics_oracle.py`.
enum MetricsOracle {

    static func measure(
        predicted: [FloatImage], truth: [FloatImage], foregrounds: [(FloatImage, FloatImage)] = [],
        trimap: FloatImage? = nil
    ) throws -> [MatteErrors] {
        let folder = try TemporaryFolder()
        func write(_ pictures: [FloatImage], _ name: String) throws {
            guard !pictures.isEmpty else { return }
            let bytes = pictures.reduce(into: Data()) { data, picture in
                picture.withFloats { data.append(Data(buffer: $0)) }
            }
            try bytes.write(to: URL(fileURLWithPath: folder.path("\(name).f32")))
        }
        try write(predicted, "predicted")
        try write(truth, "true")
        try write(foregrounds.map(\.0), "fgr-predicted")
        try write(foregrounds.map(\.1), "fgr-true")
        try write(trimap.map { [$0] } ?? [], "trimap")
        let shape = ["frames": truth.count, "width": truth[0].size.width, "height": truth[0].size.height]
        try JSONEncoder().encode(shape).write(to: URL(fileURLWithPath: folder.path("shape.json")))

        let data = try ReferencePython.runScript("metrics_oracle.py", [folder.path("")])
        return try JSONDecoder().decode([MatteErrors].self, from: data)
    }
}
