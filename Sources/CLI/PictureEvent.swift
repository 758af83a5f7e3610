import MatteKit

/// A line of `matte image --json`: one picture that was written, or failed.
struct PictureEvent: Encodable {
    let event = "picture"
    let picture: ImageReport.Picture
}
