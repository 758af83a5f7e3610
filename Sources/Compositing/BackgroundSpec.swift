internal import Foundation
internal import Frames

/// What a person asked to have behind the subject.
public enum BackgroundSpec: Sendable, Hashable {
    /// Nothing: the output carries alpha.
    case transparent
    case color(RGBColor)
    /// The picture's own background, blurred; the radius as `BlurBackground` takes it, nil for its default.
    case blur(radius: Double?)
    /// A picture, a clip, or whatever else the decoder opens.
    case file(String)

    /// Reads `transparent`, `blur`, `blur:RADIUS`, a CSS colour name, `#RGB`, `#RRGGBB`, or else a file's path or URL.
    ///
    /// - Parameter fileExists: asked for words that could be a path.
    /// - Throws: `.usage` for a word that is none of these and no file, with the nearest name; `.noInput` for what is
    ///   clearly a path but not there.
    public init(parsing text: String, fileExists: (String) -> Bool) throws {
        let word = text.lowercased()
        if word == "transparent" {
            self = .transparent
        } else if word == "blur" {
            self = .blur(radius: nil)
        } else if word.hasPrefix("blur:") {
            guard let radius = Double(word.dropFirst("blur:".count)), (0...10_000).contains(radius) else {
                throw MatteError(
                    .usage, "the background '\(text)' has no radius that can be used",
                    advice: "write blur:RADIUS with pixels from 0 to 10000, for example blur:24")
            }
            self = .blur(radius: radius)
        } else if let color = RGBColor(css: text) {
            self = .color(color)
        } else if !text.isEmpty && (text.contains("://") || text.contains("%") || fileExists(text)) {
            // URLs and patterns of numbered pictures are for the decoder to judge.
            self = .file(text)
        } else if text.hasPrefix("#") {
            throw MatteError(
                .usage, "the background '\(text)' is not a colour",
                advice: "write #RGB or #RRGGBB, for example #78FF9B"
            )
        } else if text.contains("/") || text.contains(".") {
            throw MatteError(
                .noInput, "there is no background file '\(text)'", advice: "check the path, or name a colour")
        } else {
            throw MatteError(
                .usage, "the background '\(text)' is neither a colour nor a file", advice: Self.suggestion(for: word))
        }
    }

    /// The same, looking at the disk.
    public init(parsing text: String) throws {
        try self.init(parsing: text) { FileManager.default.fileExists(atPath: $0) }
    }

    private static func suggestion(for word: String) -> String {
        let names = (CSSColorNames.values.keys + ["transparent", "blur"]).sorted()
        if let near = Spelling.nearest(to: word, among: names) { return "did you mean '\(near)'?" }
        return "give transparent, blur, a CSS colour name, #RRGGBB, or the path of a picture or clip"
    }
}
