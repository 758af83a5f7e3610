internal import Frames
internal import V4L2

extension CameraOffer {
    /// Everything that an open device offers in one direction.
    static func all(of device: VideoDevice, _ direction: VideoDirection) -> [CameraOffer] {
        var seen: Set<FourCC> = []
        return device.formats(direction).filter { seen.insert($0.fourCC).inserted }.map { format in
            CameraOffer(
                format: format.fourCC.description, title: format.title, isCompressed: format.isCompressed,
                isEmulated: format.isEmulated, modes: modes(of: format.fourCC, device))
        }
    }

    private static func modes(of format: FourCC, _ device: VideoDevice) -> [Mode] {
        switch device.sizes(of: format) {
        case .list(let sizes):
            return sizes.map { mode(device.rates(of: format, at: $0), smallest: $0, largest: $0) }
        case .range(let smallest, let largest, let step):
            let rates = device.rates(of: format, at: smallest)
            return [mode(rates, smallest: smallest, largest: largest, step: step)]
        }
    }

    private static func mode(
        _ rates: VideoRates, smallest: Size, largest: Size, step: Size = Size(width: 1, height: 1)
    ) -> Mode {
        switch rates {
        case .list(let rates): Mode(smallest: smallest, largest: largest, step: step, rates: rates)
        case .range(let slowest, let fastest):
            Mode(smallest: smallest, largest: largest, step: step, rates: [slowest, fastest], isRateRange: true)
        }
    }
}
