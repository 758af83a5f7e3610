import TestSupport
import Testing

@testable import Live

struct RatioGovernorTests {
    /// A machine whose time for a picture is a constant and a part that goes with the network's pixels.
    private struct Machine {
        /// Seconds for a picture at ratio 1.
        var wholeSeconds: Double
        /// Of the network.
        var constantSeconds = 0.005
        /// Of the plate.
        var restSeconds = 0.0

        func networkSeconds(at ratio: Double) -> Double { constantSeconds + wholeSeconds * ratio * ratio }
        func seconds(at ratio: Double) -> Double { networkSeconds(at: ratio) + restSeconds }
    }

    /// Runs for some seconds of the machine's time; gives the ratios after each change with their times.
    private func run(
        _ governor: inout RatioGovernor, on machine: Machine, from start: Double = 0, seconds: Double,
        jitter: Double = 0, seed: UInt64 = 1
    ) -> [(time: Double, ratio: Double)] {
        var random = SeededRandom(seed: seed)
        var (now, changes) = (start, [(time: Double, ratio: Double)]())
        while now < start + seconds {
            let noise = jitter > 0 ? Double.random(in: 1 - jitter...1 + jitter, using: &random) : 1
            let times = RatioGovernor.Times(
                network: machine.networkSeconds(at: governor.ratio) * noise, rest: machine.restSeconds * noise)
            now += max(times.network + times.rest, 1.0 / 30)
            if let ratio = governor.took(times, now: now) { changes.append((now, ratio)) }
        }
        return changes
    }

    @Test func aFastMachineKeepsTheRatio() {
        var governor = RatioGovernor(targetRate: 24, highest: 0.4, least: 0.1)
        #expect(run(&governor, on: Machine(wholeSeconds: 0.1), seconds: 600, jitter: 0.3).isEmpty)
        #expect(governor.ratio == 0.4)
    }

    @Test(arguments: [0.3, 0.5, 1.0, 2.0])
    func aSlowMachineReachesTheRateAndStaysThere(wholeSeconds: Double) throws {
        let machine = Machine(wholeSeconds: wholeSeconds)
        var governor = RatioGovernor(targetRate: 24, highest: 0.8, least: 0.1)
        let changes = run(&governor, on: machine, seconds: 1200, jitter: 0.2)
        let reached = try #require(changes.first { machine.seconds(at: $0.ratio) <= 1.0 / 24 })
        #expect(reached.time < 10)
        #expect(machine.seconds(at: governor.ratio) <= 1.0 / 24)
        // Not lower than needed, by two steps.
        #expect(machine.seconds(at: governor.ratio / RatioGovernor.step / RatioGovernor.step) > 0.75 / 24)
        #expect(changes.count < 16, "it swings: \(changes)")
    }

    @Test func theRatioComesBackWhenThereIsTimeAgain() {
        var governor = RatioGovernor(targetRate: 24, highest: 0.8, least: 0.1)
        _ = run(&governor, on: Machine(wholeSeconds: 1), seconds: 60)
        #expect(governor.ratio < 0.25)
        _ = run(&governor, on: Machine(wholeSeconds: 0.02), from: 60, seconds: 600)
        #expect(governor.ratio == 0.8)
    }

