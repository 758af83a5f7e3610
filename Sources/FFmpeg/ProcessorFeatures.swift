internal import CFFmpeg

/// What this machine's processor can do, as FFmpeg finds it.
public enum ProcessorFeatures {
    /// Whether it has AVX-512 as FFmpeg's and x264's assembler uses it (libavutil/cpu.h); false where it is no x86.
    public static var hasAVX512: Bool { av_get_cpu_flags() & AV_CPU_FLAG_AVX512 != 0 }
}
