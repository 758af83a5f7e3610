import Foundation

/// Titles in a column, and beside each its lines.
enum ReportSections {
    static func text(_ sections: [(title: String, lines: [String])]) -> String {
        sections.flatMap { section in
            section.lines.enumerated().map { index, line in
                (index == 0 ? section.title : "").padding(toLength: 11, withPad: " ", startingAt: 0) + line
            }
        }.joined(separator: "\n")
    }
}
