package import Decoding
import Foundation
package import Frames
import Matting
import Pixels
package import Plates
import Presets

/// Gets the clean plate of a job: a picture's, the median of a clip's, or one made from the input itself.
package struct JobPlate {
    let name: String
    let notice: NoticeHandler
    let isCancelled: @Sendable () -> Bool

    package init(name: String, notice: @escaping NoticeHandler, isCancelled: @escaping @Sendable () -> Bool) {
        self.name = name
        self.notice = notice
        self.isCancelled = isCancelled
    }

    /// Pictures of the input from which `--plate auto` makes a plate.
    private static let pictureCount = 24
    private static let widestAspectDifference = 0.02

    /// The network with the clean plate that the options ask for; the network itself where they ask for none.
    ///
    /// - Parameter size: of the clip.
    static func network(
        _ network: any MattingNetwork, for size: Size, options: RunOptions,
        isCancelled: @escaping @Sendable () -> Bool, notice: @escaping NoticeHandler
    ) throws -> any MattingNetwork {
        guard let name = options.plate else { return network }
        if let plate = (network as? any RoomNetwork)?.plate {
            try JobPlate(name: name, notice: notice, isCancelled: isCancelled).check(plate.size, against: size)
            return network
        }
        guard name == "auto" else {
            let loader = JobPlate(name: name, notice: notice, isCancelled: isCancelled)
            return try PlateNetwork(
                network, plate: try loader.plate(for: size), keep: options.plateKeep, name: name, notice: notice)
        }
        guard options.input != "-" else {
            throw MatteError(
                .usage, "--plate auto reads the input twice, which standard input does not allow",
                advice: "give a file, or a plate")
        }
        let loader = JobPlate(name: options.input, notice: notice, isCancelled: isCancelled)
        // Without notices: of damage one hears when the clip itself is read.
        let decoder = try ClipDecoder(path: options.input, options: options.decoding, isCancelled: isCancelled)
        guard let plate = try loader.plate(uncoveredIn: decoder, network: network) else { return network }
        return try PlateNetwork(network, plate: plate, keep: options.plateKeep, name: "auto")
    }

    /// The plate of a file, for pictures of `size`.
    ///
    /// A picture's transparent places are unknown.
    /// - Parameter size: of the clip to be matted; nil for any.
    /// - Throws: `.badInput` for another aspect, and what reading throws.
    package func plate(for size: Size?, options: DecodingOptions = .init()) throws -> CleanPlate {
        let decoder = try ClipDecoder(path: name, options: options, isCancelled: isCancelled, notice: notice)
        if let size { try check(decoder.info.size, against: size) }
        let reader = FrameReader()
        if decoder.info.isStill, let frame = try decoder.nextFrame() {
            let known = reader.readAlpha(frame).map { $0.isOpaque ? nil : $0 } ?? nil
            return CleanPlate(picture: reader.read(frame), known: known)
        }
        var builder = PlateBuilder()
        while let frame = try decoder.nextFrame() {
            if builder.wantsNext { builder.add(reader.read(frame)) } else { builder.skip() }
        }
        let plate = try finished(builder)
        if isNamedLikePicture { notice("the plate '\(name)' moves; the median of its pictures is taken") }
        return plate
    }

    /// Of a clip nobody expects a single picture; of a GIF or an animated PNG somebody may.
    private var isNamedLikePicture: Bool {
        let fileExtension = (name as NSString).pathExtension.lowercased()
        return fileExtension == "gif" || fileExtension == "apng" || PictureFolder.extensions.contains(fileExtension)
    }

    /// The plate that a clip shows bit by bit where its subject is not.
    ///
    /// - Parameter decoder: of the clip, at its first frame; it is read to its end.
    /// - Returns: nil where the clip shows none, which is told.
    func plate(uncoveredIn decoder: ClipDecoder, network: any MattingNetwork) throws -> CleanPlate? {
        let interval = max((decoder.info.expectedFrames ?? 0) / Self.pictureCount, 1)
        let reader = FrameReader()
        var builder = UncoveredPlate()
        var index = 0
        while let frame = try decoder.nextFrame() {
            if index % interval == 0 {
                if builder.wantsNext {
                    builder.add(reader.read(frame), hiding: try network.subject(of: frame))
                } else {
                    builder.skip()
                }
            }
            index += 1
        }
        network.reset()
        guard !builder.isEmpty else { throw noPicture }
        guard let plate = builder.plate() else {
            notice(
                "no plate can be made from '\(name)', whose camera or room moves too much; the result is the "
                    + "network's alone; film the empty room from one place and give it with --plate FILE")
            return nil
        }
        tellMisfits(builder.misfits)
        let known = plate.known.withFloats { $0.reduce(0, +) / Float(max($0.count, 1)) }
        notice("the plate made from '\(name)' shows \(Int((known * 100).rounded(.down))) % of the room")
        return known > 0 ? plate : nil
    }

    private func finished(_ builder: PlateBuilder) throws -> CleanPlate {
        guard let plate = builder.plate() else { throw noPicture }
        tellMisfits(builder.misfits)
        return plate
    }

    private var noPicture: MatteError { MatteError(.badInput, "the plate '\(name)' holds no picture") }

    private func tellMisfits(_ count: Int) {
        guard count > 0 else { return }
        notice("\(count) pictures of '\(name)' show another place than its first one; they are left out")
    }

    private func check(_ size: Size, against clip: Size) throws {
        let aspect = Double(size.width) / Double(size.height)
        let wanted = Double(clip.width) / Double(clip.height)
        guard abs(aspect / wanted - 1) <= Self.widestAspectDifference else {
            throw MatteError(
                .badInput, "the plate '\(name)' is \(size), the clip \(clip): another aspect",
                advice: "film the plate with the clip's camera and settings")
        }
        if size != clip { notice("the plate '\(name)' is \(size); it is scaled to the clip's \(clip)") }
    }
}

extension FloatImage {
    /// Whether an alpha is 1 everywhere.
    fileprivate var isOpaque: Bool { withFloats { $0.allSatisfy { $0 >= 1 } } }
}
