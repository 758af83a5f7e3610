import Frames
import Testing

@testable import Bulk

struct CSVRowsTests {
    private func rows(_ text: String) throws -> [CSVRows.Row] { try CSVRows(text.utf8, file: "jobs.csv").rows }

    @Test func quotesHoldCommasBreaksAndQuotes() throws {
        let text = "input,output\r\n\"a, b.mp4\",\"say \"\"hi\"\".mp4\"\n\n\"two\nlines.mp4\", x \nlast.mp4,"
        #expect(
            try rows(text) == [
                .init(line: 1, fields: ["input", "output"]), .init(line: 2, fields: ["a, b.mp4", "say \"hi\".mp4"]),
                .init(line: 4, fields: ["two\nlines.mp4", " x "]), .init(line: 6, fields: ["last.mp4", ""]),
            ])
    }

    @Test func aByteOrderMarkIsNoPartOfAName() throws {
        #expect(try rows("\u{FEFF}input\n\"\"\n") == [.init(line: 1, fields: ["input"]), .init(line: 2, fields: [""])])
        #expect(try rows("").isEmpty)
    }

    @Test(arguments: [("a,b\n\"x,y\nz", 2), ("a\nb\"c", 2), ("a\n\n\"b\"c,d", 3)])
    func aWrongQuoteIsNamedByItsLine(text: String, line: Int) throws {
        let error = #expect(throws: MatteError.self) { try rows(text) }
        #expect(error?.message.hasPrefix("jobs.csv:\(line): ") == true, "\(String(describing: error))")
    }
}
