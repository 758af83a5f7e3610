import Testing

@testable import Bulk

struct WorkerEnvironmentTests {
    @Test(
        arguments: [
            (nil, "glibc.malloc.hugetlb=1"), ("", "glibc.malloc.hugetlb=1"),
            ("glibc.malloc.arena_max=2", "glibc.malloc.arena_max=2:glibc.malloc.hugetlb=1"),
            ("glibc.malloc.hugetlb=0", "glibc.malloc.hugetlb=0"),
        ] as [(String?, String)])
    func workersAskForHugePagesUnlessTheUserSaysOtherwise(given: String?, expected: String) {
        var environment = ["HOME": "/home/me"]
        environment["GLIBC_TUNABLES"] = given
        #expect(WorkerEnvironment.of(environment) == ["HOME": "/home/me", "GLIBC_TUNABLES": expected])
    }
}
