import Decoding
import Frames

/// A camera as a show's source.
final class CameraInput: LiveSource {
    let name: String
    /// Of its pictures.
    let size: Size
    private let camera: CameraSource

    /// - Throws: `MatteError` with what the camera refuses, and why.
    init(_ device: CameraDevice, wish: CameraWish, notice: NoticeHandler) throws(MatteError) {
        do throws(CameraFailure) {
            camera = try CameraSource(device, wish: wish, notice: notice)
        } catch {
            throw error.error
        }
        name = "\(device.name) (\(device.path))"
        size = camera.format.size
    }

    var lostFrames: Int {
        let counters = camera.counters
        return counters.superseded + counters.damaged + counters.undecodable + counters.lost
    }

    func next(within seconds: Double) throws(MatteError) -> SourceEvent {
        do throws(CameraFailure) {
            return try camera.next(timeoutMilliseconds: Int(seconds * 1000)).map { .frame($0.frame) } ?? .nothing
        } catch {
            // A stream that broke is opened anew as well, which mends it, and the network begins afresh.
            throw error.error
        }
    }
}
