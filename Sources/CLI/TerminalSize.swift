import Glibc

/// The room on the terminal behind standard error.
enum TerminalSize {
    /// Nil where it is no terminal, or one that does not tell.
    static var current: (columns: Int, rows: Int)? {
        var window = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return nil
        }
        return (Int(window.ws_col), Int(window.ws_row))
    }
}
