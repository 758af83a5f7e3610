public import Frames

/// Where the control socket is.
public enum ControlPath {
    /// `matte-live.sock` in the user's own folder of running programs; nil where the system has none.
    public static func usual(environment: [String: String]) -> String? {
        environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? "\($0)/matte-live.sock" : nil }
    }

    /// - Parameter given: `--control`.
    /// - Throws: `.usage` where neither it nor XDG_RUNTIME_DIR says a place.
    public static func find(_ given: String?, environment: [String: String]) throws(MatteError) -> String {
        if let path = given ?? usual(environment: environment) { return path }
        throw MatteError(
            .usage, "XDG_RUNTIME_DIR is not set, so there is no usual place for the control socket",
            advice: "say where with --control")
    }
}
