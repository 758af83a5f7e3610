import Encoding
import Frames
import Testing

struct VirtualCameraTests {
    private let settings = VirtualCameraSettings(size: Size(width: 640, height: 360), rate: Rational(30, 1))

    @Test func whatIsNoVirtualCameraIsRefused() {
        let missing = #expect(throws: MatteError.self) { _ = try VirtualCamera("/nowhere/video10", settings) }
        #expect(missing?.kind == .noInput)
        #expect(missing?.description == "there is no '/nowhere/video10'; `matte live --setup` makes one")
        let other = #expect(throws: MatteError.self) { _ = try VirtualCamera("/dev/null", settings) }
        #expect(other?.kind == .cannotCreate)
        let label = #expect(throws: MatteError.self) { _ = try VirtualCamera("no such label", settings) }
        #expect(label?.kind == .noInput)
    }

    @Test func oddSizesAreRefused() {
        var odd = settings
        odd.size = Size(width: 641, height: 360)
        let error = #expect(throws: MatteError.self) { _ = try VirtualCamera("/dev/null", odd) }
        #expect(error?.kind == .usage)
    }

    @Test func theLineForTheModuleIsOneForAShell() {
        let begin = "sudo modprobe v4l2loopback devices=1 exclusive_caps=1 video_nr="
        #expect(VirtualCameraSetup.modprobeLine() == begin + "10 card_label=Matte")
        #expect(VirtualCameraSetup.modprobeLine(label: "My Cam", number: 3) == begin + "3 card_label='My Cam'")
        #expect(VirtualCameraSetup.modprobeLine(label: "Ann's, new") == begin + #"10 card_label='Ann'\''s  new'"#)
    }

    /// Before any device is looked at.
    @Test(arguments: ["", "/tmp/out.mp4", "/dev/video", "/dev/video1x", "-1", "/dev/video99999999999999999999"])
    func whatCannotBeSetUpIsSaid(output: String) {
        let error = #expect(throws: MatteError.self) { _ = try VirtualCameraSetup.run(for: output) }
        #expect(error?.kind == .usage)
    }
}
