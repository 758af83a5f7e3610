import CFFmpeg
import Foundation
import Frames
import TestSupport
import Testing

@testable import FFmpeg

@Suite struct FFmpegErrorTests {
    @Test func wordsAreFFmpegsOwn() {
        FFmpegLog.capture()
        let error = FFmpegError(code: matte_error_no_entry, operation: "open 'a.mp4'")
        #expect(error.asMatteError(.noInput, advice: nil).message == "cannot open 'a.mp4': No such file or directory")
    }

    @Test func theLastLogLineIsKept() throws {
        let folder = try TemporaryFolder()
        try Data(count: 4096).write(to: URL(fileURLWithPath: folder.path("a")))
        let error = #expect(throws: MatteError.self) {
            try Demuxer(MediaLocation(url: folder.path("a"), name: "a", formatName: "mov"))
        }
        #expect(error?.message.contains("moov atom not found") == true, "\(error?.description ?? "")")
        #expect(FFmpegLog.takeLastLine() == nil)
    }

    @Test func linesOfOtherThreadsStayThere() async {
        FFmpegLog.capture()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask {
                    for _ in 0..<50 {
                        FFmpegLog.append("[demuxer @ 0x1234] line \(index).")
                        #expect(FFmpegLog.takeLastLine() == "line \(index)")
                    }
                }
            }
        }
    }

    @Test func versionsNameTheLibraries() {
        #expect(FFmpegVersions.summary.contains(/libavcodec \d+\.\d+\.\d+, libavformat \d+/))
    }
}
