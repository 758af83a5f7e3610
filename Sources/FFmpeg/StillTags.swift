internal import CFFmpeg

/// What the file of a still picture says beside its pixels, where FFmpeg 5's decoders leave it out: how a PNG, WebP or
/// TIFF is to be turned (EXIF 2.32, tag 0x0112), and what else a person should know of it.
struct StillTags {
    private(set) var orientation: Orientation?
    /// Inks in place of light (TIFF 6.0, section 16).
    private(set) var isCMYK = false
    /// More than one page in a TIFF.
    private(set) var hasMorePages = false
    /// A moving WebP.
    private(set) var isAnimated = false
    /// A JPEG that ends before its end: its decoder paints what is missing in one colour and says nothing.
    private(set) var isCutOff = false

    init(codec: AVCodecID, bytes: UnsafeRawBufferPointer) {
        switch codec {
        case AV_CODEC_ID_TIFF: readDirectory(TiffDirectory(bytes), ofPicture: true)
        case AV_CODEC_ID_PNG: readPNG(bytes)
        case AV_CODEC_ID_WEBP: readWebP(bytes)
        case AV_CODEC_ID_MJPEG: isCutOff = !Self.reachesEndOfImage(bytes)
        default: break
        }
    }

    /// Walks from marker to marker (ITU-T T.81, annex B.1), so that the end of a thumbnail does not count.
    private static func reachesEndOfImage(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var place = 2
        while place + 1 < bytes.count {
            guard bytes[place] == 0xFF else {
                place += 1
                continue
            }
            switch bytes[place + 1] {
            case 0xD9: return true
            // Within coded data: a filled-up 0xFF, restarts, padding.
            case 0x00, 0x01, 0xD0...0xD8: place += 2
            case 0xFF: place += 1
            default: place += 2 + max(bytes.number(at: place + 2, bytes: 2, littleEndian: false) ?? bytes.count, 2)
            }
        }
        return false
    }

    private mutating func readDirectory(_ directory: TiffDirectory?, ofPicture: Bool) {
        guard let directory else { return }
        orientation = directory.shortValue(ofTag: 0x0112).flatMap(Orientation.init(exif:))
        guard ofPicture else { return }
        isCMYK = directory.shortValue(ofTag: 0x0106) == 5
        hasMorePages = directory.hasNext
    }

    /// The chunk eXIf (PNG third edition, section 11.3.4.5).
    private mutating func readPNG(_ bytes: UnsafeRawBufferPointer) {
        var place = 8
        while let length = bytes.number(at: place, bytes: 4, littleEndian: false) {
            let kind = bytes.text(at: place + 4, count: 4)
            if kind == "eXIf" {
                readDirectory(bytes.part(place + 8, length).flatMap(TiffDirectory.init), ofPicture: false)
            }
            guard kind != "IEND", orientation == nil else { return }
            place += 12 + length
        }
    }

    /// The chunks of RFC 9649, section 2.7.
    private mutating func readWebP(_ bytes: UnsafeRawBufferPointer) {
        var place = 12
        while let length = bytes.number(at: place + 4, bytes: 4, littleEndian: true) {
            switch bytes.text(at: place, count: 4) {
            case "ANIM": isAnimated = true
            case "EXIF":
                // Some writers put JPEG's marker in front.
                let marker = bytes.text(at: place + 8, count: 4) == "Exif" ? 6 : 0
                readDirectory(
                    bytes.part(place + 8 + marker, max(length - marker, 0)).flatMap(TiffDirectory.init),
                    ofPicture: false)
            default: break
            }
            place += 8 + length + length % 2
        }
    }
}

/// The first directory of a TIFF file or of EXIF data, which is one (TIFF 6.0, section 2).
struct TiffDirectory {
    private let bytes: UnsafeRawBufferPointer
    private let littleEndian: Bool
    private let start: Int
    private let count: Int

    /// Nil for what is no TIFF.
    init?(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        switch bytes.text(at: 0, count: 2) {
        case "II": littleEndian = true
        case "MM": littleEndian = false
        default: return nil
        }
        guard bytes.number(at: 2, bytes: 2, littleEndian: littleEndian) == 42,
            let start = bytes.number(at: 4, bytes: 4, littleEndian: littleEndian),
            let count = bytes.number(at: start, bytes: 2, littleEndian: littleEndian)
        else { return nil }
        self.start = start
        self.count = count
    }

    /// The first value of a field of 16-bit numbers; nil where there is none.
    func shortValue(ofTag tag: Int) -> Int? {
        for index in 0..<count {
            let field = start + 2 + 12 * index
            guard let found = bytes.number(at: field, bytes: 2, littleEndian: littleEndian) else { return nil }
            if found == tag, bytes.number(at: field + 2, bytes: 2, littleEndian: littleEndian) == 3 {
                return bytes.number(at: field + 8, bytes: 2, littleEndian: littleEndian)
            }
        }
        return nil
    }

    var hasNext: Bool { bytes.number(at: start + 2 + 12 * count, bytes: 4, littleEndian: littleEndian) ?? 0 != 0 }
}

extension UnsafeRawBufferPointer {
    /// An unsigned number of 2 or 4 bytes; nil where it would lie outside.
    fileprivate func number(at place: Int, bytes count: Int, littleEndian: Bool) -> Int? {
        guard place >= 0, place <= self.count - count else { return nil }
        let digits = (0..<count).map { Int(self[place + (littleEndian ? count - 1 - $0 : $0)]) }
        return digits.reduce(0) { $0 << 8 | $1 }
    }

    fileprivate func text(at place: Int, count: Int) -> String {
        guard place >= 0, place <= self.count - count else { return "" }
        return String(decoding: self[place..<place + count], as: UTF8.self)
    }

    fileprivate func part(_ place: Int, _ length: Int) -> UnsafeRawBufferPointer? {
        guard place >= 0, length >= 0, place <= count - length else { return nil }
        return UnsafeRawBufferPointer(rebasing: self[place..<place + length])
    }
}

extension Orientation {
    /// - Parameter exif: 1…8 (EXIF 2.32, table 6); nil for other numbers.
    init?(exif: Int) {
        let cases: [(degreesClockwise: Int, isMirrored: Bool)] = [
            (0, false), (0, true), (180, false), (180, true), (270, true), (90, false), (90, true), (270, false),
        ]
        guard cases.indices.contains(exif - 1) else { return nil }
        self.init(degreesClockwise: cases[exif - 1].degreesClockwise, isMirrored: cases[exif - 1].isMirrored)
    }
}
