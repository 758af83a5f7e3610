/// Picture files with what FFmpeg does not write, made by Pillow.
public enum PillowPictures {
    /// What every program begins with: `base` is 40 × 24 with a colour of its own in each quarter.
    private static let prelude = """
        import sys, numpy as np
        from PIL import Image, ImageCms
        codes = np.zeros((24, 40, 3), np.uint8)
        codes[:12, :20], codes[:12, 20:] = (255, 0, 0), (0, 255, 0)
        codes[12:, :20], codes[12:, 20:] = (0, 0, 255), (255, 255, 255)
        base = Image.fromarray(codes)
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

        """

    /// Runs lines of Python that know `base` and `profile`; `arguments` are `sys.argv[1:]`.
    public static func make(_ lines: String, _ arguments: [String]) throws {
        try ReferencePython.run(prelude + lines, arguments)
    }

    /// The base picture as PNG, WebP (lossless) or TIFF, with an orientation in its EXIF and a profile.
    public static func tagged(_ path: String, orientation: Int) throws {
        try make(
            """
            exif = Image.Exif()
            exif[274] = int(sys.argv[2])
            more = {"lossless": True} if sys.argv[1].endswith("webp") else {}
            base.save(sys.argv[1], exif=exif, icc_profile=profile, **more)
            """, [path, "\(orientation)"])
    }
}
