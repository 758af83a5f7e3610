import Foundation
public import Frames

/// The output in a window of `ffplay`. Closing the window ends the preview, not the show.
public final class WindowPreview: @unchecked Sendable {
    // Sendable: what changes is touched by `draw` only, which is for one thread at a time.
    private let program: String
    private let notice: NoticeHandler
    private var process: Process?
    private var pipe: FileHandle?
    private var isOver = false

    /// - Throws: `.missingPart` where there is no ffplay.
    public init(notice: @escaping NoticeHandler) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(
            separator: ":")
        guard let program = folders.map({ "\($0)/ffplay" }).first(where: FileManager.default.isExecutableFile) else {
            throw MatteError(
                .missingPart, "--preview window needs ffplay", advice: "install FFmpeg's programs, or take 'terminal'")
        }
        self.program = program
        self.notice = notice
    }

    deinit { process?.terminate() }

    /// Shows the frame; waits for ffplay to take it.
    public func draw(_ frame: Frame) {
        guard !isOver else { return }
        do {
            if pipe == nil { try start(frame) }
            try pipe?.write(contentsOf: Data(frame.packedBytes))
        } catch {
            isOver = true
            notice("the preview is over")
        }
    }

    private func start(_ frame: Frame) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "-loglevel", "quiet", "-window_title", "matte", "-fflags", "nobuffer", "-flags", "low_delay", "-f",
            "rawvideo", "-pixel_format", frame.format.name, "-video_size",
            "\(frame.size.width)x\(frame.size.height)", "-framerate", "30", "-i", "-",
        ]
        let input = Pipe()
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
        pipe = input.fileHandleForWriting
    }
}

extension Frame {
    /// Plane after plane, rows without padding.
    fileprivate var packedBytes: [UInt8] {
        var bytes: [UInt8] = []
        for index in planes.indices {
            let (rowBytes, rows) = format.layout(ofPlane: index, in: size)
            withPlane(index) { plane in
                for row in 0..<rows {
                    bytes += UnsafeRawBufferPointer(start: plane.base + row * plane.strideBytes, count: rowBytes)
                }
            }
        }
        return bytes
    }
}
