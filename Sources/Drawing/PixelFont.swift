/// Letters of 5 × 7 dots, so that captions need no font of the system, which a server may not have.
enum PixelFont {
    static let columns = 5
    static let rows = 7
    /// From one letter to the next.
    static let advance = 6

    /// The seven rows of dots from the top; of each the highest of five bits is the leftmost. What is not printable
    /// ASCII is an empty box.
    static func dots(of letter: Unicode.Scalar) -> [UInt8] {
        let index = Int(letter.value) - 32
        return glyphs.indices.contains(index) ? glyphs[index] : box
    }

    private static let box = parsed("vhhhhhv")
    private static let glyphs = shapes.flatMap { $0.split(separator: " ").map(parsed) }

    private static func parsed(_ digits: some StringProtocol) -> [UInt8] {
        digits.map { UInt8($0.wholeNumberValue ?? Int($0.asciiValue ?? 97) - 87) }
    }

    /// From the space on, in the order of ASCII; one digit to the base 32 for each row.
    private static let shapes = [
        "0000000 4444404 aa00000 aavavaa 4fke5u4 op248j3 cik8lid 4400000",  //  !"#$%&'
        "2488842 8422248 04lel40 044v440 0000448 000v000 00000cc 01248g0",  // ()*+,-./
        "ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888",  // 01234567
        "ehhehhe ehhf12c 0cc0cc0 0cc0c48 248g842 00v0v00 8421248 eh12404",  // 89:;<=>?
        "eh1dlle ehhvhhh uhhuhhu ehggghe sihhhis vgguggv vgguggg ehgnhhf",  // @ABCDEFG
        "hhhvhhh e44444e 72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe",  // HIJKLMNO
        "uhhuggg ehhhlid uhhukih fgge11u v444444 hhhhhhe hhhhha4 hhhllla",  // PQRSTUVW
        "hha4ahh hhha444 v1248gv e88888e 0g84210 e22222e 4ah0000 000000v",  // XYZ[\]^_
        "8420000 00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 0fhhf1e",  // `abcdefg
        "ggmphhh 40c444e 20622ic ggikoki c44444e 00qllhh 00mphhh 00ehhhe",  // hijklmno
        "00uhugg 00djf11 00mpggg 00ege1u 88s8896 00hhhjd 00hhha4 00hhlla",  // pqrstuvw
        "00ha4ah 00hhf1e 00v248v 2448442 4444444 8442448 008l200",  // xyz{|}~
    ]
}
