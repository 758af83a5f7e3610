import Frames

/// What is wrong at the moment, one sentence for each part; says each sentence once. Any thread may use it.
final class ProblemBoard: Sendable {
    enum Part: Int, CaseIterable {
        case camera
        case matting
        case plate
        case background
        case preset
        case preview
    }

    private let problems = Protected<[Part: String]>([:])
    private let notice: NoticeHandler

    init(notice: @escaping NoticeHandler) { self.notice = notice }

    /// In the order of the parts.
    var sentences: [String] { problems.withLock { problems in Part.allCases.compactMap { problems[$0] } } }

    func report(_ error: any Error, of part: Part) {
        let sentence = (error as? MatteError)?.description ?? "\(error)"
        let isNew = problems.withLock { problems in
            defer { problems[part] = sentence }
            return problems[part] != sentence
        }
        if isNew { notice(sentence) }
    }

    /// The part works again.
    ///
    /// - Parameter words: said if there was a problem.
    func clear(_ part: Part, saying words: @autoclosure () -> String? = nil) {
        guard problems.withLock({ $0.removeValue(forKey: part) }) != nil, let words = words() else { return }
        notice(words)
    }
}
