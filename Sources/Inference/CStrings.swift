/// Calls `body` with an array of C strings that live until it returns, and a null after the last.
func withCStrings<Result>(_ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) throws -> Result) rethrows
    -> Result
{
    let bytes = strings.map { Array($0.utf8CString) }
    let storage = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(bytes.reduce(0) { $0 + $1.count }, 1))
    defer { storage.deallocate() }
    var pointers: [UnsafePointer<CChar>?] = []
    var offset = 0
    for string in bytes {
        _ = storage[offset...].update(fromContentsOf: string)
        pointers.append(storage.baseAddress.map { UnsafePointer($0 + offset) })
        offset += string.count
    }
    pointers.append(nil)
    return try body(pointers)
}
