internal import Frames

extension ModelCard {
    private static let keys = [
        "name", "title", "kind", "sources", "sha256", "bytes", "licence", "licence-url", "commercial-use", "inputs",
        "outputs", "normalise", "size", "activation",
    ]

    /// Reads a card.
    ///
    /// - Parameters:
    ///   - file: for messages.
    ///   - isShipped: whether the card is one of the program's own.
    /// - Throws: `.badInput` naming file, line and key for anything missing, unknown or of the wrong type.
    public init(yaml: String, file: String, isShipped: Bool = false) throws {
        let top = try CardNode(yaml: yaml, file: file)
        let values = try top.mapping(Self.keys)
        func value(_ key: String) throws -> CardNode {
            guard let node = values[key] else { throw top.failure("'\(key)' is missing") }
            return node
        }
        name = try Self.name(value("name"))
        title = try value("title").text()
        kind = try Self.kind(value("kind"))
        sources = try values["sources"]?.list().map(Self.source) ?? []
        guard let digest = values["sha256"] else {
            throw top.failure("'sha256' is missing", advice: "`matte models add FILE --card CARD` puts it in")
        }
        sha256 = try Self.hash(digest)
        byteCount = try values["bytes"]?.integer(1...1 << 40)
        licence = try value("licence").text()
        licenceURL = try values["licence-url"]?.text()
        commercialUse = try value("commercial-use").text()
        ports = try Self.ports(inputs: values["inputs"], outputs: values["outputs"])
        normalisation = try values["normalise"].map(Self.normalisation) ?? .none
        size = try values["size"].map(Self.size) ?? .any
        activation = try values["activation"].map(Self.activation) ?? .none
        self.file = isShipped ? nil : file
        if kind == .recurrent, ports.statesIn.isEmpty {
            throw top.failure("a recurrent model needs 'inputs.states' and 'outputs.states'")
        }
        if kind == .plate, ports.plate == nil { throw top.failure("a plate model needs 'inputs.plate'") }
        if kind != .plate, let inputs = values["inputs"], ports.plate != nil {
            throw inputs.failure("'inputs.plate' is for models of kind plate")
        }
        if kind != .trimap, let inputs = values["inputs"], ports.trimap != nil {
            throw inputs.failure("'inputs.trimap' is for models of kind trimap")
        }
    }

    private static func name(_ node: CardNode) throws -> String {
        let name = try node.text()
        let isPlain = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || "._-".utf8.contains($0)
        }
        // The name becomes a file's name, so it must not climb out of the models' folder.
        guard isPlain, !name.hasPrefix("."), !name.hasSuffix(".onnx"), name.utf8.count <= 64 else {
            throw node.failure("'name' may have lower-case letters, digits, dots, dashes and underscores only")
        }
        return name
    }

    private static func kind(_ node: CardNode) throws -> Kind {
        guard let kind = Kind(rawValue: try node.text()) else {
            throw node.failure("'kind' must be \(Kind.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return kind
    }

    private static func activation(_ node: CardNode) throws -> Activation {
        guard let activation = Activation(rawValue: try node.text()) else {
            throw node.failure("'activation' must be \(Activation.allCases.map(\.rawValue).joined(separator: " or "))")
        }
        return activation
    }

    private static func hash(_ node: CardNode) throws -> String {
        let text = try node.text().lowercased()
        guard text.utf8.count == 64, text.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
            throw node.failure("'sha256' must be 64 hexadecimal digits", advice: "`sha256sum FILE` prints them")
        }
        return text
    }

    private static func source(_ node: CardNode) throws -> Source {
        let values = try node.mapping(["url", "pip"])
        guard values.count == 1 else { throw node.failure("a source is either 'url' or 'pip'") }
        if let url = values["url"] {
            let text = try url.text()
            guard ["https://", "http://", "file://"].contains(where: text.hasPrefix) else {
                throw url.failure("'url' must begin with https://, http:// or file://")
            }
            return .url(text)
        }
        let pip = try (values["pip"] ?? node).mapping(["package", "version", "member"])
        func part(_ key: String) throws -> String {
            guard let value = pip[key] else { throw node.failure("'pip.\(key)' is missing") }
            let text = try value.text()
            // A leading dash would be taken for an option of pip.
            guard !text.hasPrefix("-") else { throw value.failure("'pip.\(key)' must not begin with a dash") }
            return text
        }
        return .pip(package: try part("package"), version: try part("version"), member: try part("member"))
    }

    private static func ports(inputs: CardNode?, outputs: CardNode?) throws -> Ports {
        var ports = Ports()
        if let inputs {
            let values = try inputs.mapping(["picture", "trimap", "plate", "ratio", "states"])
            ports.picture = try values["picture"]?.text()
            ports.trimap = try values["trimap"]?.text()
            ports.plate = try values["plate"]?.text()
            ports.ratio = try values["ratio"]?.text()
            ports.statesIn = try values["states"]?.list().map { try $0.text() } ?? []
        }
        if let outputs {
            let values = try outputs.mapping(["alpha", "channel", "foreground", "states"])
            ports.alpha = try values["alpha"]?.text()
            ports.alphaChannel = try values["channel"]?.integer(0...1024)
            ports.foreground = try values["foreground"]?.text()
            ports.statesOut = try values["states"]?.list().map { try $0.text() } ?? []
        }
        if ports.statesIn.count != ports.statesOut.count, let node = outputs ?? inputs {
            throw node.failure("'inputs.states' and 'outputs.states' must be of the same length")
        }
        return ports
    }

    private static func normalisation(_ node: CardNode) throws -> Normalisation {
        let values = try node.mapping(["mean", "std", "order"])
        func triple(_ key: String) throws -> [Float] {
            guard let list = try values[key]?.list().map({ try $0.number() }), list.count == 3 else {
                throw node.failure("'normalise.\(key)' must be a list of three numbers, for red, green and blue")
            }
            return list
        }
        let order = try values["order"]?.text() ?? "rgb"
        guard ["rgb", "bgr"].contains(order) else { throw node.failure("'normalise.order' must be rgb or bgr") }
        let normalisation = Normalisation(
            mean: try triple("mean"), std: try triple("std"), isBlueFirst: order == "bgr")
        guard normalisation.std.allSatisfy({ $0 > 0 }) else {
            throw node.failure("'normalise.std' must be above 0")
        }
        return normalisation
    }

    private static func size(_ node: CardNode) throws -> SizePolicy {
        if node.isScalar {
            guard try node.text() == "any" else { throw node.failure("'size' must be 'any' or a mapping") }
            return .any
        }
        let values = try node.mapping(["multiple-of", "shorter-side", "longer-side", "width", "height"])
        if let width = values["width"] {
            guard values.count == 2, let height = values["height"] else {
                throw node.failure("'size' takes 'width' and 'height' together and alone")
            }
            return .exact(width: try width.integer(1...16384), height: try height.integer(1...16384))
        }
        let multiple = try values["multiple-of"]?.integer(1...1024) ?? 1
        let shorter = try values["shorter-side"]?.integer(1...16384)
        let longer = try values["longer-side"]?.integer(1...16384)
        guard shorter == nil || longer == nil else {
            throw node.failure("'size' takes one of 'shorter-side' and 'longer-side'")
        }
        return .multiple(of: multiple, side: shorter.map(Side.shorter) ?? longer.map(Side.longer))
    }
}
