import Frames
import Pixels
import TestSupport

/// A picture of a room with somebody in it, what a model makes of it, and the truth. Cheaper than a `Room`, for tests that
/// need many.
struct Shot {
    /// A box in the picture, edges included, with a colour.
    struct Thing {
        var columns: ClosedRange<Int>
        var rows: ClosedRange<Int>
        var isSubjects = true
        var isSeenByModel = false
    }

    private static let size = Room.size
    private static let border = 32
    private static let (cloth, wood): ([Float], [Float]) = ([0.75, 0.2, 0.15], [0.1, 0.75, 0.9])
    /// The room and what lies beside it.
    private static let wall = {
        let texture = RoomTexture(seed: 1)
        return TestPictures.make(size.width + 2 * border, size.height, channels: 3) { channel, x, y in
            Float(texture(channel, Double(x - border), Double(y)))
        }
    }()

    let picture: FloatImage
    let model: FloatImage
    let truth: FloatImage

    /// - Parameters:
    ///   - place: the column of the subject's middle.
    ///   - pan: by how many columns the camera was turned to the right.
    init(subjectAt place: Int, _ things: [Thing] = [], pan: Int = 0) {
        let size = Self.size
        func mask(_ boxes: [Thing]) -> FloatImage {
            FloatImage(size: size, channels: 1) { out in
                out.update(repeating: 0)
                for box in boxes {
                    for y in box.rows.clamped(to: 0...size.height - 1) {
                        for x in box.columns.clamped(to: 0...size.width - 1) { out[y * size.width + x] = 1 }
                    }
                }
            }
        }
        let body = [
            Thing(columns: place - 12...place + 12, rows: 20...60),
            Thing(columns: place - 30...place + 30, rows: 60...107),
        ]
        // Edges are soft in the picture, and softer to the model.
        let subject = mask(body).blurred(sigma: 0.7)
        let thing = mask(things).blurred(sigma: 0.7)
        let held = mask(things.filter(\.isSubjects)).blurred(sigma: 0.7)
        let seen = mask(body + things.filter(\.isSeenByModel)).blurred(sigma: 2)
        model = seen
        truth = FloatImage(size: size, channels: 1) { out in
            subject.withFloats { one in
                held.withFloats { other in for i in out.indices { out[i] = max(one[i], other[i]) } }
            }
        }
        var random = SeededRandom(seed: UInt64(1000 + place + 7 * pan))
        let count = size.pixelCount
        let room = Self.wall.cropped(x: Self.border + pan, y: 0, to: size)
        picture = FloatImage(size: size, channels: 3) { out in
            room.withFloats { room in
                subject.withFloats { subject in
                    thing.withFloats { thing in
                        for channel in 0..<3 {
                            let (cloth, wood, first) = (Self.cloth[channel], Self.wood[channel], channel * count)
                            for pixel in 0..<count {
                                let behind = room[first + pixel] + thing[pixel] * (wood - room[first + pixel])
                                let noise = Float(random.next() >> 40) / Float(1 << 24) - 0.5
                                out[first + pixel] = behind + subject[pixel] * (cloth - behind) + 0.01 * noise
                            }
                        }
                    }
                }
            }
        }
    }

    private init(picture: FloatImage, model: FloatImage, truth: FloatImage) {
        (self.picture, self.model, self.truth) = (picture, model, truth)
    }

    /// With every second stripe of 16 columns as another camera sees it.
    func striped(with other: Shot) -> Shot {
        let picture = picture.withFloats { mine in
            other.picture.withFloats { theirs in
                FloatImage(size: Self.size, channels: 3) { out in
                    for i in out.indices { out[i] = i % Self.size.width / 16 % 2 == 0 ? mine[i] : theirs[i] }
                }
            }
        }
        return Shot(picture: picture, model: model, truth: truth)
    }
}
