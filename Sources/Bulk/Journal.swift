internal import Foundation
internal import Frames

/// What happened to which clip, one line of JSON each, beside the outputs. It is what a later run goes by.
///
/// A line is on the disk before the run goes on. A line that a crash tore is cut off; nothing before it is lost. The
/// run's folder is locked, so nobody else writes. Used by one thread at a time.
final class Journal {
    static let fileName = "journal.jsonl"
    private static let header = #"{"journal":"matte bulk","version":1}"#

    private(set) var histories: [String: ClipHistory] = [:]
    private let path: String
    private let file: FileHandle
    private let encoder = JSONEncoder()

    /// What a journal said when it looked like that.
    struct Reading {
        fileprivate let file: FileState?
        /// Whether every line could be read, to the last.
        fileprivate let isWhole: Bool
        let histories: [String: ClipHistory]

        /// Names of everything that these runs made or began.
        var results: Set<String> { histories.values.reduce(into: Set(histories.keys)) { $0.formUnion($1.further) } }
    }

    /// Opens the folder's journal, or begins one.
    ///
    /// - Parameters:
    ///   - known: an earlier reading, which is taken where nothing was written since.
    ///   - notice: hears of lines that cannot be read; what they said is done again.
    /// - Throws: `.badInput` where the file is something else, `.cannotCreate` or `.io`.
    init(folder: String, known: Reading? = nil, notice: NoticeHandler) throws(MatteError) {
        path = FileName.join(folder, Self.fileName)
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw MatteError(
                .cannotCreate, "'\(path)' cannot be written: \(String(cString: strerror(errno)))",
                advice: "choose a folder that you may write to")
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        if let known, let state = known.file, state == FileState(of: path), known.isWhole {
            histories = known.histories
            lseek(descriptor, 0, SEEK_END)
            return
        }
        let data = try Self.read(file, path)
        let whole = try parse(data, notice: notice)
        do {
            try file.truncate(atOffset: UInt64(whole))
        } catch {
            throw MatteError(.io, "'\(path)' cannot be written", advice: "check the disk")
        }
        if whole == 0 { try append(line: Data(Self.header.utf8)) }
    }

    /// What the folder's journal says, without touching anything. Nothing where there is none.
    static func reading(in folder: String, notice: @escaping NoticeHandler) throws(MatteError) -> Reading {
        let path = FileName.join(folder, fileName)
        // Before reading: a line that comes meanwhile changes it.
        let state = FileState(of: path)
        guard let file = FileHandle(forReadingAtPath: path) else {
            return Reading(file: nil, isWhole: true, histories: [:])
        }
        let data = try read(file, path)
        let isSound = Protected(true)
        let (found, whole) = try histories(in: data, path: path) { words in
            isSound.withLock { $0 = false }
            notice(words)
        }
        return Reading(
            file: state, isWhole: isSound.withLock { $0 } && whole > 0 && whole == data.count, histories: found)
    }

    /// Writes a line and waits until it is on the disk.
    ///
    /// - Throws: `.io` for a full or failing disk; the journal is as it was then.
    func append(_ entry: JournalEntry) throws(MatteError) {
        let line: Data
        do { line = try encoder.encode(entry) } catch {
            throw MatteError(.internal, "a line of '\(path)' cannot be made: \(error)")
        }
        try append(line: line)
        histories[entry.clip, default: ClipHistory()].add(entry)
    }

    private func append(line: Data) throws(MatteError) {
        let before = lseek(file.fileDescriptor, 0, SEEK_CUR)
        do {
            try file.write(contentsOf: line + Data("\n".utf8))
            try file.synchronize()
        } catch {
            ftruncate(file.fileDescriptor, before)
            lseek(file.fileDescriptor, before, SEEK_SET)
            throw MatteError(
                .io, "'\(path)' cannot be written; the disk may be full",
                advice: "make room, then start the same command again")
        }
    }

    /// - Returns: how many bytes are whole lines.
    private func parse(_ data: Data, notice: NoticeHandler) throws(MatteError) -> Int {
        let (found, whole) = try Self.histories(in: data, path: path, notice: notice)
        histories = found
        return whole
    }

    private static func histories(
        in data: Data, path: String, notice: NoticeHandler
    ) throws(MatteError) -> (found: [String: ClipHistory], wholeBytes: Int) {
        var found: [String: ClipHistory] = [:]
        let newline = UInt8(ascii: "\n")
        let whole = (data.lastIndex(of: newline).map { $0 + 1 }) ?? 0
        // Of an array, which is several times as fast to go through.
        let lines = Array(data.prefix(whole)).split(separator: newline, omittingEmptySubsequences: false).dropLast()
        guard let first = lines.first else {
            // A header that was torn, or nothing at all.
            if data.isEmpty || Data(header.utf8).starts(with: data) { return ([:], 0) }
            throw foreign(path)
        }
        guard first.elementsEqual(header.utf8) else { throw foreign(path) }
        let decoder = JSONDecoder()
        for (index, line) in lines.enumerated().dropFirst() {
            guard let entry = try? decoder.decode(JournalEntry.self, from: Data(line)) else {
                notice("'\(path)', line \(index + 1) cannot be read; what it says is done again")
                continue
            }
            found[entry.clip, default: ClipHistory()].add(entry)
        }
        return (found, whole)
    }

    private static func foreign(_ path: String) -> MatteError {
        MatteError(.badInput, "'\(path)' is not a journal of matte", advice: "choose another folder, or move it away")
    }

    private static func read(_ file: FileHandle, _ path: String) throws(MatteError) -> Data {
        do {
            return try file.readToEnd() ?? Data()
        } catch {
            throw MatteError(.io, "'\(path)' cannot be read", advice: "check the disk")
        }
    }
}
