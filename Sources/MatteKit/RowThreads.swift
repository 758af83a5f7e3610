import Pixels

/// How many threads share the rows of a picture.
public enum RowThreads {
    /// Leaves them to one, from now on and for the whole process. For a program that runs once for every core: there, handing
    /// bands of rows to other threads costs more than it gains, and each band reads some rows of its neighbours again. No
    /// picture depends on it.
    public static func useOne() { RowBands.useOneThread() }
}
