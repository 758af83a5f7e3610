public import Frames
internal import Pixels

/// Makes a clean plate from pictures of one place: the median over time at each pixel, over those pictures in which
/// nothing hides it. Pictures of a camera that moved a little are laid over the first one. Used by one thread at a time.
///
/// Of a long clip evenly spaced pictures are kept, as many as fit into 256 MiB and 31 at most.
public struct PlateBuilder {
    private struct Layer {
        /// R'G'B' as codes of 16 bits, then 1 where the picture shows the place, else 0.
        let codes: [UInt16]
    }

    private static let memoryBytes = 256 << 20
    private static let mostLayers = 31

    private var layers: [Layer] = []
    private var reference: (picture: FloatImage, background: FloatImage)?
    private var size: Size?
    /// Every so many pictures are kept.
    private var interval = 1
    private var offered = 0
    /// Pictures that could not be laid over the first one.
    public private(set) var misfits = 0

    public init() {}

    /// Whether the next picture would be kept; the others need not be made.
    public var wantsNext: Bool { offered % interval == 0 }

    /// Passes over a picture.
    public mutating func skip() { offered += 1 }

    /// - Parameters:
    ///   - picture: R'G'B'; all pictures have the size of the first, others are passed over.
    ///   - subject: alpha of what hides the place, of any size; nil for nothing.
    public mutating func add(_ picture: FloatImage, hiding subject: FloatImage? = nil) {
        defer { offered += 1 }
        guard wantsNext, size == nil || size == picture.size else { return }
        size = picture.size
        var plate = CleanPlate(picture: picture)
        if let subject { plate = plate.hiding(subject) }
        guard let layer = laid(plate) else {
            misfits += 1
            return
        }
        layers.append(layer)
        guard layers.count > Self.capacity(for: picture.size) else { return }
        // Every second one makes room for as many again.
        layers = stride(from: 0, to: layers.count, by: 2).map { layers[$0] }
        interval *= 2
    }

    /// Nil where there was no picture.
    public func plate() -> CleanPlate? {
        guard let size, !layers.isEmpty else { return nil }
        let count = size.pixelCount
        // Of a single picture a passing hand would stay; where most hide a place the rest are hardly clean.
        let least = min(layers.count, max(2, layers.count / 10))
        let layers = layers
        let result = FloatImage.computed(size, channels: 4) { pixels, out in
            var values = [UInt16](repeating: 0, count: layers.count)
            for i in pixels {
                let shown = layers.reduce(0) { $0 + Int($1.codes[3 * count + i]) }
                let isKnown = shown >= least
                out[3 * count + i] = isKnown ? 1 : 0
                for channel in 0..<3 {
                    var filled = 0
                    for layer in layers where shown == 0 || layer.codes[3 * count + i] > 0 {
                        values[filled] = layer.codes[channel * count + i]
                        filled += 1
                    }
                    out[channel * count + i] = Self.median(&values, filled) / 65535
                }
            }
        }
        return CleanPlate(picture: result.colors, known: result.channel(3))
    }

    private static func capacity(for size: Size) -> Int {
        min(max(memoryBytes / max(size.pixelCount * 8, 1), 5), mostLayers)
    }

    /// Of the first `count` values, by insertion; the mean of the middle two of an even number.
    private static func median(_ values: inout [UInt16], _ count: Int) -> Float {
        for i in 1..<max(count, 1) {
            let value = values[i]
            var j = i
            while j > 0, values[j - 1] > value {
                values[j] = values[j - 1]
                j -= 1
            }
            values[j] = value
        }
        return count % 2 == 1
            ? Float(values[count / 2]) : (Float(values[count / 2 - 1]) + Float(values[count / 2])) / 2
    }

    /// A picture over the first one; nil where it shows another place.
    private mutating func laid(_ plate: CleanPlate) -> Layer? {
        let small = WorkingScale.size(for: plate.size)
        let picture = plate.picture.resized(to: small, filter: .area)
        let background = plate.known.resized(to: small, filter: .area)
        guard let reference, WorkingScale.isEnough(small) else {
            reference = (picture, background)
            return Layer(codes: Self.codes(of: plate, under: nil))
        }
        let estimator = PoseEstimator(plate: picture, known: background)
        guard
            let pose = estimator.pose(
                of: reference.picture, background: reference.background, from: .identity)
        else { return nil }
        return Layer(codes: Self.codes(of: plate, under: pose.moves(small) ? pose : nil))
    }

    private static func codes(of plate: CleanPlate, under pose: Homography?) -> [UInt16] {
        let count = plate.size.pixelCount
        let (colors, known) = (plate.picture.plane(), plate.known.plane())
        let width = plate.size.width
        let map = pose.map { PixelMap($0, size: plate.size) }
        let (sampler, seen) = (BilinearSampler(plate.picture), BilinearSampler(plate.known))
        return withExtendedLifetime(plate) {
            [UInt16](unsafeUninitializedCapacity: 4 * count) { codes, filled in
                for i in 0..<count {
                    let place = map.map { $0(i % width, i / width) }
                    let tap = place.map { sampler.tap($0.x, $0.y) } ?? nil
                    for channel in 0..<3 {
                        let value = tap.map { sampler.value($0, channel) } ?? colors[channel * count + i]
                        codes[channel * count + i] = UInt16((value.unit * 65535).rounded())
                    }
                    let shown = map == nil ? known[i] : tap.map { seen.value($0, 0) } ?? 0
                    codes[3 * count + i] = shown > 0.99 ? 1 : 0
                }
                filled = 4 * count
            }
        }
    }
}
