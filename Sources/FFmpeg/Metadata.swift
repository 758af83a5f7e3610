internal import CFFmpeg

/// Reads FFmpeg's dictionaries.
enum Metadata {
    /// Keys and values in the file's order.
    static func entries(_ dictionary: OpaquePointer?) -> [(key: String, value: String)] {
        var entries: [(key: String, value: String)] = []
        var last: UnsafeMutablePointer<AVDictionaryEntry>?
        while let entry = av_dict_get(dictionary, "", last, AV_DICT_IGNORE_SUFFIX) {
            entries.append((String(cString: entry.pointee.key), String(cString: entry.pointee.value)))
            last = entry
        }
        return entries
    }
}
