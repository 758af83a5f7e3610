import MatteKit
import Presets
import Testing

@testable import Bulk

struct ParallelismTests {
    private func machine(cores: Int, gigabytes: Int) -> Machine {
        Machine(processorText: "", memoryText: "MemTotal: \(gigabytes << 20) kB", cores: cores)
    }

    @Test(arguments: [
        (cores: 2, gigabytes: 8, clips: 20, jobs: 2, threads: 1), (8, 32, 3, 8, 2), (64, 16, 500, 16, 4),
        (4, 1, 9, 1, 4), (1, 1, 9, 1, 1), (8, 32, 1, 8, 8),
    ])
    func coresAreDividedAmongClipsAsFarAsMemoryGoes(cores: Int, gigabytes: Int, clips: Int, jobs: Int, threads: Int) {
        let chosen = Parallelism(
            asked: nil, device: "cpu", machine: machine(cores: cores, gigabytes: gigabytes))
        #expect((chosen.jobs, chosen.threads(demand: clips)) == (jobs, threads))
    }

    /// One thread where every core has a clip, and as many as it likes where there are fewer clips, or cores to spare.
    @Test(arguments: [(20, 2, 1), (3, 2, 1), (2, 2, nil), (1, 2, nil), (20, 1, nil)] as [(Int, Int, Int?)])
    func encodersDoNotShareCores(clips: Int, jobs: Int, threads: Int?) {
        let chosen = Parallelism(asked: jobs, device: "cpu", machine: machine(cores: 2, gigabytes: 8))
        #expect(chosen.encoderThreads(clips: clips) == threads)
        let clip = BulkClip(
            input: "a.mp4", name: "a", settings: [RunSetting(name: "encoder-option", value: "threads=3")], inputBytes: 1
        )
        let words = clip.runArguments(folder: "out", threads: 1, encoderThreads: threads, replaces: false)
        let asked = words.filter { $0.hasPrefix("encoder-option=") }
        // What a person asks for comes last, and so holds.
        #expect(asked == (threads.map { ["encoder-option=threads=\($0)"] } ?? []) + ["encoder-option=threads=3"])
    }

    @Test func theLongestBeginFirst() {
        let clips = [3, 9, 3, 12].enumerated().map {
            BulkClip(input: "\($0).mp4", name: "\($0)", settings: [], inputBytes: $1)
        }
        func order(_ jobs: Int) -> [String] {
            Parallelism(asked: jobs, device: "cpu", machine: machine(cores: 2, gigabytes: 8))
                .order(clips, by: \.self).map(\.name)
        }
        #expect(order(2) == ["3", "1", "0", "2"])
        #expect(order(1) == ["0", "1", "2", "3"])
    }

    @Test func whatWasAskedForHolds() {
        let small = machine(cores: 4, gigabytes: 1)
        #expect(Parallelism(asked: 3, device: "cpu", machine: small).jobs == 3)
        #expect(Parallelism(asked: nil, device: "cuda", machine: machine(cores: 8, gigabytes: 64)).jobs == 2)
    }
}
