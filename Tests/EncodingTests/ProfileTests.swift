import Encoding
import Foundation
import Frames
import TestSupport
import Testing

/// ICC profiles in picture files, read back by Pillow.
@Suite struct ProfileTests {
    /// A header that says "RGB " and nothing behind it; an odd length, which chunks have to be filled up for.
    private static let profile = ICCProfile(
        (0..<151).map { index in
            switch index {
            case 16..<20: Array("RGB ".utf8)[index - 16]
            case 36..<40: Array("acsp".utf8)[index - 36]
            default: UInt8(truncatingIfNeeded: index * 7)
            }
        })

    @Test(arguments: ["png", "jpg", "webp", "tiff"], [false, true])
    func picturesKeepTheirProfile(kind: String, wantsAlpha: Bool) throws {
        let scratch = try Scratch()
        let profile = try #require(Self.profile)
        var paths: [String] = []
        for (name, kept) in [("with", profile), ("without", nil)] {
            var video = VideoDescription.small(wantsAlpha: wantsAlpha)
            video.iccProfile = kept
            _ = try writeRamps(to: scratch("\(name).\(kind)"), video, times: [0])
            paths.append(scratch("\(name).\(kind)"))
        }
        try Data(profile.bytes).write(to: URL(fileURLWithPath: scratch("profile.icc")))
        // The same pixels, and the profile in one of the two.
        try ReferencePython.run(
            """
            import sys
            from PIL import Image
            one, other = Image.open(sys.argv[1]), Image.open(sys.argv[2])
            one.load(), other.load()
            assert one.info.get("icc_profile") == open(sys.argv[3], "rb").read(), "profile"
            assert not other.info.get("icc_profile"), "no profile"
            assert one.size == other.size and one.mode == other.mode and one.tobytes() == other.tobytes(), "pixels"
            """, paths + [scratch("profile.icc")])
        #expect(
            try OutputProbe.pixels(paths[0], format: "rgba") == OutputProbe.pixels(paths[1], format: "rgba"))
    }

    @Test func aMatteHasNone() throws {
        let scratch = try Scratch()
        var video = VideoDescription.small()
        video.isGray = true
        video.iccProfile = Self.profile
        _ = try writeRamps(to: scratch("a.png"), video, times: [0])
        try ReferencePython.run(
            "import sys; from PIL import Image; assert not Image.open(sys.argv[1]).info.get('icc_profile')",
            [scratch("a.png")])
    }

    @Test func whatIsNoProfileIsNone() {
        #expect(ICCProfile([]) == nil)
        #expect(ICCProfile([UInt8](repeating: 0, count: 400)) == nil)
        #expect(Self.profile?.isForRGB == true)
        #expect(Self.profile?.isSRGB == false)
    }
}
