public import Frames
internal import Pixels

/// Joins subject and background into the frames of one output. Used by one thread at a time.
///
/// Exact where it matters: the subject's colour where alpha is 1, the background's where it is 0. A frame of another
/// size than the target's is composited at its own size and then resized.
public final class Compositor {
    private let layout: Layout
    private let alphaMode: AlphaMode
    private let target: RenderTarget
    private let writer: FrameWriter
    /// Where the composite goes: the target's size, or the rightmost panel.
    private let contentSize: Size
    /// Of the panels to its left.
    private let panelSize: Size
    private let colors = FloatPool()
    private let planes = FloatPool()
    private let estimation = ForegroundEstimation()
    private let scaledColors = FloatPool()
    private let scaledAlphas = FloatPool()
    private let wide = FloatPool()
    private var chequerboard: FloatImage?
    /// What the output shows where the matte is 0, as long as that stays the same.
    private var bare: BareBackground?
    private var lastPicture: FloatImage?

    public init(layout: Layout, alphaMode: AlphaMode, target: RenderTarget) {
        self.layout = layout
        self.alphaMode = alphaMode
        self.target = target
        var color = target.color
        // Alpha is a quantity, not a picture: its black is 0 and its white the highest code unless told otherwise.
        if layout == .alpha && color.range == .unspecified { color.range = .full }
        writer = FrameWriter(pool: FramePool(size: target.size, format: target.format), color: color)
        let others = layout.panelCount - 1
        panelSize = Size(width: target.size.width / layout.panelCount, height: target.size.height)
        contentSize = Size(width: target.size.width - others * panelSize.width, height: target.size.height)
    }

    /// The size that a layout gives to frames of `source` size.
    public static func outputSize(for layout: Layout, source: Size) -> Size {
        Size(width: layout.panelCount * source.width, height: source.height)
    }

    /// The output's frame for a matted frame, with its time, duration and sample aspect ratio.
    ///
    /// - Parameter layer: what lies behind; only `composite` and `sideBySide` look at it.
    /// - Throws: `MatteError(.internal)` where the matte does not fit the picture.
    public func render(_ matted: MattedFrame, over layer: BackgroundLayer) throws -> Frame {
        let frame = matted.frame
        let checked = try checked(matted.matte, frame)
        if case .affine(let affine) = checked, layout != .contactSheet,
            Self.outputSize(for: layout, source: affine.pictureSize) == target.size
        {
            return try render(affine, of: frame, over: layer)
        }
        let matte = checked.dense(
            for: frame, withForeground: layout != .alpha, colors: colors, planes: planes)
        switch layout {
        case .alpha:
            return try write(scaled(matte.alpha), as: frame)
        case .foreground:
            return target.canShowAlpha
                ? try cutOut(matte, as: frame) : try write(composite(matte, .color(.black)), as: frame)
        case .composite:
            if case .transparent = layer, target.canShowAlpha { return try cutOut(matte, as: frame) }
            return try write(composite(matte, layer.isTransparent ? .color(.black) : layer), as: frame)
        case .sideBySide, .contactSheet:
            let result = composite(
                matte, layer.isTransparent ? .picture(board(of: matte.picture.size)) : layer)
            let panels = layout == .sideBySide ? [] : [matte.alpha.grey, foregroundOverBlack(matte)]
            let row = panels.map(panel).reduce(panel(matte.picture)) { $0.beside($1) }
            return try write(row.beside(result, pool: wide), as: frame)
        }
    }

    private func checked(_ matte: Matte, _ frame: Frame) throws -> Matte {
        let (size, fits) =
            switch matte {
            case .affine(let affine): (affine.pictureSize, affine.pictureSize == frame.size)
            case .dense(let dense): (dense.alpha.size, dense.fits)
            }
        guard fits else { throw MatteError(.internal, "a matte of \(size) does not fit a picture of \(frame.size)") }
        return matte
    }

    /// In one pass, from an affine matte straight into the target of the frame's own size.
    private func render(_ matte: AffineMatte, of frame: Frame, over layer: BackgroundLayer) throws -> Frame {
        if layout == .alpha { return try write(matte, as: .alpha, of: frame) }
        let matte = matte.hasForeground ? matte : estimation.matte(matte, of: frame)
        return try write(matte, as: content(over: layer, frame.size), of: frame)
    }

    private func write(_ matte: AffineMatte, as content: AffineContent, of frame: Frame) throws -> Frame {
        let besideSource = layout == .sideBySide
        return try writer.write(
            matte, of: frame, as: content, besideSource: besideSource,
            bare: besideSource ? nil : bareBackground(content, frame.size))
    }

    private func bareBackground(_ content: AffineContent, _ size: Size) throws -> BareBackground? {
        if let bare, bare.shows(content) { return bare }
        bare = nil
        if case .overPicture(let picture) = content {
            // One that changes from frame to frame would be made for nothing.
            let isStill = lastPicture.map { $0.isSame(as: picture) } ?? false
            lastPicture = picture
            guard isStill, picture.size == size else { return nil }
        }
        bare = try BareBackground(content, writer: writer)
        return bare
    }

