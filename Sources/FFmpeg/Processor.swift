internal import CFFmpeg

/// The machine as FFmpeg sees it.
public enum Processor {
    /// Cores that this process may use.
    public static var coreCount: Int { max(1, Int(av_cpu_count())) }

    /// Whether it has AVX-512 as FFmpeg's and x264's assembler uses it (libavutil/cpu.h); false where it is no x86.
    public static var hasAVX512: Bool { av_get_cpu_flags() & AV_CPU_FLAG_AVX512 != 0 }
}
