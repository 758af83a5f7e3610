/// Guesses which known word a misspelt one was meant to be, for errors that say "did you mean …?".
public enum Spelling {
    /// The known word that differs least from `word`, if it is near enough to be meant; the first of equals.
    public static func nearest(to word: String, among known: [String]) -> String? {
        // A long text is nobody's misspelling, and the table would grow with it.
        guard word.count <= 40 else { return nil }
        let best = known.map { (word: $0, distance: distance(Array(word), Array($0))) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, min(2, word.count / 2)) else { return nil }
        return best.word
    }

    /// Levenshtein's distance, where a swap of neighbours counts as one.
    private static func distance(_ one: [Character], _ two: [Character]) -> Int {
        var rows = [Array(0...two.count)]
        for (i, character) in one.enumerated() {
            var row = [i + 1]
            for (j, other) in two.enumerated() {
                var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (character == other ? 0 : 1))
                if i > 0, j > 0, character == two[j - 1], one[i - 1] == other {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][two.count]
    }
}
