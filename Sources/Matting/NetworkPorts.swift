internal import Frames
internal import Inference
internal import Models

/// The names of a network's inputs and outputs, found from the card and checked against the network itself.
struct NetworkPorts {
    let picture: TensorDescription
    /// Nil also where the trimap is the picture's fourth channel.
    let trimap: TensorDescription?
    let plate: TensorDescription?
    let ratio: String?
    let alpha: String
    let foreground: String?
    let states: [(input: String, output: String)]

    /// - Throws: `.badInput` where card and network do not fit, or the network does not work on float32.
    init(card: ModelCard, session: any InferenceSession) throws {
        let names = card.ports
        func misfit(_ words: String) -> MatteError {
            MatteError(
                .badInput, "model \(card.name) does not fit its card: \(words)",
                advice: "correct 'inputs' and 'outputs' of the card")
        }
        func find(
            _ name: String?, _ what: String, in ports: [TensorDescription], except taken: [String?]
        ) throws -> TensorDescription {
            let found =
                name.map { name in ports.first { $0.name == name } }
                ?? ports.first { !taken.contains($0.name) }
            guard let found else {
                let choices = ports.map(\.name).joined(separator: ", ")
                throw misfit("there is no \(what) '\(name ?? "")' (there are \(choices))")
            }
            // 16-bit networks would need a conversion on the way in and out that gains nothing on a CPU.
            guard found.elementType == .float32 else {
                throw MatteError(
                    .badInput, "model \(card.name) works on \(found.elementType), not float32 (\(found))",
                    advice: "use the fp32 file of this network")
            }
            return found
        }
        func output(_ name: String?, except taken: [String?] = []) throws -> String {
            try find(name, "output", in: session.outputs, except: taken).name
        }
        picture = try find(
            names.picture, "input", in: session.inputs,
            except: [names.trimap, names.plate, names.ratio] + names.statesIn)
        let channels = card.kind == .trimap && names.trimap == nil ? 4 : 3
        guard picture.shape.count == 4, picture.shape[1] ?? channels == channels else {
            throw misfit("\(picture) does not take pictures of \(channels == 3 ? "three" : "four") channels")
        }
        trimap = try names.trimap.map { try find($0, "input", in: session.inputs, except: []) }
        if let trimap, trimap.shape.count != 4 || !(1...2).contains(trimap.shape[1] ?? 1) {
            throw misfit("\(trimap) does not take trimaps of one channel or two")
        }
        plate = try names.plate.map { try find($0, "input", in: session.inputs, except: []) }
        if let plate, plate.shape.count != 4 || plate.shape[1] ?? 3 != 3 {
            throw misfit("\(plate) does not take plates of three channels")
        }
        ratio = try names.ratio.map { try find($0, "input", in: session.inputs, except: []).name }
        foreground = try names.foreground.map { try output($0) }
        alpha = try output(names.alpha, except: [names.foreground] + names.statesOut)
        states = try zip(names.statesIn, names.statesOut).map {
            (try find($0, "input", in: session.inputs, except: []).name, try output($1))
        }
        let fed = Set([picture.name] + states.map(\.input) + [ratio, trimap?.name, plate?.name].compactMap { $0 })
        if let starved = session.inputs.first(where: { !fed.contains($0.name) }) {
            throw misfit("nothing is said of the input \(starved.name)")
        }
    }
}
