import Foundation
public import Frames

/// The pictures of a folder, in the order of their numbers.
public enum PictureFolder {
    /// Of the files that count as pictures, in small letters.
    public static let extensions: Set<String> = [
        "png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "exr", "dpx", "tga", "ppm", "pgm", "jp2",
    ]

    /// Paths, "frame2" before "frame10"; hidden files are left out.
    ///
    /// - Throws: `.noInput` where the folder may not be read, `.badInput` where it holds no pictures.
    public static func pictures(in folder: String) throws(MatteError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw MatteError(.noInput, "the folder '\(folder)' may not be read", advice: "check its permissions")
        }
        let pictures = names.filter {
            !$0.hasPrefix(".") && extensions.contains(($0 as NSString).pathExtension.lowercased())
        }
        guard !pictures.isEmpty else {
            throw MatteError(
                .badInput, "the folder '\(folder)' holds no pictures",
                advice: "PNG, JPEG, TIFF, WebP, BMP, EXR and DPX files are taken")
        }
        return pictures.sorted(by: numericallyBefore).map { (folder as NSString).appendingPathComponent($0) }
    }

    /// Runs of digits compare as numbers, everything else as bytes; the same on every machine, whatever the locale.
    static func numericallyBefore(_ a: String, _ b: String) -> Bool {
        let (left, right) = (pieces(of: a), pieces(of: b))
        for (x, y) in zip(left, right) where x != y {
            if let m = number(x), let n = number(y), m != n { return m.count == n.count ? m < n : m.count < n.count }
            return x < y
        }
        return left.count == right.count ? a < b : left.count < right.count
    }

    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            let isDigit = character.isASCII && character.isNumber
            if let last = pieces.last, number(last) != nil || last == "0" ? isDigit : !isDigit {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }

    /// The digits without leading zeros; nil for anything else.
    private static func number(_ piece: String) -> String? {
        guard piece.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return String(piece.drop { $0 == "0" })
    }
}
