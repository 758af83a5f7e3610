/// Why the output shows the standby card and not the person.
public enum StandbyReason: String, Sendable, Codable, CaseIterable {
    /// The camera has not been opened yet.
    case starting
    /// The network has not seen enough pictures to be sure.
    case settling
    case paused
    /// The room is being photographed without anybody in it.
    case takingPlate = "taking-plate"
    /// Nobody reads the output, so the camera is off.
    case unwatched
    case cameraLost = "camera-lost"
    /// No matte, or no composite, could be made.
    case failed
    /// Nothing new has come for some seconds.
    case stalled
    case ended
}

/// Decides what the output shows: the last composited picture, or the standby card.
///
/// A value without clock, queues or pixels, so that every order of events can be tried. A picture gets in with the
/// ticket that was current when its camera picture was taken. Whatever draws the curtain (pause, loss of camera, a
/// failure) makes all earlier tickets void and lets go of the picture, so nothing that was on its way can come after it.
public struct LiveShow<Picture: Sendable>: Sendable {
    /// Admits pictures of the time in which the curtain was up without a break.
    public struct Ticket: Hashable, Sendable {
        fileprivate var number = 0
    }

    public enum Event: Sendable {
        case paused
        case resumed
        /// The camera is wanted, and none of its pictures may be shown.
        case plateBegins
        case plateEnds
        case watched
        case unwatched
        case cameraOpened
        case cameraLost
        /// A stage failed with a picture of this ticket.
        case failed(Ticket)
        /// A picture with its own matte, composited.
        case composited(Picture, Ticket)
        case ended
    }

    public enum Shown {
        case picture(Picture)
        case standby(StandbyReason)
    }

    private enum Camera { case closed, open, lost }

    /// Seconds after which a picture is too old to be repeated.
    private let staleSeconds: Double
    private var camera = Camera.closed
    private var isEnded = false
    private var hasFailed = false
    private var latest: (picture: Picture, seconds: Double)?
    public private(set) var isPaused = false
    /// Until the plate is done, or until something comes between.
    public private(set) var isTakingPlate = false
    public private(set) var isWatched: Bool
    /// For pictures that are taken now.
    public private(set) var ticket = Ticket()

    /// - Parameters:
    ///   - isWatched: false where the camera waits for a reader.
    ///   - staleSeconds: how long a picture may be repeated.
    public init(isWatched: Bool = true, staleSeconds: Double = 2) {
        self.isWatched = isWatched
        self.staleSeconds = staleSeconds
    }

    /// Whether the last word about the camera was that it is open.
    public var isCameraOpen: Bool { camera == .open }

    /// Whether the camera is to be open.
    public var wantsCamera: Bool { !isPaused && !isEnded && (isWatched || isTakingPlate) }

    /// - Parameter now: seconds of the clock that `shown` is asked with.
    /// - Returns: whether the event counted; false for a picture or failure that comes too late, and for a plate that
    ///   cannot be taken now.
    @discardableResult
    public mutating func handle(_ event: Event, now: Double) -> Bool {
        switch event {
        case .paused: (isPaused, isTakingPlate) = (true, false)
        case .resumed: isPaused = false
        case .plateBegins, .plateEnds:
            let begins = if case .plateBegins = event { true } else { false }
            guard begins != isTakingPlate, !isPaused, !isEnded else { return false }
            isTakingPlate = begins
        case .watched: isWatched = true
        case .unwatched: isWatched = false
        case .cameraOpened: camera = .open
        case .cameraLost: (camera, isTakingPlate) = (.lost, false)
        case .ended: (isEnded, isTakingPlate) = (true, false)
        case .failed(let ticket):
            guard ticket == self.ticket else { return false }
            hasFailed = true
            isTakingPlate = false
        case .composited(let picture, let ticket):
            guard ticket == self.ticket, wantsCamera, !isTakingPlate, camera == .open else { return false }
            hasFailed = false
            latest = (picture, now)
            return true
        }
        // An open camera is none any more once nobody wants it.
        if !wantsCamera { camera = .closed }
        latest = nil
        ticket.number += 1
        return true
    }

    /// What to write now.
    public func shown(now: Double) -> Shown {
        if isEnded { return .standby(.ended) }
        if isPaused { return .standby(.paused) }
        if isTakingPlate { return .standby(.takingPlate) }
        if !isWatched { return .standby(.unwatched) }
        switch camera {
        case .closed: return .standby(.starting)
        case .lost: return .standby(.cameraLost)
        case .open: break
        }
        if hasFailed { return .standby(.failed) }
        guard let latest else { return .standby(.settling) }
        return now - latest.seconds <= staleSeconds ? .picture(latest.picture) : .standby(.stalled)
    }
}
