import Frames

@testable import Decoding

/// What a usual USB 2 webcam offers: uncompressed pictures at full rate only when they are small.
enum CameraOffers {
    static let webcam = [offer("YUYV", small: [30, 15], large: [10, 5]), offer("MJPG", small: [30], large: [30])]

    static func offer(_ format: String, small: [Int32], large: [Int32]) -> CameraOffer {
        CameraOffer(
            format: format, title: format, isCompressed: format == "MJPG",
            modes: [
                mode(640, 480, small), mode(640, 360, small), mode(1280, 720, large),
            ])
    }

    static func mode(_ width: Int, _ height: Int, _ rates: [Int32]) -> CameraOffer.Mode {
        CameraOffer.Mode(Size(width: width, height: height), rates: rates.map { Rational($0, 1) })
    }
}
