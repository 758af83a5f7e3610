import FFmpeg
import Frames
import TestSupport
import Testing

struct MuxerTests {
    /// A context that is freed twice does not always crash, so more than once.
    @Test func aPlaceThatCannotBeOpenedIsAnErrorEachTime() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("none/out.mp4")
        let format = try #require(ContainerFormat(fileName: path))
        for _ in 0..<50 {
            let error = #expect(throws: MatteError.self) {
                try Muxer(address: "file:\(path)", name: path, format: format)
            }
            #expect(error?.kind == .cannotCreate)
        }
    }
}
