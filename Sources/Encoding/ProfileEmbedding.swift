internal import Frames

/// Puts an ICC profile into an encoded TIFF or WebP: FFmpeg 5's encoders of these two leave it out.
struct ProfileEmbedding {
    private let profile: [UInt8]
    private let kind: PictureFileKind
    private let size: Size
    private let hasAlpha: Bool

    /// - Parameters:
    ///   - size: of the pictures as stored.
    ///   - hasAlpha: whether their alpha is kept.
    /// - Returns: nil for kinds whose encoders do it.
    init?(_ profile: ICCProfile, kind: PictureFileKind, size: Size, hasAlpha: Bool) {
        guard kind == .tiff || kind == .webp else { return nil }
        self.profile = profile.bytes
        self.kind = kind
        self.size = size
        self.hasAlpha = hasAlpha
    }

    /// The file with the profile in it; as it was where it has one, or is not what it should be.
    func embedded(in file: UnsafeRawBufferPointer) -> [UInt8] {
        let file = Array(file)
        return (kind == .tiff ? inTIFF(file) : inWebP(file)) ?? file
    }

    /// A new directory at the end, with a field more (TIFF 6.0, section 2; ICC.1:2022, annex B.4). What the old fields
    /// point at stays where it is.
    private func inTIFF(_ file: [UInt8]) -> [UInt8]? {
        let tag = 34675
        guard file.count >= 8, Array(file[0..<4]) == [0x49, 0x49, 42, 0] else { return nil }
        let start = file.number(at: 4, bytes: 4)
        guard start + 2 <= file.count else { return nil }
        let count = file.number(at: start, bytes: 2)
        let end = start + 2 + 12 * count
        guard end + 4 <= file.count else { return nil }
        var fields = (0..<count).map { Array(file[start + 2 + 12 * $0..<start + 14 + 12 * $0]) }
        guard !fields.contains(where: { $0.number(at: 0, bytes: 2) == tag }) else { return nil }
        var result = file + (file.count % 2 == 1 ? [0] : [])
        let directory = result.count
        let data = directory + 2 + 12 * (count + 1) + 4
        // 7: bytes of any meaning.
        let field = tag.bytes(2) + 7.bytes(2) + profile.count.bytes(4) + data.bytes(4)
        fields.insert(field, at: fields.firstIndex { $0.number(at: 0, bytes: 2) > tag } ?? count)
        result += fields.count.bytes(2) + fields.flatMap { $0 } + file[end..<end + 4] + profile
        result.replaceSubrange(4..<8, with: directory.bytes(4))
        return result
    }

    /// The chunk ICCP behind the chunk VP8X, which says that it is there (RFC 9649, section 2.7).
    private func inWebP(_ file: [UInt8]) -> [UInt8]? {
        guard file.count >= 30, file[0..<4].elementsEqual("RIFF".utf8), file[8..<12].elementsEqual("WEBP".utf8) else {
            return nil
        }
        let (profileFlag, alphaFlag): (UInt8, UInt8) = (0x20, 0x10)
        var rest = file[12...]
        var flags = hasAlpha ? alphaFlag : 0
        if rest.starts(with: "VP8X".utf8) {
            flags |= file[20]
            rest = file[30...]
        }
        guard flags & profileFlag == 0 else { return nil }
        let features =
            Array("VP8X".utf8) + 10.bytes(4) + [flags | profileFlag, 0, 0, 0] + (size.width - 1).bytes(3)
            + (size.height - 1).bytes(3)
        let chunk = Array("ICCP".utf8) + profile.count.bytes(4) + profile + (profile.count % 2 == 1 ? [0] : [])
        let content = Array("WEBP".utf8) + features + chunk + rest
        return Array("RIFF".utf8) + content.count.bytes(4) + content
    }
}

extension Int {
    /// The lowest bytes, the lowest first.
    fileprivate func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
    }
}

extension [UInt8] {
    /// An unsigned number, the lowest byte first; the caller has seen that it lies inside.
    fileprivate func number(at place: Int, bytes count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
    }
}
