// swift-tools-version: 6.0
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift layer: its name, and the lower layers it may import. ARCHITECTURE.md shows the same table.
func layer(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
    name: "matte",
    products: [
        .executable(name: "matte", targets: ["matte"]),
        .library(name: "MatteKit", targets: ["MatteKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.28.0"),
    ],
    targets: [
        // 0: C
        .target(
            name: "CFFmpeg",
            linkerSettings: ["avfilter", "avformat", "avcodec", "swscale", "avutil"].map { .linkedLibrary($0) }),
        .target(name: "COnnxRuntime", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "COpenVINO", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        // 1: values
        layer("Frames"),
        // 2: Swift faces of the C libraries and kernels
        layer("Pixels", ["Frames", "CKernels"]),
        layer("FFmpeg", ["Frames", "CFFmpeg"]),
        layer("Inference", ["Frames", "COnnxRuntime", "COpenVINO"]),
        // 3: model cards and the files behind them; what is inside those files
        layer("Models", ["Frames", "FFmpeg", yams], resources: [.embedInCode("Cards")]),
        layer("Graphs", [protobuf], exclude: ["onnx.proto"]),
        // 4: the stages
        layer("Decoding", ["Frames", "FFmpeg"]),
        layer("Matting", ["Frames", "Pixels", "Inference", "Models", "Graphs"]),
        layer("Compositing", ["Frames", "Pixels"]),
        layer("Encoding", ["Frames", "FFmpeg"]),
        // 5: joins the stages
        layer("Pipeline", ["Frames", "FFmpeg", "Decoding", "Matting", "Compositing", "Encoding"]),
        // 6: jobs and presets
        layer(
            "Presets", ["Frames", "Inference", "Decoding", "Matting", "Compositing", "Encoding", yams],
            resources: [.embedInCode("BuiltIn")]),
        layer(
            "MatteKit",
            [
                "Frames", "FFmpeg", "Inference", "Models", "Decoding", "Matting", "Compositing", "Encoding", "Pipeline",
                "Presets",
            ]),
        // 7: clips in pieces, on many machines
        layer("Shards", ["Frames", "FFmpeg", "Models", "Decoding", "Matting", "Encoding", "Presets", "MatteKit"]),
        // 8: many clips on one machine
        layer(
            "Bulk",
            ["Frames", "Pixels", "FFmpeg", "Decoding", "Compositing", "Encoding", "Presets", "MatteKit", "Shards"]),
        // 9: the command line
        .executableTarget(
            name: "matte", dependencies: ["MatteKit", "Shards", "Bulk", argumentParser], path: "Sources/CLI",
            swiftSettings: strict),

        tests("FFmpegTests", ["Frames", "FFmpeg", "CFFmpeg"]),
        tests("DecodingTests", ["Frames", "FFmpeg", "Decoding"]),
        tests("PixelsTests", ["Frames", "Pixels", "CKernels"]),
        tests("InferenceTests", ["Inference", "Frames"]),
        tests("ModelsTests", ["Models", "Frames", "FFmpeg"]),
        tests("GraphsTests", ["Graphs"]),
        tests("MattingTests", ["Matting", "Models", "Inference", "Graphs", "Pixels", "Frames"]),
        tests("CompositingTests", ["Frames", "Pixels", "Compositing"]),
        tests("EncodingTests", ["Frames", "FFmpeg", "Encoding"]),
        tests("PipelineTests", ["Pipeline", "Frames", "Decoding", "Matting", "Compositing", "Encoding", "FFmpeg"]),
        tests("PresetsTests", ["Presets", "Compositing", "Decoding", "Encoding", "Matting", "Frames"]),
        tests("MatteKitTests", ["MatteKit", "Pixels"]),
        tests("ShardsTests", ["Shards", "MatteKit", "Frames", "FFmpeg", "Presets", "Decoding", "Pipeline"]),
        tests("BulkTests", ["Bulk", "Shards", "Presets", "FFmpeg", "Frames"]),
        tests("CLITests", ["matte"], exclude: ["Snapshots"]),
        .target(name: "TestSupport", dependencies: ["Frames"], path: "Tests/TestSupport", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
