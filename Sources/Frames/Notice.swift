/// Takes one sentence that a person should read but that stops nothing: a guess, a fall-back, a damaged packet.
public typealias NoticeHandler = @Sendable (String) -> Void
