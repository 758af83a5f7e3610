import Frames
import Matting
import Pixels

/// The matting of a show: brings the picture into shape, mattes it, holds it until the network has settled, and lets
/// the governor choose the ratio.
///
/// A network that failed is loaded anew. `matte` is for the matting queue; orders and facts are for any thread.
final class LiveMatter: @unchecked Sendable {
    // Sendable: what is not behind `orders` and `shared` is touched on the matting queue only.

    /// What the network is, for `status`.
    struct Facts: Sendable {
        var model: String
        var engine: String?
        var device: String?
        var ratio: Double?
        var plate: LivePlate?
    }

    private struct Orders: Sendable {
        var network: LiveNetwork?
        var isMirrored: Bool
        /// Nil without an order; an order for none is one too.
        var plate: LivePlate??
        var taking: PlateOrder?
    }

    /// In pixels of the network; RVM sees a person before a webcam down to about this.
    private static let leastLongerSide = 192.0
    /// The part of the picture that a person before a webcam covers at most.
    private static let mostPerson: Float = 0.9

    private let size: Size
    private let targetRate: Double?
    private let retrySeconds: Double
    private let problems: ProblemBoard
    private let notice: NoticeHandler
    private let orders: Protected<Orders>
    private let shared: Protected<Facts>

    private let conformer: PictureConformer
    private var setup: LiveNetwork
    private var network: TimedNetwork?
    private var plate: LivePlate?
    private var taker: PlateTaker?
    /// The network with the plate, where there is one.
    private var plated: PlateNetwork?
    private var stage: MattingStage?
    private var governor: RatioGovernor?
    private var ticket: Show.Ticket?
    private var isMirrored: Bool
    private var picturesOfShot = 0
    private var retryTime = 0.0
    private var hasSaidSlow = false
    private var hasSaidPlate = false
    private var isMisfit = false

    /// - Parameters:
    ///   - targetRate: pictures per second for which the ratio is lowered; nil to leave it.
    ///   - retrySeconds: rest after a failure.
    init(
        _ setup: LiveNetwork, plate: LivePlate? = nil, size: Size, targetRate: Double?, isMirrored: Bool,
        retrySeconds: Double, problems: ProblemBoard, notice: @escaping NoticeHandler
    ) {
        self.setup = setup
        self.size = size
        self.targetRate = targetRate
        self.isMirrored = isMirrored
        self.retrySeconds = retrySeconds
        self.problems = problems
        self.notice = notice
        self.plate = plate
        orders = Protected(Orders(isMirrored: isMirrored))
        shared = Protected(Facts(model: setup.model, plate: plate))
        conformer = PictureConformer(size: size)
        take(setup)
    }

    var facts: Facts { shared.withLock { $0 } }
    var mirrors: Bool { orders.withLock { $0.isMirrored } }

    /// Takes effect at the next picture.
    func setMirrored(_ isMirrored: Bool) { orders.withLock { $0.isMirrored = isMirrored } }

    /// Takes effect at the next picture.
    func replaceNetwork(_ network: LiveNetwork) { orders.withLock { $0.network = network } }

    /// Takes effect at the next picture; nil for no plate.
    func setPlate(_ plate: LivePlate?) {
        orders.withLock { $0.plate = .some(plate) }
        shared.withLock { $0.plate = plate }
    }

    /// The next pictures go into a plate, which is used if nobody is in it.
    func takePlate(_ order: PlateOrder) { orders.withLock { $0.taking = order } }

    /// - Returns: nil while the network settles or lacks its plate, while it rests after a failure, and for pictures that
    ///   go into a plate.
    /// - Throws: where there is no matte; the network is given up then.
    func matte(_ picture: LivePicture) throws -> LivePicture.Matted? {
        follow()
        if picture.ticket != ticket {
            ticket = picture.ticket
            stage = nil
        }
        guard Monotonic.now() >= retryTime else { return nil }
        do {
            return try settled(picture)
        } catch {
            network = nil
            (plated, stage) = (nil, nil)
            retryTime = Monotonic.now() + retrySeconds
            throw error
        }
    }

    private func settled(_ picture: LivePicture) throws -> LivePicture.Matted? {
        if network == nil { try take(setup, setup.reload()) }
        guard let network else { return nil }
        if taker != nil {
            try add(picture, network: network)
            return nil
        }
        follow(cameraSize: picture.captured.size)
        guard network.room == nil || plate != nil else {
            problems.report(
                MatteError(
                    .usage, "model \(setup.model) needs a picture of the empty room",
                    advice: "take one with 'matte ctl plate capture'"), of: .plate)
            return nil
        }
        let frame = try conformer.conform(picture.captured, mirrored: isMirrored)
        let stage = try currentStage(of: network)
        let start = Monotonic.now()
        var result: MattedFrame?
        try stage.process(frame) { result = $0 }
        guard let result else { throw MatteError(.internal, "the network gave no matte for a picture") }
        if network.room != nil, !fitsPlate(result) { return nil }
        picturesOfShot = result.startsShot ? 1 : picturesOfShot + 1
        guard !network.carriesState || picturesOfShot > setup.options.warmUpFrames else { return nil }
        govern(network.lastSeconds, of: Monotonic.now() - start)
        return picture.with(result)
    }

