import Frames
import Glibc

/// A file that is named while a show runs: it must not keep the orders after it waiting.
enum OrderedFile {
    /// - Parameter path: of a file, or whatever else a word can mean.
    /// - Throws: `.badInput` for a pipe or a device: opening it may take for ever.
    static func check(_ path: String) throws(MatteError) {
        var facts = stat()
        guard stat(path, &facts) == 0, ![S_IFREG, S_IFDIR].contains(facts.st_mode & S_IFMT) else { return }
        throw MatteError(.badInput, "'\(path)' is a pipe or a device, not a file", advice: "give a file")
    }
}
