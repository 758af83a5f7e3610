import Encoding
import Foundation
import Frames
import TestSupport
import Testing

@Suite struct FileTests {
    private func open(_ path: String, _ change: (inout EncodingOptions) -> Void = { _ in }) throws -> ClipWriter {
        let video = VideoDescription.small()
        let plan = try OutputPlan(path: path, video: video, options: .with(change))
        return try ClipWriter(plan: plan, video: video)
    }

    private func frame(_ writer: ClipWriter, _ ticks: Int64 = 0) -> Frame {
        Pictures.ramp(
            Size(width: 80, height: 64), writer.plan.format, color: writer.plan.color, number: Int(ticks), ticks: ticks,
            timeBase: Rational(1, 25))
    }

    private func put(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    @Test(arguments: ["a.mp4", "a.png"]) func nothingIsOverwrittenUnasked(_ name: String) throws {
        let scratch = try Scratch()
        try put("precious", scratch(name))
        let error = matteError { _ = try open(scratch(name)) }
        #expect(error?.kind == .cannotCreate)
        #expect(error?.description.contains("--overwrite") == true)
        #expect(try text(scratch(name)) == "precious")
        let writer = try open(scratch(name)) { $0.overwrite = true }
        try writer.write(frame(writer))
        #expect(try text(scratch(name)) == "precious")
        _ = try writer.finish()
        #expect(try text(scratch(name)) != "precious")
        #expect(scratch.contents == [name])
    }

    @Test(arguments: ["a.mp4", "a.png", "f/", "f/%d.png"]) func ofTwoWritersTheFirstWins(_ name: String) throws {
        let scratch = try Scratch()
        let first = try open(scratch(name))
        let second = try open(scratch(name))
        try first.write(frame(first))
        try second.write(frame(second, 7))
        _ = try first.finish()
        let file = name.hasPrefix("f/") ? "f/" + (scratch.contents("f").last ?? "") : name
        let before = try scratch.data(file)
        #expect(matteError { _ = try second.finish() }?.kind == .cannotCreate)
        #expect(try scratch.data(file) == before)
        #expect(scratch.contents == [name.hasPrefix("f/") ? "f" : name])
    }

    @Test(arguments: ["a.mp4", "a.mkv", "a.png", "f/", "f/%d.png"]) func abandonedOutputsLeaveNothing(_ name: String)
        throws
    {
        let scratch = try Scratch()
        do {
            let writer = try open(scratch(name))
            try writer.write(frame(writer))
            #expect(scratch.contents.count == 1 && scratch.contents[0].hasPrefix("."))
            writer.abandon()
            writer.abandon()
            #expect(scratch.contents.isEmpty)
            #expect(matteError { try writer.write(frame(writer, 1)) } != nil)
        }
        do {
            let writer = try open(scratch(name))
            try writer.write(frame(writer))
        }
        #expect(scratch.contents.isEmpty)
        do { #expect(matteError { _ = try open(scratch(name)).finish() }?.kind == .badInput) }
        #expect(scratch.contents.isEmpty)
    }

    @Test func missingFoldersAreNamed() throws {
        let scratch = try Scratch()
        for name in ["no/a.mp4", "no/a.png", "no/f/", "no/f/%d.png"] {
            let error = matteError { _ = try open(scratch(name)) }
            #expect(error?.kind == .cannotCreate, "\(name)")
            #expect(error?.message.contains("does not exist") == true, "\(name)")
        }
        try put("", scratch("file"))
        #expect(matteError { _ = try open(scratch("file/a.mp4")) }?.kind == .cannotCreate)
        #expect(matteError { _ = try open(scratch("file/")) }?.kind == .cannotCreate)
        #expect(scratch.contents == ["file"])
    }

    @Test(arguments: ["matroska", "mp4", "nut"]) func aFullDiskIsAnErrorOfWriting(_ format: String) throws {
        let error = matteError {
            let writer = try open("/dev/full") { $0.outputFormat = format }
            for ticks in 0..<30 { try writer.write(frame(writer, Int64(ticks))) }
            _ = try writer.finish()
        }
        #expect(error?.kind == .io)
        #expect(error?.message.contains("'/dev/full'") == true)
        #expect(error?.advice == "make room on the disk, or choose another output")
    }

    @Test func devicesAreWrittenStraight() throws {
        let writer = try open("/dev/null") { $0.outputFormat = "matroska" }
        try writer.write(frame(writer))
        #expect(try writer.finish().frames == 1)
    }

    @Test func onePictureHoldsOne() throws {
        let scratch = try Scratch()
        let writer = try open(scratch("a.png"))
        try writer.write(frame(writer))
        let error = matteError {
            try writer.write(frame(writer, 1))
            _ = try writer.finish()
        }
        #expect(error?.kind == .usage)
        #expect(error?.advice?.contains("a-%05d.png") == true)
        #expect(scratch.contents.isEmpty)
    }

    @Test func sequencesJoinAFolderWithoutTouchingIt() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch("f"), withIntermediateDirectories: false)
        try put("mine", scratch("f/notes.txt"))
        try put("old", scratch("f/00009.png"))
        #expect(matteError { _ = try open(scratch("f")) }?.message.contains("00009.png") == true)
        let notices = Notices()
        try writeRamps(
            to: scratch("f"), .small(), options: .with { $0.overwrite = true }, times: [0, 1], notice: notices.handler)
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch("f")).sorted()
        #expect(names == ["00001.png", "00002.png", "00009.png", "notes.txt"])
        #expect(try text(scratch("f/notes.txt")) == "mine")
        #expect(notices.all.contains { $0.contains("1 older picture") })
        try writeRamps(to: scratch("f/b-%02d.png"), .small(), times: [0, 1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch("f")).contains("b-02.png"))
    }

    @Test func leftoversOfKilledRunsAreCleared() throws {
        let scratch = try Scratch()
        try put("half", scratch(HiddenName.make(for: "a.mp4")))
        let other = HiddenName.make(for: "b.mp4")
        try put("other", scratch(other))
        let running = try open(scratch("a.mp4"))
        let second = try open(scratch("a.mp4"))
        #expect(scratch.contents.count == 3)
        running.abandon()
        second.abandon()
        #expect(scratch.contents == [other])
    }

    @Test func linksKeepPointingAtTheFile() throws {
        let scratch = try Scratch()
        try put("old", scratch("real.mp4"))
        try FileManager.default.createSymbolicLink(atPath: scratch("link.mp4"), withDestinationPath: "real.mp4")
        try writeRamps(to: scratch("link.mp4"), .small(), options: .with { $0.overwrite = true })
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch("link.mp4")) == "real.mp4")
        #expect(try text(scratch("real.mp4")) != "old")
    }

    @Test func strangeNamesWork() throws {
        let scratch = try Scratch()
        let long = String(repeating: "ä", count: 120) + ".mp4"
        for name in ["a:b.mp4", "100%.mp4", "-.mkv", " .mov", "50%.png", "file:x.webm", long] {
            try writeRamps(to: scratch(name), .small(), times: [0])
            #expect(scratch.contents.contains(name), "\(name)")
        }
    }

    @Test func wrongFramesAreErrors() throws {
        let scratch = try Scratch()
        let writer = try open(scratch("a.mp4"))
        try writer.write(frame(writer, 5))
        #expect(matteError { try writer.write(frame(writer, 5)) } != nil)
        let other = try open(scratch("a.mp4"))
        let large = Pictures.ramp(
            Size(width: 82, height: 64), other.plan.format, number: 0, ticks: 0, timeBase: Rational(1, 25))
        #expect(matteError { try other.write(large) }?.kind == .internal)
        #expect(scratch.contents.isEmpty)
    }
}
