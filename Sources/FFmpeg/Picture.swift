internal import CFFmpeg
internal import Frames

/// Owns an `AVFrame` and what it refers to; the storage behind a decoded `Frame`.
final class Picture: @unchecked Sendable {
    // Sendable: filled by the decoder before the frame on it is made, only read afterwards.
    let pointer: UnsafeMutablePointer<AVFrame>

    init() throws(MatteError) {
        guard let pointer = av_frame_alloc() else { throw MatteError(.internal, "out of memory") }
        self.pointer = pointer
    }

    /// Takes over a picture that has no other owner.
    init(owning pointer: UnsafeMutablePointer<AVFrame>) { self.pointer = pointer }

    deinit {
        var owned: UnsafeMutablePointer<AVFrame>? = pointer
        av_frame_free(&owned)
    }

    var format: AVPixelFormat { AVPixelFormat(rawValue: pointer.pointee.format) }

    /// The picture as a `Frame` on the same memory.
    ///
    /// - Parameter color: fills what the picture itself does not say.
    func frame(
        format: PixelFormat, color: ColorDescription, timestamp: Timestamp, sampleAspectRatio: Rational
    ) -> Frame? {
        let slots = pointer.pointee
        let data = [slots.data.0, slots.data.1, slots.data.2, slots.data.3]
        let strides = [slots.linesize.0, slots.linesize.1, slots.linesize.2, slots.linesize.3]
        var planes: [Frame.Plane] = []
        for index in 0..<min(4, format.planeCount) {
            guard let base = data[index] else { return nil }
            planes.append(Frame.Plane(base: UnsafeRawPointer(base), strideBytes: Int(strides[index])))
        }
        let own = ColorDescription(
            range: slots.color_range, matrix: slots.colorspace, primaries: slots.color_primaries,
            transfer: slots.color_trc, location: slots.chroma_location)
        return Frame(
            size: Size(width: Int(slots.width), height: Int(slots.height)), format: format,
            color: own.filled(from: color), timestamp: timestamp, duration: max(0, slots.pkt_duration),
            sampleAspectRatio: sampleAspectRatio, planes: planes, storage: self)
    }
}

extension ColorDescription {
    /// What is unspecified here, as `other` says it.
    func filled(from other: ColorDescription) -> ColorDescription {
        ColorDescription(
            matrix: matrix == .unspecified ? other.matrix : matrix,
            range: range == .unspecified ? other.range : range,
            primaries: primaries == 2 || primaries == 0 ? other.primaries : primaries,
            transfer: transfer == 2 || transfer == 0 ? other.transfer : transfer,
            chromaLocation: chromaLocation == .unspecified ? other.chromaLocation : chromaLocation)
    }
}
