import Glibc

/// Memory with pages on both sides that nobody may touch: a kernel that reads or writes one byte too many ends the test
/// program on the spot.
final class GuardedMemory<Element: BitwiseCopyable> {
    private let mapping: UnsafeMutableRawPointer
    private let mappedBytes: Int
    let base: UnsafeMutablePointer<Element>
    let count: Int

    enum Place: CaseIterable {
        /// Nothing may be read before the first element.
        case start
        /// Nothing may be read after the last.
        case end
    }

    /// - Parameters:
    ///   - place: which end lies at a guard; at the other one up to a page is writable.
    init(_ elements: [Element], at place: Place) throws {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let bytes = elements.count * MemoryLayout<Element>.stride
        let inner = (bytes + page - 1) / page * page
        mappedBytes = inner + 2 * page
        guard let mapping = mmap(nil, mappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            mapping != MAP_FAILED, mprotect(mapping + page, max(inner, 1), PROT_READ | PROT_WRITE) == 0
        else { throw Failure() }
        self.mapping = mapping
        let start = mapping + page + (place == .end ? inner - bytes : 0)
        base = start.bindMemory(to: Element.self, capacity: elements.count)
        count = elements.count
        for (index, element) in elements.enumerated() { base[index] = element }
    }

    deinit { munmap(mapping, mappedBytes) }

    var elements: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

    struct Failure: Error {}
}
