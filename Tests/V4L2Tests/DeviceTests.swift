import Foundation
import TestSupport
import Testing
import V4L2

struct DeviceTests {
    @Test func whatIsNoVideoDeviceRefuses() throws {
        #expect(throws: VideoDeviceError.self) { _ = try VideoDevice(path: "/nowhere/video0") }
        let file = try VideoDevice(path: "/dev/null")
        let error = #expect(throws: VideoDeviceError.self) { _ = try file.capability() }
        #expect(error?.isRefusal == true && error?.isVanished == false)
        #expect(file.formats(.capture).isEmpty && file.keepsFormat == nil)
        #expect(throws: VideoDeviceError.self) { _ = try BufferQueue(file, .capture, count: 4) }
    }

    /// A holder is another process; this one is not named.
    @Test func whoHasAFileOpenIsFound() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("held")
        try Data("x".utf8).write(to: URL(fileURLWithPath: path))
        let own = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? own.close() }
        #expect(DeviceHolder.all(of: path).isEmpty)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sleep", "60"]
        process.standardInput = own
        try process.run()
        defer { process.terminate() }
        let holders = DeviceHolder.all(of: path)
        #expect(holders.map(\.process) == [process.processIdentifier])
        #expect(holders.first?.isChild == true)
        #expect(holders.first?.description.hasSuffix("(process \(process.processIdentifier))") == true)
    }

    @Test func permissionNamesTheGroup() {
        #expect(VideoNode(path: "/dev/null").permission == .granted)
        #expect(VideoNode(path: "/nowhere").permission == .missing)
        #expect(VideoNode(path: "/dev/video12").number == 12)
        #expect(VideoNode(path: "/dev/v4l2loopback").number == nil)
    }
}