    private func content(over layer: BackgroundLayer, _ size: Size) -> AffineContent {
        switch layout == .foreground ? .transparent : layer {
        case .transparent where layout == .sideBySide:
            return .overPicture(board(of: size))
        case .transparent where target.canShowAlpha:
            return alphaMode == .straight ? .straight(threshold: leastAlpha) : .premultiplied
        case .transparent:
            return .over(RGBColor.black.vector)
        case .color(let color):
            return .over(color.vector)
        case .picture(let picture):
            return .overPicture(picture.resized(to: size, filter: .lanczos))
        case .soft(let picture):
            return .overPicture(picture)
        }
    }

    /// What is not rounded to the code 0.
    private var leastAlpha: Float {
        let depth = target.format.components.last?.depth ?? 8
        return 0.5 / Float((1 << depth) - 1)
    }

    private func panel(_ picture: FloatImage) -> FloatImage { picture.resized(to: panelSize, filter: .lanczos) }

    private func foregroundOverBlack(_ matte: DenseMatte) -> FloatImage {
        foreground(of: matte).multiplied(by: matte.alpha, pool: colors)
    }

    /// The subject over an opaque layer, at the content's size.
    private func composite(_ matte: DenseMatte, _ layer: BackgroundLayer) -> FloatImage {
        let foreground = foreground(of: matte)
        let alpha = matte.alpha
        let result: FloatImage
        switch layer {
        case .transparent:
            result = foreground.multiplied(by: alpha, pool: colors)
        case .color(let color):
            result = foreground.over(color: color.components, alpha: alpha, pool: colors)
        case .picture(let picture):
            let behind = picture.resized(to: alpha.size, filter: .lanczos)
            result = foreground.over(behind, alpha: alpha, pool: colors)
        case .soft(let picture):
            let behind = picture.resized(to: alpha.size, filter: .bilinear)
            result = foreground.over(behind, alpha: alpha, pool: colors)
        }
        return scaled(result)
    }

    /// The subject's colour with its alpha beside it.
    private func cutOut(_ matte: DenseMatte, as frame: Frame) throws -> Frame {
        let foreground = foreground(of: matte)
        let alpha = matte.alpha
        if alphaMode == .straight && alpha.size == contentSize {
            let color = foreground.kept(where: alpha, isAtLeast: leastAlpha, pool: colors)
            return try write(color, alpha: alpha, as: frame)
        }
        // Only premultiplied colour may be resized: straight colour would take in what lies under alpha 0. And only
        // without ringing, which would give colour and alpha another proportion.
        let isSmaller = contentSize.pixelCount < alpha.size.pixelCount
        let filter: ResampleFilter = isSmaller ? .area : .bilinear
        let color = foreground.multiplied(by: alpha, pool: colors)
            .resized(to: contentSize, filter: filter, pool: scaledColors)
        let smallAlpha = alpha.resized(to: contentSize, filter: filter, pool: scaledAlphas)
        guard alphaMode == .straight else { return try write(color, alpha: smallAlpha, as: frame) }
        let nothing = FloatImage.filled(0, size: color.size, channels: 3)
        let straight = color.divided(by: smallAlpha, least: leastAlpha * 0.999, otherwise: nothing)
        return try write(straight, alpha: smallAlpha, as: frame)
    }

    private func foreground(of matte: DenseMatte) -> FloatImage {
        matte.foreground ?? estimation.foreground(of: matte.picture, alpha: matte.alpha)
    }

    private func scaled(_ picture: FloatImage) -> FloatImage {
        picture.resized(
            to: contentSize, filter: .lanczos, pool: picture.channels == 1 ? scaledAlphas : scaledColors)
    }

    private func write(_ picture: FloatImage, alpha: FloatImage? = nil, as frame: Frame) throws -> Frame {
        try writer.write(
            picture, alpha: alpha, timestamp: frame.timestamp, duration: frame.duration,
            sampleAspectRatio: frame.sampleAspectRatio)
    }

    /// Squares of two greys, about sixty over the longer side.
    private func board(of size: Size) -> FloatImage {
        if let chequerboard, chequerboard.size == size { return chequerboard }
        let side = max(size.longerSide / 60, 4)
        let tile = Size(width: 2 * side, height: 2 * side)
        let squares = FloatImage(size: tile, channels: 3) { floats in
            for index in floats.indices {
                let (x, y) = (index % tile.width, index / tile.width % tile.height)
                floats[index] = (x < side) == (y < side) ? 0.8 : 0.6
            }
        }
        let board = squares.tiled(over: size)
        chequerboard = board
        return board
    }
}

extension FloatImage {
    /// One channel as three equal ones.
    fileprivate var grey: FloatImage {
        withFloats { source in
            FloatImage(size: size, channels: 3) { target in
                for index in target.indices { target[index] = source[index % source.count] }
            }
        }
    }
}

extension DenseMatte {
    fileprivate var fits: Bool {
        alpha.size == picture.size && alpha.channels == 1 && picture.channels == 3
            && foreground.map { $0.size == alpha.size && $0.channels == 3 } ?? true
    }
}

extension RenderTarget {
    fileprivate var canShowAlpha: Bool { carriesAlpha && format.hasAlpha }
}

extension BackgroundLayer {
    fileprivate var isTransparent: Bool {
        if case .transparent = self { true } else { false }
    }
}
