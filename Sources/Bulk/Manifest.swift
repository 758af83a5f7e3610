internal import Foundation
internal import Frames
internal import Presets

/// A list of clips with options of their own: CSV with a line of names on top, or JSON Lines.
///
/// The names are `input`, `output` (a path within the run's folder) and those of `matte run`'s options. Paths are as on
/// the command line.
struct Manifest {
    struct Line {
        let input: String
        /// Nil: after the pattern for names.
        let output: String?
        let settings: [RunSetting]
        /// "jobs.csv:12".
        let place: String
    }

    private(set) var lines: [Line] = []
    /// What is wrong, line by line.
    private(set) var problems: [MatteError] = []

    /// - Throws: `.noInput` or `.badInput` where the file cannot be used at all.
    init(file: String) throws(MatteError) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw MatteError(.noInput, "cannot read the manifest '\(file)'", advice: "check the path")
        }
        guard String(validating: data, as: UTF8.self) != nil else {
            throw MatteError(.badInput, "the manifest '\(file)' is not UTF-8 text", advice: "save it as UTF-8")
        }
        switch FileName(file).fileExtension.lowercased() {
        case "csv": try readCSV(data, file: file)
        case "jsonl", "ndjson": readJSONLines(data, file: file)
        default:
            throw MatteError(
                .usage, "the name of the manifest '\(file)' does not say what it is",
                advice: "end it with .csv or .jsonl")
        }
        if lines.isEmpty, problems.isEmpty {
            throw MatteError(.badInput, "the manifest '\(file)' lists no clips", advice: "write one clip a line")
        }
    }

    private mutating func readCSV(_ data: Data, file: String) throws(MatteError) {
        let rows = try CSVRows(data, file: file).rows
        guard let header = rows.first else { return }
        let names = header.fields.map { $0.trimmingCharacters(in: .whitespaces) }
        guard names.contains("input") else {
            throw MatteError(
                .badInput, "\(file):\(header.line): there is no column 'input'",
                advice: "begin with a line of names, such as input,output,background")
        }
        for (index, name) in names.enumerated() {
            let place = "\(file):\(header.line)"
            guard name == "input" || name == "output" else {
                do throws(MatteError) { _ = try RunOption.named(name, place: place) } catch {
                    throw MatteError(.badInput, error.message, advice: error.advice)
                }
                continue
            }
            guard names.firstIndex(of: name) == index else {
                throw MatteError(.badInput, "\(place): there are two columns '\(name)'", advice: "leave one out")
            }
        }
        for row in rows.dropFirst() {
            let place = "\(file):\(row.line)"
            guard row.fields.count <= names.count else {
                problems.append(
                    MatteError(.badInput, "\(place): there are \(row.fields.count) fields for \(names.count) names"))
                continue
            }
            add(Array(zip(names, row.fields)), place: place)
        }
    }

    private mutating func readJSONLines(_ data: Data, file: String) {
        let newline = UInt8(ascii: "\n")
        for (index, line) in data.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            let place = "\(file):\(index + 1)"
            guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
            do {
                let object = try JSONDecoder().decode([String: ManifestValue].self, from: Data(line))
                let fields = object.sorted { $0.key < $1.key }.flatMap { name, value in
                    value.texts.map { (name, $0) }
                }
                add(fields, place: place)
            } catch {
                problems.append(
                    MatteError(
                        .badInput, "\(place): this is no JSON object of texts, numbers, true and false",
                        advice: #"write {"input": "a.mp4", "background": "blur"}"#))
            }
        }
    }

    /// Checks one line. Empty fields are not given.
    private mutating func add(_ fields: [(name: String, value: String)], place: String) {
        var (input, output): (String?, String?)
        var settings: [RunSetting] = []
        do throws(MatteError) {
            for (name, value) in fields where !value.isEmpty {
                switch name {
                case "input": input = value
                case "output": output = value
                default:
                    let setting = RunSetting(name: name, value: value)
                    var probe = RunOptions()
                    try [setting].apply(to: &probe) { "\(place): \($0)" }
                    settings.append(setting)
                }
            }
            guard let input else {
                throw MatteError(.badInput, "\(place): there is no input", advice: "name a file")
            }
            lines.append(Line(input: input, output: output, settings: settings, place: place))
        } catch {
            problems.append(error)
        }
    }
}

/// A value of a line of JSON, as the texts that options take.
private enum ManifestValue: Decodable {
    case one(String)
    case several([String])

    var texts: [String] {
        switch self {
        case .one(let text): [text]
        case .several(let texts): texts
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .several([])
        } else if let flag = try? container.decode(Bool.self) {
            self = .one(String(flag))
        } else if let number = try? container.decode(Int.self) {
            self = .one(String(number))
        } else if let number = try? container.decode(Double.self) {
            self = .one(String(number))
        } else if let texts = try? container.decode([String].self) {
            self = .several(texts)
        } else {
            self = .one(try container.decode(String.self))
        }
    }
}
