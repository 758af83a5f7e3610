import Frames
import Testing

@testable import Decoding

struct CameraFindingTests {
    private let devices = [
        CameraDevice(
            path: "/dev/video10", name: "Matte", bus: "platform:v4l2loopback-010", isCamera: true, isLoopback: true),
        CameraDevice(path: "/dev/video11", name: "Idle Loopback", bus: "platform:v4l2loopback-011", isLoopback: true),
        CameraDevice(path: "/dev/null", name: "HD Webcam C615", bus: "usb-1", isCamera: true),
        CameraDevice(path: "/dev/video4", name: "Webcam Mini", bus: "usb-2", isCamera: true),
        CameraDevice(path: "/dev/video6", name: "Locked", problem: "cannot open: permission denied"),
    ]

    private func find(_ text: String?) throws(CameraFailure) -> String {
        try CameraDevice.find(text, among: devices).path
    }

    @Test func byPathAndByPartOfAName() throws {
        #expect(try find("/dev/null") == "/dev/null")
        #expect(try find("c615") == "/dev/null")
        #expect(try find("MATTE") == "/dev/video10")
        #expect(try find("mini") == "/dev/video4")
        // Why it cannot be opened is said when it is.
        #expect(try find("locked") == "/dev/video6")
    }

    @Test func withoutWordsTheFirstThatIsNotVirtual() throws {
        #expect(try find(nil) == "/dev/null")
        let failure = #expect(throws: CameraFailure.self) { _ = try CameraDevice.find(nil, among: []) }
        #expect(failure?.reason == .notFound)
    }

    @Test func wordsThatFitSeveralOrNone() {
        let several = #expect(throws: CameraFailure.self) { _ = try find("webcam") }
        #expect(several?.reason == .unsuitable && several?.error.kind == .usage)
        #expect(
            several?.error.description.contains("'HD Webcam C615' (/dev/null), 'Webcam Mini' (/dev/video4)") == true)
        let none = #expect(throws: CameraFailure.self) { _ = try find("logitech") }
        #expect(none?.reason == .notFound && none?.error.kind == .noInput)
        #expect(throws: CameraFailure.self) { _ = try find("") }
        #expect(throws: CameraFailure.self) { _ = try find("99") }
    }

    @Test func aVirtualCameraWithoutAWriterIsNone() {
        let failure = #expect(throws: CameraFailure.self) { _ = try CameraDevice.find("idle", among: devices) }
        #expect(failure?.reason == .notFound)
    }

    @Test func theSameCameraIsFoundAgain() {
        let camera = devices[3]
        func moved(_ name: String, _ bus: String) -> CameraDevice {
            CameraDevice(path: "/dev/video5", name: name, bus: bus, isCamera: true)
        }
        #expect(camera.present(among: [devices[2], moved("Webcam Mini", "usb-2")])?.path == "/dev/video5")
        // Another port, or another name at the same port.
        #expect(camera.present(among: [devices[2], moved("Webcam Mini", "usb-7")])?.path == "/dev/video5")
        #expect(camera.present(among: [devices[2], moved("Mini", "usb-2")])?.path == "/dev/video5")
        #expect(camera.present(among: [devices[0], devices[2]]) == nil)
    }
}
