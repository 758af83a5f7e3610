internal import Glibc

/// A video device as the system lists it, without opening it.
public struct VideoNode: Sendable, Hashable {
    /// "/dev/video0".
    public let path: String
    /// The driver's name for it, "HD Webcam C615"; nil where the system does not say.
    public let name: String?

    public init(path: String, name: String? = nil) {
        self.path = path
        self.name = name
    }

    /// All of them by number: those of `/sys/class/video4linux`, else those in `/dev`.
    public static func all() -> [VideoNode] {
        let listed = numbers(in: classFolder)
        return (listed.isEmpty ? numbers(in: "/dev") : listed).map { number in
            let node = VideoNode(path: "/dev/video\(number)")
            return VideoNode(path: node.path, name: node.attribute("name"))
        }
    }

    /// The number in "/dev/video3"; nil for other paths.
    public var number: Int? { Self.number("/dev/video", path) }

    private static let classFolder = "/sys/class/video4linux"

    /// A file of the device's folder in `/sys`, without the line's end.
    func attribute(_ name: String) -> String? {
        number.flatMap { SystemFile.line("\(Self.classFolder)/video\($0)/\(name)") }
    }

    private static func numbers(in folder: String) -> [Int] {
        SystemFile.entries(of: folder).compactMap { Self.number("video", $0) }.sorted()
    }

    private static func number(_ prefix: String, _ text: String) -> Int? {
        guard text.hasPrefix(prefix) else { return nil }
        let digits = text.dropFirst(prefix.count)
        return digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
    }
}
