import Foundation
import TestSupport
import Testing

@testable import V4L2

/// The module as the system tells of it, in a folder that stands for the root of all.
struct LoopbackModuleTests {
    private let kernel = "6.1.0-56-amd64"

    private func module(_ files: [String: String]) throws -> LoopbackModule? {
        let root = try TemporaryFolder()
        for (path, text) in files {
            let file = root.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return LoopbackModule(root: root.path(""))
    }

    @Test func aModuleThatIsNotLoadedIsNone() throws {
        #expect(try module(["var/lib/dkms/v4l2loopback/0.12.7/\(kernel)/log": ""]) == nil)
    }

    @Test func aModuleThatSaysItsVersionIsBelieved() throws {
        let found = try module([
            "sys/module/v4l2loopback/version": "0.15.4\n", "sys/module/v4l2loopback/parameters/exclusive_caps": "Y,N\n",
        ])
        #expect(found?.version == "0.15.4" && found?.exclusiveCaps == [true, false])
    }

    /// Those before 0.13 have no such file, Debian 12's among them.
    @Test func aModuleWithoutItsVersionIsLoadedAllTheSame() throws {
        let found = try module(["sys/module/v4l2loopback/parameters/exclusive_caps": "Y,N,N,N\n"])
        #expect(found != nil && found?.version == nil)
        #expect(found?.exclusiveCaps == [true, false, false, false])
    }

    /// Made for this kernel, and of an age at which modules did not say it.
    @Test(
        arguments: [
            (["0.12.7/KERNEL"], "0.12.7"), (["0.12.5/5.10.0-1", "0.12.7/KERNEL"], "0.12.7"), (["0.15.0/KERNEL"], nil),
            (["0.12.5/KERNEL", "0.12.7/KERNEL"], nil), (["0.12.7/source"], nil),
        ] as [([String], String?)])
    func theSourcesItWasMadeFromTellTheVersion(trees: [String], version: String?) throws {
        var files = [
            "sys/module/v4l2loopback/parameters/exclusive_caps": "Y\n", "proc/sys/kernel/osrelease": "\(kernel)\n",
        ]
        for tree in trees {
            files["var/lib/dkms/v4l2loopback/\(tree.replacing("KERNEL", with: kernel))/log"] = ""
        }
        #expect(try module(files)?.version == version)
    }
}
