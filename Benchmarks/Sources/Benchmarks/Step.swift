import Frames
import Matting
import Pixels

/// A part of the frame path that is timed, and must not allocate.
struct Step {
    let name: String
    /// That it reads and writes, grids of coefficients left out.
    let readBytes: Int
    let writtenBytes: Int
    let run: () throws -> Void

    /// All steps for frames of one size and format.
    ///
    /// - Parameter spreadBytes: how much memory the frames take that they see in turn.
    static func all(_ size: Size, _ format: PixelFormat, spreadBytes: Int = 0) -> [Step] {
        let scene = Scene(size, format, spreadBytes: spreadBytes)
        let bytes = scene.frame.byteCount
        let label = "\(size.height)p \(format)"
        let floats = size.pixelCount * MemoryLayout<Float>.stride
        return [
            sample(scene, "sample for the network, \(label)"),
            render(scene, .over(SIMD3(0.47, 1, 0.6)), "render over a colour, \(label)", bytes),
            render(scene, .overPicture(scene.background), "render over a picture, \(label)", bytes + 3 * floats),
            render(scene, .alpha, "render alpha, \(label)", bytes, as: .gray(depth: format.depth)),
            render(scene, .straight(threshold: 0.002), "render cut-out, \(label)", bytes, as: .yuva444(depth: 10)),
            sideBySide(scene, "render side by side, \(label)"),
            read(scene, "read as floats, \(label)"),
            write(scene, "write from floats, \(label)"),
            matting(scene, "matting stage without its network, \(label)"),
        ]
    }

    private static func sample(_ scene: Scene, _ name: String) -> Step {
        let pool = FloatPool()
        let frame = scene.frame
        let ratio = min(512 / Float(frame.size.longerSide), 1)
        let result = NetworkSampler.sample(frame, ratio: ratio, pool: pool).size.pixelCount * 12
        return Step(name: name, readBytes: frame.byteCount, writtenBytes: result) {
            scene.turns.next {
                _ = NetworkSampler.sample($0, ratio: ratio, pool: pool)
                return nil
            }
        }
    }

    private static func render(
        _ scene: Scene, _ content: AffineContent, _ name: String, _ readBytes: Int, as format: PixelFormat? = nil
    ) -> Step {
        let (frame, matte) = (scene.frame, scene.matte)
        let pool = FramePool(size: scene.size, format: format ?? frame.format)
        let writer = FrameWriter(pool: pool, color: frame.color)
        let bytes = pool.makeBuffer().frame(color: frame.color, timestamp: frame.timestamp).byteCount
        // A background that stays is what compositors see.
        let bare = try? BareBackground(content, writer: writer)
        return Step(name: name, readBytes: readBytes, writtenBytes: bytes) {
            try scene.turns.next { try writer.write(matte, of: $0, as: content, bare: bare) }
        }
    }

    private static func sideBySide(_ scene: Scene, _ name: String) -> Step {
        let (frame, matte) = (scene.frame, scene.matte)
        let wide = Size(width: 2 * scene.size.width, height: scene.size.height)
        let writer = FrameWriter(pool: FramePool(size: wide, format: frame.format), color: frame.color)
        return Step(name: name, readBytes: frame.byteCount, writtenBytes: 2 * frame.byteCount) {
            try scene.turns.next { try writer.write(matte, of: $0, as: .over(SIMD3(0, 0, 0)), besideSource: true) }
        }
    }

    private static func read(_ scene: Scene, _ name: String) -> Step {
        let frame = scene.frame
        let reader = FrameReader(pool: FloatPool())
        return Step(name: name, readBytes: frame.byteCount, writtenBytes: frame.size.pixelCount * 12) {
            scene.turns.next {
                _ = reader.read($0)
                return nil
            }
        }
    }

    private static func write(_ scene: Scene, _ name: String) -> Step {
        let frame = scene.frame
        let writer = FrameWriter(pool: FramePool(size: scene.size, format: frame.format), color: frame.color)
        return Step(name: name, readBytes: frame.size.pixelCount * 12, writtenBytes: frame.byteCount) {
            try scene.turns.next { try writer.write(scene.background, timestamp: $0.timestamp) }
        }
    }

    private static func matting(_ scene: Scene, _ name: String) -> Step {
        let stage = MattingStage(network: GivenMatte(scene.matte))
        return Step(name: name, readBytes: scene.frame.size.pixelCount, writtenBytes: 0) {
            try scene.turns.next {
                try stage.process($0) { _ in }
                return nil
            }
        }
    }
}
