/// The environment of workers: that of the run, and how their allocator gets memory.
///
/// A worker lives for seconds and touches hundreds of megabytes for the first time. In huge pages, where the system gives them
/// to programs that ask (madvise), that takes a fraction of the faults. The C library can be told so before it starts only.
enum WorkerEnvironment {
    private static let variable = "GLIBC_TUNABLES"
    private static let tunable = "glibc.malloc.hugetlb"

    /// - Returns: `environment` as it is, where it says something about that already.
    static func of(_ environment: [String: String]) -> [String: String] {
        let own = environment[variable] ?? ""
        guard !own.contains(tunable) else { return environment }
        var environment = environment
        environment[variable] = own + (own.isEmpty ? "" : ":") + "\(tunable)=1"
        return environment
    }
}
