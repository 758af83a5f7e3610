/// How many bits the network's arithmetic has.
public enum Precision: String, Sendable, CaseIterable {
    /// 32 everywhere, so that results are the same on all machines but for rounding.
    case exact
    /// 16 where the device has arithmetic for them: about half the network's time, and an alpha that differs by some
    /// tenths of a code of 255 in the mean, and by more where the network is in doubt. Says so where there is none.
    case fast
    /// Like `fast`, but silent where there is none.
    case auto
}

extension Device {
    /// For people: the device and, where it is another than 32-bit, its arithmetic.
    func name(computingWith shortType: String?) -> String {
        shortType.map { "\(self) with \($0)" } ?? description
    }
}
