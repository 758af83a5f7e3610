import MatteKit

/// One line of `matte image --json` for each picture.
struct PictureEvent: Encodable {
    let event = "picture"
    let picture: ImageReport.Picture
}
