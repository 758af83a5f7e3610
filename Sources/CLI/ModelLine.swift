import Foundation
import MatteKit

/// One model in `matte models list`.
struct ModelLine {
    private let status: ModelStatus

    init(_ status: ModelStatus) { self.status = status }

    func print() {
        let card = status.card
        let size = (card.byteCount ?? (status.byteCount > 0 ? status.byteCount : nil)).map(Self.megabytes) ?? "–"
        let columns = [
            Self.padded(card.name, 22), Self.padded(status.state.rawValue, 10), Self.padded(size, 9),
            Self.padded(card.licence, 14), Self.padded("commercial use: \(card.commercialUse)", 24), card.title,
        ]
        Swift.print(columns.joined(separator: " "))
    }

    private static func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1_000_000) }

    private static func padded(_ text: String, _ width: Int) -> String {
        text.count >= width ? text : text + String(repeating: " ", count: width - text.count)
    }
}
