/// Elements at the end of which more are written while the earlier ones are read; without the checks of `Array`, which
/// cost as much as the arithmetic here. For plain values.
final class GrowingArray<Element> {
    private(set) var elements: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        elements = .allocate(capacity: self.capacity)
    }

    deinit { elements.deallocate() }

    /// Makes room for some more.
    func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.moveInitialize(from: elements, count: count)
        elements.deallocate()
        elements = larger
    }

    /// Adds an element for which there is room.
    func appendReserved(_ element: Element) {
        (elements + count).initialize(to: element)
        count += 1
    }

    func append(_ element: Element) {
        reserve(1)
        appendReserved(element)
    }
}