    /// Where nearly everything is taken for a person, the camera was moved or the light has changed, and it is the room.
    private func fitsPlate(_ result: MattedFrame) -> Bool {
        guard case .dense(let matte) = result.matte, matte.alpha.share(above: 0.5) > Self.mostPerson else {
            if isMisfit { problems.clear(.plate) }
            isMisfit = false
            return true
        }
        isMisfit = true
        problems.report(
            MatteError(
                .badInput, "the room is not as the plate '\(plate?.name ?? "")' has it",
                advice: "take another one: 'matte ctl plate capture'"), of: .plate)
        return false
    }

    /// - Parameters:
    ///   - networkSeconds: what the network took for a picture.
    ///   - wholeSeconds: what matting took altogether.
    private func govern(_ networkSeconds: Double, of wholeSeconds: Double) {
        let now = Monotonic.now()
        let times = RatioGovernor.Times(network: networkSeconds, rest: max(wholeSeconds - networkSeconds, 0))
        if let ratio = governor?.took(times, now: now) { adopt(ratio) }
        guard let targetRate, plated != nil, !hasSaidPlate, governor?.isRestTooLong(now: now) ?? false else { return }
        hasSaidPlate = true
        notice(
            "the plate alone takes longer than there is for \(targetRate.formatted) pictures per second; give a smaller "
                + "--size, or put the plate away with 'matte ctl plate off'")
    }

    private func currentStage(of network: TimedNetwork) throws -> MattingStage {
        if let stage { return stage }
        if let room = network.room {
            room.plate = plate?.conformed(to: size, isMirrored: isMirrored)
        } else if let plate, plated == nil {
            plated = try plate.network(network, size: size, isMirrored: isMirrored, notice: notice)
        }
        var options = setup.options
        // Settling means to wait here, not to hold pictures back and show them late.
        options.warmUpFrames = 0
        let made = MattingStage(network: plated ?? network, options: options)
        stage = made
        return made
    }

    private func follow() {
        let given = orders.withLock { orders in
            defer { (orders.network, orders.plate, orders.taking) = (nil, nil, nil) }
            return orders
        }
        if let replacement = given.network {
            setup = replacement
            take(replacement)
        }
        if let plate = given.plate { use(plate) }
        if let order = given.taking { taker = PlateTaker(order) }
        guard given.isMirrored != isMirrored else { return }
        isMirrored = given.isMirrored
        (plated, stage) = (nil, nil)
    }

    private func use(_ plate: LivePlate?) {
        self.plate = plate
        (plated, stage, hasSaidPlate) = (nil, nil, false)
    }

    /// Another camera, or the same at another size, shows another part of the room.
    private func follow(cameraSize: Size) {
        do {
            try plate?.check(cameraSize)
        } catch {
            problems.report(error, of: .plate)
            use(nil)
            shared.withLock { $0.plate = nil }
        }
    }

    private func add(_ picture: LivePicture, network: TimedNetwork) throws {
        guard taker?.order.result == nil else {
            taker = nil
            return
        }
        let frame = try conformer.conform(picture.captured, mirrored: false)
        guard taker?.add(frame, cameraSize: picture.captured.size) ?? false, let taker else { return }
        self.taker = nil
        stage = nil
        do {
            let taken = try taker.plate(seenBy: network)
            guard taker.order.finish(.success(())) else { return }
            use(taken)
            shared.withLock { $0.plate = taken }
        } catch {
            taker.order.finish(.failure(error))
            // Somebody in the picture is no failure of the network.
            if (error as? MatteError)?.kind != .badInput { throw error }
        }
    }

    private func take(_ setup: LiveNetwork, _ loaded: (any MattingNetwork)? = nil) {
        let network = TimedNetwork(loaded ?? setup.network)
        self.network = network
        (plated, stage) = (nil, nil)
        retryTime = 0
        let ratio = network.adjustable?.ratio(for: size)
        governor = targetRate.flatMap { rate in
            ratio.map {
                RatioGovernor(
                    targetRate: rate, highest: $0,
                    least: min(Self.leastLongerSide / Double(max(size.longerSide, 1)), 0.4 * $0))
            }
        }
        shared.withLock {
            ($0.model, $0.engine) = (setup.model, network.engineName)
            ($0.device, $0.ratio) = (network.deviceName, ratio)
        }
    }

    /// The output keeps its last picture until the network has settled at the new size.
    private func adopt(_ ratio: Double) {
        network?.adjustable?.ratio = ratio
        stage = nil
        shared.withLock { $0.ratio = ratio }
        guard !hasSaidSlow, let targetRate else { return }
        hasSaidSlow = true
        let rounded = (ratio * 100).rounded() / 100
        notice(
            "the machine is too slow for \(targetRate.formatted) pictures per second; the network looks at smaller pictures "
                + "(ratio \(rounded)) until there is time again")
    }
}

extension Double {
    /// 24, or 23.976.
    fileprivate var formatted: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
