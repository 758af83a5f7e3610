/// The pixels of a trimap that are to be decided, numbered row after row.
struct UnknownPixels {
    /// Place of each in the picture.
    let pixels: [Int32]
    /// Number of each of the picture's pixels; −1 where it is known.
    let numbers: [Int32]

    init(_ trimap: Trimap) {
        var pixels: [Int32] = []
        var numbers = [Int32](repeating: -1, count: trimap.labels.count)
        for (pixel, label) in trimap.labels.enumerated() where label == .unknown {
            numbers[pixel] = Int32(pixels.count)
            pixels.append(Int32(pixel))
        }
        self.pixels = pixels
        self.numbers = numbers
    }

    var count: Int { pixels.count }
}
