internal import Frames

/// The engines there are, by name. A second one joins here.
public enum Engines {
    /// What `--engine` takes, besides "auto".
    public static let names = [OnnxRuntimeEngine.name]

    /// - Throws: `.usage` for an unknown name, `.missingPart` where the library is not installed.
    public static func make(_ name: String) throws -> any Engine {
        switch name {
        case "auto", OnnxRuntimeEngine.name: return try OnnxRuntimeEngine.shared()
        default:
            throw MatteError(
                .usage, "unknown engine '\(name)'",
                advice: "choose auto or \(names.joined(separator: " or "))")
        }
    }
}
