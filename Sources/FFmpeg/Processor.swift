internal import CFFmpeg

/// The machine as FFmpeg sees it.
public enum Processor {
    /// Cores that this process may use.
    public static var coreCount: Int { max(1, Int(av_cpu_count())) }
}
