import CAllocations
import Frames
import Pixels

/// What continuous integration looks at: only what does not depend on how busy the machine is.
enum Check {
    /// - Returns: what is wrong, a sentence each.
    static func run(traces: Bool) throws -> [String] {
        let size = Size(width: 640, height: 362)
        var problems = countingWorks() ? [] : ["allocations are not counted here"]
        for format in [PixelFormat.yuv420(), .yuv420(depth: 10), .yuv422(depth: 10), .yuv444(), .nv12, .rgba] {
            for step in Step.all(size, format) { problems += try allocations(in: step, traces: traces) }
            problems += try equality(Scene(size, format))
        }
        return problems
    }

    private static let warmUpFrames = 20
    private static let frames = 20

    /// A check that cannot fail would be none.
    private static func countingWorks() -> Bool {
        matte_start_counting_allocations(0)
        let pools = (0..<3).map { _ in FloatPool() }
        return matte_stop_counting_allocations() >= pools.count
    }

    private static func allocations(in step: Step, traces: Bool) throws -> [String] {
        for _ in 0..<warmUpFrames { try step.run() }
        let heapBefore = matte_heap_bytes()
        matte_start_counting_allocations(traces ? 1 : 0)
        for _ in 0..<frames { try step.run() }
        let count = matte_stop_counting_allocations()
        let growth = matte_heap_bytes() - heapBefore
        var problems: [String] = []
        // Fewer than one in each frame is a band that ran on one thread more than ever before.
        if count >= frames { problems.append("\(step.name): \(count) allocations in \(frames) frames") }
        if growth > 65536 { problems.append("\(step.name): the heap grew by \(growth) bytes in \(frames) frames") }
        return problems
    }

    /// The render in one pass against the general path by way of whole pictures of floats: at most one code apart.
    private static func equality(_ scene: Scene) throws -> [String] {
        let frame = scene.frame
        let writer = FrameWriter(pool: FramePool(size: scene.size, format: frame.format), color: frame.color)
        let dense = scene.matte.dense(for: frame)
        guard let foreground = dense.foreground else { return ["the matte has no foreground"] }
        let general = foreground.over(scene.background, alpha: dense.alpha)
        let fused = try writer.write(scene.matte, of: frame, as: .overPicture(scene.background))
        let apart = try writer.write(general, timestamp: frame.timestamp).largestDifference(from: fused)
        return apart > 1 ? ["\(frame.format): the render in one pass is \(apart) codes off"] : []
    }
}

extension Frame {
    /// Of the codes of two frames of one size and format.
    fileprivate func largestDifference(from other: Frame) -> Int {
        var largest = 0
        for (index, component) in format.components.enumerated() {
            let samples = format.size(ofComponent: index, in: size)
            for y in 0..<samples.height {
                for x in 0..<samples.width {
                    largest = max(largest, abs(code(component, x, y) - other.code(component, x, y)))
                }
            }
        }
        return largest
    }

    private func code(_ component: PixelFormat.Component, _ x: Int, _ y: Int) -> Int {
        withPlane(component.plane) { plane in
            let at = plane.base + y * plane.strideBytes + component.offsetBytes + x * component.stepBytes
            let isWord = component.depth + component.shift > 8
            return (isWord ? Int(at.loadUnaligned(as: UInt16.self)) : Int(at.load(as: UInt8.self))) >> component.shift
        }
    }
}
