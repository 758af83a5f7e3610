import Testing

@testable import V4L2

struct LoopbackControlTests {
    /// The module's own header: numbers of its own until 0.15, then those of Linux's scheme (write, 72 bytes, '~', 1).
    @Test(
        arguments: [
            ("0.13.0", 0x4C80), ("0.13.2", 0x4C80), ("0.14.0", 0x4C80), ("v0.14.0-12-g0123456", 0x4C80),
            ("0.15.0", 0x4048_7E01),
            ("0.15.4", 0x4048_7E01), ("0.16", 0x4048_7E01), ("1.0.0", 0x4048_7E01),
        ] as [(String, UInt)])
    func everyVersionIsAskedInItsOwnWay(version: String, request: UInt) {
        #expect(LoopbackControl(version: version)?.addRequest == request)
    }

    @Test(arguments: ["0.12.7", "0.12.5-g0123456", "0.9.1", "", "unknown", "15"])
    func whatHasNoSuchDeviceOrNoKnownLayoutIsLeftAlone(version: String) {
        #expect(LoopbackControl(version: version) == nil)
    }

    /// s32 number, s32 number, 32 characters, and zeros.
    @Test func theConfigurationIsOneThatEveryVersionReadsAlike() {
        let label = "A label that is longer than the module can keep"
        var configuration = LoopbackControl.configuration(number: 258, label: label)
        let bytes = withUnsafeBytes(of: &configuration) { Array($0) }
        let number: [UInt8] = [2, 1, 0, 0]
        #expect(bytes == number + number + label.utf8.prefix(31) + Array(repeating: 0, count: 1 + 8 * 4))
        configuration = LoopbackControl.configuration(number: nil, label: "Matte")
        #expect(withUnsafeBytes(of: &configuration) { Array($0) }.prefix(8).allSatisfy { $0 == 255 })
    }
}
