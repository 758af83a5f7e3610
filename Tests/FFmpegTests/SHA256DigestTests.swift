import FFmpeg
import Foundation
import Frames
import TestSupport
import Testing

/// Vectors of FIPS 180-4's examples.
@Suite struct SHA256DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func knownAnswers(_ text: String, _ digest: String) throws {
        #expect(try Data(text.utf8).withUnsafeBytes { try SHA256Digest.hexDigest(of: $0) } == digest)
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("file")))
        #expect(try SHA256Digest.hexDigest(ofFile: folder.path("file")) == digest)
    }

    @Test func aFileIsReadToItsEnd() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("million")
        try Data(repeating: UInt8(ascii: "a"), count: 1_000_000 + 48_576 * 10).prefix(1_000_000)
            .write(to: URL(fileURLWithPath: path))
        var seen: [Int64] = []
        let digest = try SHA256Digest.hexDigest(ofFile: path) { seen.append($0) }
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
        #expect(seen.last == 1_000_000)
    }

    @Test func aMissingFileIsSaid() {
        let error = #expect(throws: MatteError.self) { try SHA256Digest.hexDigest(ofFile: "/no/such/file") }
        #expect(error?.kind == .noInput)
    }
}
