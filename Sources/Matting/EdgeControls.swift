public import Frames
internal import Pixels

/// What is done to every alpha after the network, in this order: levels, erode, dilate, feather.
public struct EdgeControls: Sendable, Hashable {
    /// Radius in pixels by which the subject shrinks; may be fractional.
    public var erode: Double
    /// Radius in pixels by which the subject grows; may be fractional.
    public var dilate: Double
    /// Standard deviation in pixels of the Gaussian that softens the edge.
    public var feather: Double
    private var low: Double
    private var high: Double

    public init(
        erode: Double = 0, dilate: Double = 0, feather: Double = 0, levels: (low: Double, high: Double) = (0, 1)
    ) {
        self.erode = erode
        self.dilate = dilate
        self.feather = feather
        (low, high) = levels
    }

    /// Alpha at `low` and below becomes 0, at `high` and above 1, straight between.
    public var levels: (low: Double, high: Double) {
        get { (low, high) }
        set { (low, high) = newValue }
    }

    /// Leaves every bit as it is.
    public static let none = EdgeControls()

    /// The largest radius and feather, in pixels.
    public static let limit = 256.0

    /// - Throws: `.usage` naming the control that is out of range.
    public func validate() throws {
        for (name, value) in [("erode", erode), ("dilate", dilate), ("feather", feather)] {
            guard value >= 0, value <= Self.limit else {
                throw MatteError(
                    .usage, "\(name) of \(value) cannot be used", advice: "choose from 0 to \(Int(Self.limit)) pixels")
            }
        }
        guard low >= 0, high <= 1, low < high else {
            throw MatteError(
                .usage, "levels of \(low),\(high) cannot be used",
                advice: "choose two numbers of 0 to 1, the lower one first")
        }
    }

    /// - Parameter alpha: one channel, 0…1.
    /// - Returns: alpha of the same size; `alpha` itself for `.none`.
    public func apply(to alpha: FloatImage) -> FloatImage {
        var alpha = alpha
        if (low, high) != (0, 1) { alpha = stretched(alpha) }
        if erode > 0 { alpha = alpha.eroded(radius: erode) }
        if dilate > 0 { alpha = alpha.dilated(radius: dilate) }
        if feather > 0 { alpha = alpha.blurred(sigma: feather) }
        return alpha
    }

    /// The matte with levels, which stays affine; nil where erosion, dilation or feather need each pixel's neighbours.
    ///
    /// clamp((clamp(v) − low) / (high − low)) is clamp((v − low) / (high − low)), as low and high lie in 0…1.
    func apply(to matte: AffineMatte) -> AffineMatte? {
        guard erode == 0, dilate == 0, feather == 0 else { return nil }
        let (scale, low) = (Float(1 / (high - low)), Float(low))
        func changed(_ grid: FloatImage, _ change: (Float) -> Float) -> FloatImage {
            grid.withFloats { source in
                FloatImage(size: grid.size, channels: grid.channels) { target in
                    let alphaStart = (grid.channels - 1) * grid.size.pixelCount
                    for index in source.indices {
                        target[index] = index < alphaStart ? source[index] : change(source[index])
                    }
                }
            }
        }
        return AffineMatte(
            slope: changed(matte.slope) { $0 * scale }, offset: changed(matte.offset) { ($0 - low) * scale },
            colors: matte.colors, pictureSize: matte.pictureSize)
    }

    private func stretched(_ alpha: FloatImage) -> FloatImage {
        let low = Float(low)
        let high = Float(high)
        return alpha.withFloats { source in
            FloatImage(size: alpha.size, channels: alpha.channels) { target in
                for index in source.indices {
                    let value = source[index]
                    // The ends are compared, not computed: 0 and 1 come out exact.
                    target[index] = value <= low ? 0 : value >= high ? 1 : (value - low) / (high - low)
                }
            }
        }
    }
}
