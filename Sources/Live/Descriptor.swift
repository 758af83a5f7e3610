import Glibc

/// Owns a file descriptor and closes it once.
final class Descriptor: Sendable {
    let number: Int32

    init?(_ number: Int32) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit { close(number) }
}
