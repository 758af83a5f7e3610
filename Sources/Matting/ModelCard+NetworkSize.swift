package import Frames
package import Models

extension ModelCard.SizePolicy {
    /// The size at which a picture of `size` is put in, by the rule of MODNet's own programs: brought to the side's
    /// length only where both sides are longer or both are shorter, then cut down to multiples.
    package func networkSize(for size: Size) -> Size {
        let (multiple, side): (Int, ModelCard.Side?)
        switch self {
        case .any: return size
        case .exact(let width, let height): return Size(width: width, height: height)
        case .multiple(let number, let length): (multiple, side) = (number, length)
        }
        var scale = 1.0
        let (shorter, longer) = (min(size.width, size.height), size.longerSide)
        switch side {
        case .shorter(let target) where shorter > target || longer < target:
            // Very long pictures would take all memory.
            scale = min(Double(target) / Double(shorter), 8 * Double(target) / Double(longer))
        case .longer(let target):
            scale = Double(target) / Double(longer)
        case .shorter, nil:
            break
        }
        func fitted(_ length: Int) -> Int {
            max((Int((Double(length) * scale).rounded(.down)) / multiple) * multiple, multiple)
        }
        return Size(width: fitted(size.width), height: fitted(size.height))
    }
}
