import FFmpeg
public import Frames

/// Which files an input is read from.
public enum InputFiles {
    /// Paths in the order of reading: one for a file, all pictures of a folder or of a pattern such as `frames/%05d.png`.
    ///
    /// - Returns: nil for standard input and for addresses on a network.
    /// - Throws: `.noInput` where nothing is there, `.badInput` for an empty file or a folder without pictures.
    public static func paths(of input: String) throws(MatteError) -> [String]? {
        switch try InputLocation(input, options: DecodingOptions(), notice: { _ in }) {
        case .pictures(let paths): return paths
        case .media(let location):
            if location.url.hasPrefix("file:") == false { return nil }
            guard location.formatName == "image2", location.options["pattern_type"] == nil,
                let pattern = PicturePattern(input)
            else { return [input] }
            let numbers = pattern.numbers()
            let first = numbers.first ?? 0
            return numbers.enumerated().prefix { $1 - first == $0 }.map { pattern.path(number: $1) }
        }
    }
}
