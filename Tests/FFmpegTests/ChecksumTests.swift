import FFmpeg
import TestSupport
import Testing

@Suite struct ChecksumTests {
    private func sum(_ bytes: some Sequence<UInt8>) throws -> String {
        try Array(bytes).withUnsafeBytes { try Checksum.hexDigits(of: $0) }
    }

    @Test func everyFlippedBitAndEveryLostByteShows() throws {
        var random = SeededRandom(seed: 5)
        var bytes = (0..<100).map { _ in UInt8.random(in: 0...255, using: &random) }
        let whole = try sum(bytes)
        #expect(whole.count == Checksum.digitCount && whole.allSatisfy(\.isHexDigit))
        #expect(try sum(bytes) == whole)
        var seen: Set = [whole]
        for bit in 0..<bytes.count * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(try seen.insert(sum(bytes)).inserted)
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        for count in 0..<bytes.count { #expect(try seen.insert(sum(bytes.prefix(count))).inserted) }
    }
}
