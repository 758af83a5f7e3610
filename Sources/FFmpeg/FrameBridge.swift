internal import CFFmpeg
internal import Frames

/// Makes FFmpeg's `AVFrame` of our frames: on the same memory where the encoder can read it as it is, else a copy.
struct FrameBridge {
    private let settings: VideoEncoderSettings
    private let storedFormat: AVPixelFormat
    private let swapsBytes: Bool

    init(_ settings: VideoEncoderSettings) throws(MatteError) {
        let own = av_get_pix_fmt(settings.format.name)
        let stored = av_get_pix_fmt(settings.storedFormatName)
        let fullRangeTwin = settings.storedFormatName.replacingPrefix("yuvj", with: "yuv")
        swapsBytes = stored != own && stored == av_pix_fmt_swap_endianness(own)
        guard stored != AV_PIX_FMT_NONE, stored == own || swapsBytes || fullRangeTwin == settings.format.name else {
            throw MatteError(
                .internal, "frames of \(settings.format) cannot be stored as \(settings.storedFormatName)")
        }
        guard settings.storedSize.width >= settings.frameSize.width,
            settings.storedSize.height >= settings.frameSize.height
        else { throw MatteError(.internal, "\(settings.frameSize) does not fit into \(settings.storedSize)") }
        self.settings = settings
        storedFormat = stored
    }

    /// For pictures that are not encoded: on the frames' own memory.
    init(frames size: Size, format: PixelFormat, color: ColorDescription) throws(MatteError) {
        try self.init(
            VideoEncoderSettings(
                encoder: "none", frameSize: size, storedSize: size, format: format, storedFormatName: format.name,
                color: color, timeBase: Rational(1, 1), frameRate: .unknown, sampleAspectRatio: .unknown, options: [],
                needsGlobalHeader: false))
    }

    /// - Returns: a picture that the caller frees; it keeps the frame's memory alive.
    func picture(for frame: Frame) throws(MatteError) -> UnsafeMutablePointer<AVFrame> {
        guard frame.format == settings.format, frame.size == settings.frameSize,
            frame.planes.count == frame.format.planeCount
        else {
            throw MatteError(
                .internal,
                "a picture of \(frame.size) \(frame.format) came where \(settings.frameSize) \(settings.format) was due"
            )
        }
        guard let picture = av_frame_alloc() else { throw MatteError(.internal, "out of memory") }
        var owned: UnsafeMutablePointer<AVFrame>? = picture
        picture.pointee.width = Int32(clamping: settings.storedSize.width)
        picture.pointee.height = Int32(clamping: settings.storedSize.height)
        picture.pointee.format = storedFormat.rawValue
        picture.pointee.color_range = settings.color.avRange
        picture.pointee.colorspace = settings.color.avMatrix
        picture.pointee.color_primaries = settings.color.avPrimaries
        picture.pointee.color_trc = settings.color.avTransfer
        picture.pointee.chroma_location = settings.color.avChromaLocation
        if settings.sampleAspectRatio.isKnown {
            picture.pointee.sample_aspect_ratio = AVRational(settings.sampleAspectRatio)
        }
        let sharesMemory =
            !swapsBytes && settings.storedSize == settings.frameSize && frame.planes.allSatisfy { $0.strideBytes > 0 }
        guard sharesMemory ? share(frame, with: picture) : copy(frame, to: picture) else {
            av_frame_free(&owned)
            throw MatteError(.internal, "out of memory")
        }
        if let profile = settings.iccProfile?.bytes {
            guard let side = av_frame_new_side_data(picture, AV_FRAME_DATA_ICC_PROFILE, profile.count) else {
                av_frame_free(&owned)
                throw MatteError(.internal, "out of memory")
            }
            UnsafeMutableRawBufferPointer(start: side.pointee.data, count: profile.count).copyBytes(from: profile)
        }
        return picture
    }

    /// What an `AVBuffer` holds on to.
    private final class Owner {
        let frame: Frame
        init(_ frame: Frame) { self.frame = frame }
    }

    private func share(_ frame: Frame, with picture: UnsafeMutablePointer<AVFrame>) -> Bool {
        let owner = Unmanaged.passRetained(Owner(frame))
        let (_, rows) = frame.format.layout(ofPlane: 0, in: frame.size)
        let first = UnsafeMutableRawPointer(mutating: frame.planes[0].base).assumingMemoryBound(to: UInt8.self)
        // Read-only: encoders that would write into their input make a copy first.
        let buffer = av_buffer_create(
            first, frame.planes[0].strideBytes * rows,
            { opaque, _ in if let opaque { Unmanaged<Owner>.fromOpaque(opaque).release() } }, owner.toOpaque(),
            Int32(AV_BUFFER_FLAG_READONLY))
        guard let buffer else {
            owner.release()
            return false
        }
        picture.pointee.buf.0 = buffer
        withPlaneSlots(of: picture) { data, strides in
            for (index, plane) in frame.planes.enumerated() {
                data[index] = UnsafeMutableRawPointer(mutating: plane.base).assumingMemoryBound(to: UInt8.self)
                strides[index] = Int32(clamping: plane.strideBytes)
            }
        }
        picture.pointee.extended_data = dataSlots(of: picture)
        return true
    }

    private func copy(_ frame: Frame, to picture: UnsafeMutablePointer<AVFrame>) -> Bool {
        guard av_frame_get_buffer(picture, 0) >= 0 else { return false }
        withPlaneSlots(of: picture) { data, strides in
            for index in frame.planes.indices {
                guard let base = data[index] else { continue }
                frame.withPlane(index) { plane in
                    copy(plane, index, to: UnsafeMutableRawPointer(base), strideBytes: Int(strides[index]))
                }
            }
        }
        return true
    }

    private func copy(
        _ plane: Frame.Plane, _ index: Int, to base: UnsafeMutableRawPointer, strideBytes: Int
    ) {
        let format = settings.format
        let (rowBytes, rows) = format.layout(ofPlane: index, in: settings.frameSize)
        let (storedRowBytes, storedRows) = format.layout(ofPlane: index, in: settings.storedSize)
        let step = format.components.first { $0.plane == index }?.stepBytes ?? 1
        for row in 0..<storedRows {
            let source = plane.base + min(row, rows - 1) * plane.strideBytes
            let target = base + row * strideBytes
            target.copyMemory(from: source, byteCount: rowBytes)
            for offset in stride(from: rowBytes, to: storedRowBytes, by: step) {
                (target + offset).copyMemory(from: source + (rowBytes - step), byteCount: step)
            }
            if swapsBytes {
                let words = target.assumingMemoryBound(to: UInt16.self)
                for word in 0..<storedRowBytes / 2 { words[word] = words[word].byteSwapped }
            }
        }
    }

    private func withPlaneSlots(
        of picture: UnsafeMutablePointer<AVFrame>,
        _ body: (
            _ data: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, _ strides: UnsafeMutablePointer<Int32>
        ) -> Void
    ) {
        let strides = UnsafeMutableRawPointer(picture).advanced(
            by: MemoryLayout<AVFrame>.offset(of: \.linesize) ?? 0
        ).assumingMemoryBound(to: Int32.self)
        body(dataSlots(of: picture), strides)
    }

    /// The `data` array, which C keeps at the frame's start.
    private func dataSlots(
        of picture: UnsafeMutablePointer<AVFrame>
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?> {
        UnsafeMutableRawPointer(picture).advanced(by: MemoryLayout<AVFrame>.offset(of: \.data) ?? 0)
            .assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self)
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
