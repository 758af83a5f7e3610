/// One row of R'G'B' floats, where it is kept.
struct ColorRow {
    let red: UnsafeMutablePointer<Float>
    let green: UnsafeMutablePointer<Float>
    let blue: UnsafeMutablePointer<Float>

    init(red: UnsafeMutablePointer<Float>, green: UnsafeMutablePointer<Float>, blue: UnsafeMutablePointer<Float>) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Three neighbouring rows of scratch memory.
    init(_ scratch: RowScratch, from slot: Int) {
        self.init(red: scratch[slot], green: scratch[slot + 1], blue: scratch[slot + 2])
    }

    subscript(channel: Int) -> UnsafeMutablePointer<Float> {
        channel == 0 ? red : channel == 1 ? green : blue
    }
}
