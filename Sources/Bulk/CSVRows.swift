internal import Frames

/// Comma-separated values after RFC 4180: fields in double quotes may hold commas, line breaks and doubled quotes.
///
/// A small reader of our own, since errors need the line of the file, and spaces belong to names.
struct CSVRows {
    struct Row: Equatable {
        /// Line of the file where the row begins, from 1.
        let line: Int
        let fields: [String]
    }

    private(set) var rows: [Row] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var line = 1
    private var firstLine = 1

    /// - Parameter bytes: UTF-8, with or without a byte order mark. Empty lines are left out.
    /// - Throws: `.badInput` with the line of a quote that is not closed or stands in the middle of a field.
    init(_ bytes: some Sequence<UInt8>, file: String) throws(MatteError) {
        let quote = UInt8(ascii: "\"")
        /// Whether the field began with a quote, and whether that is still open.
        var (isQuoted, isOpen) = (false, false)
        var rest = Array(bytes)[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if isOpen {
                if byte != quote {
                    field.append(byte)
                } else if rest.first == quote {
                    field.append(quote)
                    rest = rest.dropFirst()
                } else {
                    isOpen = false
                }
                continue
            }
            switch byte {
            case quote where field.isEmpty && !isQuoted: (isQuoted, isOpen) = (true, true)
            case UInt8(ascii: ","):
                endField()
                isQuoted = false
            case UInt8(ascii: "\r") where rest.first == UInt8(ascii: "\n"): continue
            case UInt8(ascii: "\n"):
                endRow(isEmpty: !isQuoted)
                isQuoted = false
            case _ where isQuoted || byte == quote:
                throw MatteError(
                    .badInput, "\(file):\(line): a quote stands in the middle of a field",
                    advice: "put the whole field into quotes, and double those within")
            default: field.append(byte)
            }
        }
        guard !isOpen else {
            throw MatteError(
                .badInput, "\(file):\(firstLine): a quote is not closed", advice: "end the field with a quote")
        }
        endRow(isEmpty: !isQuoted)
    }

    private mutating func endField() {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
    }

    private mutating func endRow(isEmpty: Bool) {
        if !(isEmpty && fields.isEmpty && field.isEmpty) {
            endField()
            rows.append(Row(line: firstLine, fields: fields))
        }
        fields = []
        firstLine = line
    }
}
