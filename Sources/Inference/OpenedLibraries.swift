internal import Frames

/// The libraries of one kind that this process has opened. What was opened once stays open: sessions use it until the
/// end, and an engine has one environment in a process. Any thread may use it.
final class OpenedLibraries<Opened: Sendable>: Sendable {
    private let opened = Protected<[String: Opened]>([:])

    /// Opens each place that `locator` finds in turn.
    ///
    /// - Parameter make: opens one; throws with the reason as the message.
    /// - Throws: `.missingPart` with the first reason, where none opens.
    func open(_ locator: SharedLibraryLocator, make: (String) throws -> Opened) throws -> Opened {
        var reasons: [String] = []
        for place in try locator.candidates() {
            do {
                return try opened.withLock { opened in
                    if let library = opened[place] { return library }
                    let library = try make(place)
                    opened[place] = library
                    return library
                }
            } catch let error as MatteError {
                reasons.append(error.message)
            }
        }
        // What was found comes before the bare names, so the first reason is the one that tells most.
        let library = locator.library
        throw MatteError(
            .missingPart, "\(library.title) cannot be loaded (\(reasons.first ?? "no library was found"))",
            advice: "run `make deps`, or set \(library.variable) to \(library.fileName) or its folder")
    }
}

/// A library's message as part of one line: they run over several lines and carry source paths of their own.
func oneLine(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 400 ? line.prefix(400) + "…" : line
}

/// The text that a C function wrote into a buffer of `capacity` bytes, ended by a zero.
func written(capacity: Int, by body: (UnsafeMutablePointer<CChar>?, Int) -> Void) -> String {
    var characters = [CChar](repeating: 0, count: max(capacity, 1))
    characters.withUnsafeMutableBufferPointer { body($0.baseAddress, $0.count) }
    return String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
