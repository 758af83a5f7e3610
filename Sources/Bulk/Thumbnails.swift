internal import FFmpeg
internal import Foundation
internal import Frames

/// Small pictures of outputs for the report, kept beside the journal so that a later run need not open every clip again.
struct Thumbnails {
    /// A page with more pictures takes a browser long to show.
    static let most = 1000

    private let folder: String
    private let kept: String

    /// - Parameter folder: the run's.
    init(folder: String) {
        self.folder = folder
        kept = FileName.join(folder, ".matte/thumbnails")
    }

    /// The picture as a `data:` address; nil where there is none.
    ///
    /// - Parameter index: the clip's row on the page.
    func dataURI(of clip: ClipOutcome, index: Int) -> String? {
        guard index < Self.most, let place = place(of: clip),
            let data = FileManager.default.contents(atPath: place.thumbnail), !data.isEmpty
        else { return nil }
        return "data:image/jpeg;base64," + data.base64EncodedString()
    }

    /// Where the picture comes from and goes to; nil where it is there already, or there is nothing to be seen.
    func missing(of clip: ClipOutcome) -> (output: String, thumbnail: String)? {
        guard let place = place(of: clip), FileState(of: place.thumbnail) == nil,
            (try? OutputFolder.make(kept)) != nil
        else { return nil }
        return place
    }

    /// Keeps a picture that is made already.
    ///
    /// - Parameter made: its file, which gets another name.
    /// - Returns: false where there is none.
    func take(_ made: String, of clip: ClipOutcome) -> Bool {
        guard FileState(of: made) != nil, (try? OutputFolder.make(kept)) != nil, let place = place(of: clip) else {
            return false
        }
        return rename(made, place.thumbnail) == 0
    }

    private func place(of clip: ClipOutcome) -> (output: String, thumbnail: String)? {
        guard let name = clip.outputs.first else { return nil }
        let output = FileName.join(folder, name)
        guard let state = FileState(of: output) else { return nil }
        let key = Array("\(name)\0\(state.bytes) \(state.modified)".utf8)
        guard let digest = try? key.withUnsafeBytes({ try SHA256Digest.hexDigest(of: $0) }) else { return nil }
        return (output, FileName.join(kept, digest.prefix(32) + ".jpg"))
    }
}
