internal import CFFmpeg
internal import Frames

/// The code points are H.273's on both sides, so they carry over as numbers.
extension ColorDescription {
    var avRange: AVColorRange { AVColorRange(rawValue: UInt32(range.rawValue)) }
    var avMatrix: AVColorSpace { AVColorSpace(rawValue: UInt32(matrix.rawValue)) }
    var avPrimaries: AVColorPrimaries { AVColorPrimaries(rawValue: UInt32(clamping: primaries)) }
    var avTransfer: AVColorTransferCharacteristic {
        AVColorTransferCharacteristic(rawValue: UInt32(clamping: transfer))
    }
    var avChromaLocation: AVChromaLocation { AVChromaLocation(rawValue: UInt32(chromaLocation.rawValue)) }
}
