import Foundation
public import Frames
import Presets

/// Mattes pictures one after the other with one loaded network. What is wrong with one keeps none of the others from
/// being written.
///
/// `run` blocks; `cancel` may be called from any thread. An object runs once.
public final class ImageJob: Sendable {
    private let options: ImageOptions
    private let notice: NoticeHandler
    private let state = Protected<(isCancelled: Bool, current: MatteJob?)>((false, nil))

    /// - Parameter notice: hears what a person should know but what stops nothing; called from any thread.
    public init(_ options: ImageOptions, notice: @escaping NoticeHandler = { _ in }) {
        self.options = options
        self.notice = notice
    }

    /// Stops soon: the picture at work is dropped, those before it stay.
    public func cancel() {
        let current = state.withLock { state in
            state.isCancelled = true
            return state.current
        }
        current?.cancel()
    }

    /// - Parameter progress: called after every picture with it, and with how many there are in all.
    /// - Throws: `MatteError` for what concerns all pictures (options, names, a missing model), for the failure of a
    ///   single picture that was asked for by name, and after a cancel.
    public func run(progress: (ImageReport.Picture, Int) -> Void = { _, _ in }) throws -> ImageReport {
        let plan = try ImagePlan(options)
        let trimaps = try options.run.trimap.path.map { try PictureCompanion($0, what: "trimap") }
        let strokes = try options.run.trimap.strokes.map { try PictureCompanion($0, what: "strokes") }
        let sheet = try options.contactSheet.map { try ImageSheet($0, options, plan, notice: notice) }
        let made = try makeFolders(plan.folders)
        defer {
            // What stayed empty goes again.
            for folder in made { rmdir(folder) }
        }
        let network = SharedNetwork()
        var pictures: [ImageReport.Picture] = []
        for item in plan.items {
            let preview = sheet?.preview()
            do {
                var trimap = options.run.trimap
                trimap.path = try trimaps?.file(for: item.input)
                trimap.strokes = try strokes?.file(for: item.input)
                try matte(item, trimap, network, preview)
                pictures.append(.init(input: item.input, outputs: item.outputs, problem: nil, status: 0))
                if let preview { sheet?.add(item.input, preview) }
            } catch let error as MatteError where !plan.isSingle && !error.concernsAll {
                pictures.append(
                    .init(input: item.input, outputs: [], problem: error.description, status: error.kind.rawValue))
            }
            progress(pictures[pictures.count - 1], plan.items.count)
        }
        try sheet?.write()
        return ImageReport(pictures: pictures)
    }

    private func matte(
        _ item: ImagePlan.Item, _ trimap: TrimapOptions, _ network: SharedNetwork, _ preview: JobPreview?
    ) throws {
        var run = options.run
        run.trimap = trimap
        run.input = item.input
        run.output = item.output
        run.outputAlpha = item.alpha
        run.outputForeground = item.foreground
        run.decoding.isForStill = true
        let job = MatteJob(run, network: network, preview: preview, notice: notice)
        let isCancelled = state.withLock { state in
            state.current = job
            return state.isCancelled
        }
        if isCancelled { job.cancel() }
        _ = try job.run()
    }

    /// - Returns: those that were not there.
    private func makeFolders(_ folders: [String]) throws -> [String] {
        var made: [String] = []
        for folder in folders {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) {
                guard isFolder.boolValue else {
                    throw MatteError(.cannotCreate, "'\(folder)' is not a folder", advice: "choose another output")
                }
                continue
            }
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            } catch {
                throw MatteError(
                    .cannotCreate, "the folder '\(folder)' cannot be made", advice: "check the folder that it lies in")
            }
            made.append(folder)
        }
        return made
    }
}

extension MatteError {
    /// Whether it would come again with every picture.
    fileprivate var concernsAll: Bool {
        switch kind {
        case .usage, .missingPart, .internal, .configuration, .interrupted: true
        case .badInput, .noInput, .cannotCreate, .io, .tryAgain: false
        }
    }
}
