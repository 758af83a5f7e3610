import Foundation
import MatteKit

/// A video device for people.
struct DeviceText {
    private let device: CameraDevice

    init(_ device: CameraDevice) { self.device = device }

    var text: String {
        let place = [device.driver, device.bus].filter { !$0.isEmpty }.joined(separator: ", ")
        let head = "\(device.path)  \(device.name)" + (place.isEmpty ? "" : "  (\(place))")
        return ([head] + (device.problem.map { [$0] } ?? [state] + modes).map { "  " + $0 }).joined(separator: "\n")
    }

    private var state: String {
        guard device.isLoopback else { return device.isCamera ? "camera" : "output" }
        return device.isOutput ? "virtual camera, nobody writes to it" : "virtual camera, being written to"
    }

    private var modes: [String] {
        let usable = device.offers.filter(\.isUsable)
        let others = device.offers.filter { !$0.isUsable }.map(\.format)
        let lines = groups(of: usable).flatMap { offers in
            let names = offers.map(\.format).joined(separator: " ")
            // A virtual camera takes dozens of formats in any size.
            let width = max(names.count, 4) + 2
            return offers[0].modes.enumerated().map { index, mode in
                (index == 0 ? names : "").padding(toLength: width, withPad: " ", startingAt: 0) + words(mode)
            }
        }
        let rest = others.isEmpty || !device.isCamera ? [] : ["also, of no use here: " + others.joined(separator: " ")]
        return lines + rest
    }

    /// Formats that have the same sizes and rates, together.
    private func groups(of offers: [CameraOffer]) -> [[CameraOffer]] {
        var groups: [[CameraOffer]] = []
        for offer in offers {
            if let index = groups.firstIndex(where: { $0[0].modes == offer.modes }) {
                groups[index].append(offer)
            } else {
                groups.append([offer])
            }
        }
        return groups
    }

    private func words(_ mode: CameraOffer.Mode) -> String {
        let size = mode.isRange ? "\(mode.smallest) to \(mode.largest)" : "\(mode.smallest)"
        let rates = mode.rates.filter(\.isKnown).map { String(format: "%g", ($0.doubleValue * 100).rounded() / 100) }
        if rates.isEmpty { return size }
        if mode.isRateRange { return "\(size), any rate" }
        return "\(size) at \(rates.joined(separator: ", ")) fps"
    }
}