    /// A network is fitted to each size that is used, so there must be few of them, however long a show lasts.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func aLongShowUsesFewRatios(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var governor = RatioGovernor(targetRate: 24, highest: 0.8, least: 0.1)
        var (ratios, changes) = (Set([0.8]), 0)
        for hour in 0..<60 {
            let machine = Machine(wholeSeconds: Double.random(in: 0.02...2, using: &random))
            let seen = run(&governor, on: machine, from: Double(hour) * 600, seconds: 600, jitter: 0.2, seed: seed)
            changes += seen.count
            ratios.formUnion(seen.map(\.ratio))
        }
        #expect(changes > 100)
        // 0.9^20 is about an eighth.
        #expect(ratios.count <= 21, "\(ratios.sorted())")
    }

    @Test func oneSlowPictureChangesNothing() {
        var governor = RatioGovernor(targetRate: 24, highest: 0.4, least: 0.1)
        var now = 0.0
        for index in 0..<500 {
            now += 1.0 / 30
            let change = governor.took(.init(network: index % 50 == 49 ? 0.2 : 0.02, rest: 0), now: now)
            #expect(change == nil)
        }
    }

    @Test func aHopelessMachineStopsAtTheLeastRatio() {
        var governor = RatioGovernor(targetRate: 60, highest: 0.5, least: 0.1)
        _ = run(&governor, on: Machine(wholeSeconds: 1, constantSeconds: 0.5), seconds: 200)
        #expect(governor.ratio == 0.1)
    }

    @Test func aStepThatWasTakenBackIsTriedLaterAndLater() {
        // At the limit: this ratio is roomy, by the prediction, but the one above is too slow.
        var governor = RatioGovernor(targetRate: 24, highest: 0.5, least: 0.1)
        _ = run(&governor, on: Machine(wholeSeconds: 0.3), seconds: 20)
        var (now, busy, raises) = (20.0, 0.02, [Double]())
        while now < 1000 {
            now += 1.0 / 30
            guard let ratio = governor.took(.init(network: busy, rest: 0), now: now) else { continue }
            let isRaise = busy < 0.03
            if isRaise { raises.append(now) }
            busy = isRaise ? 0.06 : 0.02
            _ = ratio
        }
        let gaps = zip(raises, raises.dropFirst()).map { $1 - $0 }
        #expect(gaps.count >= 4)
        #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $1 > $0 * 1.4 || $0 > 200 }, "\(gaps)")
    }

    /// A plate takes a part of a picture's time: the network has the others, and the rate is reached.
    @Test(arguments: [0.01, 0.02, 0.03])
    func aPlateLeavesTheNetworkWhatItDoesNotTake(restSeconds: Double) throws {
        let machine = Machine(wholeSeconds: 0.3, constantSeconds: 0.001, restSeconds: restSeconds)
        var governor = RatioGovernor(targetRate: 24, highest: 0.8, least: 0.1)
        let changes = run(&governor, on: machine, seconds: 600, jitter: 0.2)
        #expect(machine.seconds(at: governor.ratio) <= 1.0 / 24)
        #expect(machine.seconds(at: governor.ratio / RatioGovernor.step / RatioGovernor.step) > 0.75 / 24)
        #expect(changes.count < 16, "it swings: \(changes)")
        #expect(!governor.isRestTooLong(now: 600))
    }

    /// A plate takes longer than there is for a picture: a worse matte would hardly bring more of them.
    @Test func aPlateThatIsTooSlowDoesNotTakeTheNetworksRatio() {
        let machine = Machine(wholeSeconds: 0.5, restSeconds: 0.2)
        var governor = RatioGovernor(targetRate: 24, highest: 0.8, least: 0.1)
        let changes = run(&governor, on: machine, seconds: 600, jitter: 0.2)
        let share = machine.networkSeconds(at: governor.ratio) / machine.restSeconds
        #expect(share <= RatioGovernor.always && share > 0.6 * RatioGovernor.always, "\(share)")
        #expect(changes.count < 16, "it swings: \(changes)")
        #expect(governor.isRestTooLong(now: 600))

        // A network that was small beside it all the time keeps its ratio.
        var small = RatioGovernor(targetRate: 24, highest: 0.4, least: 0.1)
        #expect(run(&small, on: Machine(wholeSeconds: 0.1, restSeconds: 0.2), seconds: 60, jitter: 0.2).isEmpty)
    }

    @Test func theRatioComesBackWhenThePlateIsPutAway() {
        var governor = RatioGovernor(targetRate: 24, highest: 0.4, least: 0.1)
        _ = run(&governor, on: Machine(wholeSeconds: 0.15, restSeconds: 0.035), seconds: 60)
        #expect(governor.ratio < 0.25)
        _ = run(&governor, on: Machine(wholeSeconds: 0.15), from: 60, seconds: 600)
        #expect(governor.ratio == 0.4)
        #expect(!governor.isRestTooLong(now: 660))
    }
}
