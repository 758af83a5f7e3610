import Testing

@testable import Live

struct KindTests {
    @Test func theWordsForACameraMeanADeviceOrAClip() {
        let cases: [(String?, InputKind)] = [
            (nil, .camera(nil)), ("/dev/video0", .camera("/dev/video0")), ("2", .camera("2")),
            ("Logitech", .camera("Logitech")), ("clip.mp4", .clip("clip.mp4")), ("./a", .clip("./a")),
            ("-", .clip("-")), ("rtsp://host/x", .clip("rtsp://host/x")), ("f/%05d.png", .clip("f/%05d.png")),
        ]
        for (words, kind) in cases { #expect(InputKind(words, fileExists: { $0 == "clip.mp4" }) == kind) }
    }

    @Test func theWordsForAnOutputMeanAVirtualCameraOrAFile() {
        let cases: [(String?, Bool, OutputKind)] = [
            (nil, false, .virtualCamera(nil)), ("null", false, .null),
            ("/dev/video10", false, .virtualCamera("/dev/video10")), ("10", false, .virtualCamera("10")),
            ("Matte", false, .virtualCamera("Matte")), ("out.mkv", false, .clip("out.mkv")),
            ("-", true, .clip("-")), ("pipe", true, .clip("pipe")),
        ]
        for (words, hasFormat, kind) in cases { #expect(OutputKind(words, hasFormat: hasFormat) == kind) }
    }
}
