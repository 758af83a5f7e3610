import Decoding
import Encoding
import FFmpeg
import Foundation
public import Frames
public import Inference
public import Matting
public import Models

/// A model's card compared with its file, for those who add a network.
public struct ModelCheck: Sendable {
    /// The card, and the file that was checked.
    public let model: InstalledModel
    public let network: NetworkCheck

    /// - Parameters:
    ///   - card: a card's file, or the name of one that is known.
    ///   - file: the ONNX file; nil for the one of the same name beside the card's file, else the one in the store.
    ///   - picture: a picture to be matted; nil for a drawn person.
    ///   - notice: told of fall-backs.
    /// - Throws: `.usage`, `.noInput`, `.badInput`, `.missingPart` where there is nothing to check.
    public init(
        card: String, file: String? = nil, picture: String? = nil, inference: InferenceOptions = .init(),
        notice: @escaping NoticeHandler = { _ in }
    ) throws {
        model = try Self.model(card, file)
        try model.checkDigest()
        if picture != nil, [.trimap, .plate].contains(model.card.kind) {
            throw MatteError(
                .usage, "model \(model.card.name) is checked with a drawn picture, whose trimap and room are known",
                advice: "leave out --picture")
        }
        let frame = try picture.map { path in
            guard let frame = try ClipDecoder(path: path, notice: notice).nextFrame() else {
                throw MatteError(.badInput, "'\(path)' holds no picture")
            }
            return frame
        }
        network = try NetworkCheck.run(model: model, inference: inference, picture: frame, notice: notice)
    }

    /// Writes the picture, its alpha and the subject before green, side by side, as PNG.
    ///
    /// - Returns: false where the network could not be run, and there is nothing to write.
    public func writeSheet(to path: String, overwrite: Bool = false) throws -> Bool {
        guard let sheet = network.sheet else { return false }
        let video = VideoDescription(size: sheet.size, timeBase: sheet.timestamp.timeBase, color: sheet.color)
        var options = EncodingOptions()
        options.overwrite = overwrite
        let plan = try OutputPlan(path: path, video: video, options: options)
        guard plan.format == sheet.format, !plan.isSequence else {
            throw MatteError(.usage, "'\(path)' cannot hold the result of a check", advice: "name one .png file")
        }
        let writer = try ClipWriter(plan: plan, video: video)
        try writer.write(sheet)
        _ = try writer.finish()
        return true
    }

    private static func model(_ spec: String, _ file: String?) throws -> InstalledModel {
        let store = ModelStore()
        guard spec.hasSuffix(".yaml") || spec.hasSuffix(".yml") else {
            let card = try store.catalog.card(named: spec)
            return InstalledModel(card: card, path: try file ?? store.path(card.name))
        }
        guard FileManager.default.fileExists(atPath: spec) else {
            throw MatteError(.noInput, "there is no '\(spec)'", advice: "check the path")
        }
        let beside = URL(fileURLWithPath: spec).deletingPathExtension().path + ".onnx"
        if let file = file ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil) {
            return InstalledModel(card: try ModelCatalog.card(at: spec, of: file), path: file)
        }
        let card = try ModelCatalog.card(at: spec)
        let stored = "\(store.directory)/\(card.name).onnx"
        if FileManager.default.fileExists(atPath: stored) { return InstalledModel(card: card, path: stored) }
        throw MatteError(
            .missingPart, "there is no file for model \(card.name)",
            advice: "put it beside the card as '\(beside)', or name it with --file")
    }
}
