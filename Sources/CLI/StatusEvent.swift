import Live

/// One line of `matte live --json`: `event` is "status", or "done" for the last one.
struct StatusEvent: Encodable {
    let event: String
    let status: LiveStatus
}
