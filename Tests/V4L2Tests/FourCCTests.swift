import Testing
import V4L2

struct FourCCTests {
    @Test func namesGoBothWays() {
        for name in ["YUYV", "MJPG", "Y10", "GREY", "RGB3"] { #expect(FourCC(name)?.description == name) }
        // linux/videodev2.h: v4l2_fourcc('Y', 'U', 'Y', 'V').
        #expect(FourCC("YUYV").rawValue == 0x5659_5559)
        #expect(FourCC("YUYV") == "YUYV")
    }

    @Test(arguments: ["", "YUYV2", "YÜV", "Y\nV"]) func whatIsNoNameIsRefused(name: String) {
        #expect(FourCC(name) == nil)
    }

    @Test func oddBytesAreShownAsDots() {
        // "Y16 " with the top bit set is Video4Linux's big-endian twin.
        #expect(FourCC(rawValue: 0xA036_3159).description == "Y16.")
    }
}
