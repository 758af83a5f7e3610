import Decoding
import Foundation
import Frames
import TestSupport
import Testing

/// Still pictures: what their files say beside the pixels, and what is odd about some of them.
@Suite struct StillTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func corners(_ frame: Frame) -> [[Int]] {
        let (right, bottom) = (frame.size.width - 1, frame.size.height - 1)
        return [(0, 0), (right, 0), (0, bottom), (right, bottom)].map { x, y in
            (0..<3).map { frame.code($0, x, y) }
        }
    }

    /// EXIF 2.32, table 6: where red, green, blue and white, stored from the upper left, are to be seen.
    @Test(arguments: ["png", "webp", "tif"])
    func picturesAreTurnedAsTheirEXIFSays(kind: String) throws {
        let (r, g, b, w) = ([255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255])
        let seen = [
            [r, g, b, w], [g, r, w, b], [w, b, g, r], [b, w, r, g], [r, b, g, w], [b, r, w, g], [w, g, b, r],
            [g, w, r, b],
        ]
        for orientation in 1...8 {
            let path = folder.path("\(orientation).\(kind)")
            try PillowPictures.tagged(path, orientation: orientation)
            let clip = try Clip(path) { $0.isForStill = true }
            let isTurned = orientation > 4
            #expect(
                clip.info.size == (isTurned ? Size(width: 24, height: 40) : Size(width: 40, height: 24)),
                "orientation \(orientation)")
            #expect(corners(clip.frames[0]) == seen[orientation - 1], "orientation \(orientation)")
            #expect(clip.info.iccProfile?.isSRGB == true)
            #expect(clip.notices == [])
        }
    }

    /// The tags of one picture must not turn another, although PNG's decoder works on several at once.
    @Test func everyPictureOfASequenceIsTurnedByItsOwnTag() throws {
        for (index, orientation) in [1, 6, 1, 3, 8, 1].enumerated() {
            try PillowPictures.tagged(folder.path("\(index).png"), orientation: orientation)
        }
        let clip = try Clip(folder.path("%d.png"))
        #expect(clip.frames.map(\.size.width) == [40, 24, 40, 40, 24, 40])
    }

    @Test func inksPagesAndPalettesAreTakenAndSaid() throws {
        try PillowPictures.make(
            """
            folder = sys.argv[1] + "/"
            base.convert("CMYK").save(folder + "cmyk.jpg", quality=95)
            base.convert("CMYK").save(folder + "cmyk.tif")
            base.save(folder + "pages.tif", save_all=True, append_images=[base.rotate(180)])
            base.convert("P").save(folder + "palette.png")
            base.convert("1").save(folder + "bits.png")
            """, [folder.path("")])
        for (name, words) in [
            ("cmyk.jpg", "is CMYK"), ("cmyk.tif", "is CMYK"), ("pages.tif", "more than one page"), ("palette.png", nil),
        ] as [(String, String?)] {
            let clip = try Clip(folder.path(name)) { $0.isForStill = true }
            #expect(clip.frames.count == 1)
            #expect(clip.notices.count == (words == nil ? 0 : 1))
            if let words { #expect(clip.notices[0].contains(words), "\(clip.notices)") }
            let off = zip(corners(clip.frames[0]).flatMap(\.self), [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])
            #expect(off.allSatisfy { abs($0 - $1) <= 6 }, "\(name): \(corners(clip.frames[0]))")
        }
        #expect(try Clip(folder.path("bits.png")) { $0.isForStill = true }.frames.count == 1)
    }

    @Test func ofMovingPicturesTheFirstIsTakenOrTheReasonSaid() throws {
        try PillowPictures.make(
            """
            folder = sys.argv[1] + "/"
            more = dict(save_all=True, append_images=[base.rotate(180)])
            base.convert("P").save(folder + "moving.gif", **more)
            base.convert("P").save(folder + "still.gif")
            base.save(folder + "moving.webp", **more)
            """, [folder.path("")])
        let moving = try Clip(folder.path("moving.gif")) { $0.isForStill = true }
        #expect(moving.frames.count == 1)
        #expect(moving.notices.count == 1 && moving.notices[0].contains("its first picture is taken"))
        let still = try Clip(folder.path("still.gif")) { $0.isForStill = true }
        #expect(still.frames.count == 1 && still.notices.isEmpty)
        let error = matteError { _ = try Clip(folder.path("moving.webp")) { $0.isForStill = true } }
        // Newer FFmpeg decodes them; then there is no error.
        if let error { #expect(error.kind == .badInput && error.message.contains("moving WebP"), "\(error)") }
    }

    @Test(arguments: ["jpg", "png", "webp", "tif"])
    func cutOffPicturesAreRefused(kind: String) throws {
        let (whole, cut) = (folder.path("whole.\(kind)"), folder.path("cut.\(kind)"))
        try FFmpegTool.run(Clip.pattern(seconds: 0.04, size: "160x120") + ["-frames:v", "1", whole])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
        for share in [0.3, 0.6, 0.9] {
            try bytes.prefix(Int(Double(bytes.count) * share)).write(to: URL(fileURLWithPath: cut))
            let error = matteError { _ = try Clip(cut) { $0.isForStill = true } }
            #expect(error?.kind == .badInput, "\(share) of a \(kind)")
            #expect(error?.message.contains("cut.\(kind)") == true)
        }
    }

    /// Tags are read by code of ours, so no bytes may bring it down.
    @Test func damagedTagsAreNoDanger() throws {
        var random = SeededRandom(seed: 7)
        for kind in ["png", "webp", "tif"] {
            let path = folder.path("tags.\(kind)")
            try PillowPictures.tagged(path, orientation: 6)
            let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
            for _ in 0..<60 {
                var damaged = bytes
                for _ in 0..<8 {
                    let place = Int.random(in: 0..<min(bytes.count, 900), using: &random)
                    damaged[place] = UInt8.random(in: 0...255, using: &random)
                }
                try Data(damaged).write(to: URL(fileURLWithPath: path))
                _ = matteError { _ = try Clip(path) { $0.isForStill = true } }
            }
        }
    }

    @Test func alphaOfAWebMIsKept() throws {
        let path = folder.path("alpha.webm")
        try FFmpegTool.run([
            "-f", "lavfi", "-i",
            "color=red:size=64x48:rate=25,format=yuva420p,geq=lum='lum(X,Y)':a='if(lt(X,32),0,255)'",
            "-frames:v", "2", "-c:v", "libvpx-vp9", "-auto-alt-ref", "0", path,
        ])
        let clip = try Clip(path)
        #expect(clip.info.format.hasAlpha)
        #expect(clip.frames.allSatisfy { $0.code(3, 4, 4) == 0 && $0.code(3, 60, 40) == 255 })
    }
}
