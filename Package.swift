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
        // For Benchmarks/, which times the stages without a clip around them.
        .library(name: "Pixels", targets: ["Pixels"]),
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
        .target(name: "CV4L2", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        // 1: values
        layer("Frames"),
        // 2: Swift faces of the C libraries and kernels
        layer("Pixels", ["Frames", "CKernels"]),
        layer("FFmpeg", ["Frames", "CFFmpeg"]),
        layer("V4L2", ["Frames", "CV4L2"]),
        layer("Inference", ["Frames", "COnnxRuntime", "COpenVINO"]),
        // 3: model cards and the files behind them; what is inside those files
        layer("Models", ["Frames", "FFmpeg", yams], resources: [.embedInCode("Cards")]),
        layer("Plates", ["Frames", "Pixels"]),
        layer("Graphs", [protobuf], exclude: ["onnx.proto"]),
        // judging mattes; pictures of results
        layer("Metrics", ["Frames", "Pixels"]),
        layer("Drawing", ["Frames", "Pixels"]),
        layer("Trimaps", ["Frames", "Pixels"]),
        // 4: the stages
        layer("Decoding", ["Frames", "FFmpeg", "V4L2"]),
        layer("Matting", ["Frames", "Pixels", "Inference", "Models", "Graphs", "Plates", "Trimaps"]),
        layer("Compositing", ["Frames", "Pixels"]),
        layer("Encoding", ["Frames", "FFmpeg", "V4L2"]),
        // 5: joins the stages; presets
        layer("Pipeline", ["Frames", "FFmpeg", "Decoding", "Matting", "Compositing", "Encoding"]),
        layer(
            "Presets",
            ["Frames", "Inference", "Plates", "Trimaps", "Decoding", "Matting", "Compositing", "Encoding", yams],
            resources: [.embedInCode("BuiltIn")]),
        // 6: jobs
        layer(
            "MatteKit",
            [
                "Frames", "Pixels", "FFmpeg", "V4L2", "Inference", "Models", "Metrics", "Drawing", "Plates", "Trimaps",
                "Decoding", "Matting", "Compositing", "Encoding", "Pipeline", "Presets",
            ]),
        // 7: clips in pieces, on many machines
        layer("Shards", ["Frames", "FFmpeg", "Models", "Decoding", "Matting", "Encoding", "Presets", "MatteKit"]),
        // 7: the camera in, a virtual camera out
        layer(
            "Live",
            [
                "Frames", "Pixels", "FFmpeg", "Inference", "Models", "Plates", "Decoding", "Matting", "Compositing",
                "Encoding", "Pipeline", "Presets", "MatteKit",
            ]),
        // 8: many clips on one machine
        layer(
            "Bulk",
            ["Frames", "FFmpeg", "Decoding", "Compositing", "Encoding", "Presets", "MatteKit", "Shards"]),
        // 9: the command line
        .executableTarget(
            name: "matte", dependencies: ["MatteKit", "Shards", "Bulk", "Live", argumentParser], path: "Sources/CLI",
            swiftSettings: strict),

        tests("FFmpegTests", ["Frames", "FFmpeg", "CFFmpeg"]),
        tests("V4L2Tests", ["Frames", "V4L2"]),
        tests("DecodingTests", ["Frames", "FFmpeg", "Decoding"]),
        tests("PixelsTests", ["Frames", "Pixels", "CKernels"]),
        tests("InferenceTests", ["Inference", "Frames"]),
        tests("ModelsTests", ["Models", "Frames", "FFmpeg"]),
        tests("PlatesTests", ["Plates", "Frames", "Pixels"]),
        tests("GraphsTests", ["Graphs"]),
        tests("MetricsTests", ["Metrics", "Pixels", "Frames"]),
        tests("DrawingTests", ["Drawing", "Pixels", "Frames"]),
        tests("TrimapsTests", ["Trimaps", "Pixels", "Frames"]),
        tests("MattingTests", ["Matting", "Models", "Inference", "Graphs", "Plates", "Trimaps", "Pixels", "Frames"]),
        tests("CompositingTests", ["Frames", "Pixels", "Compositing"]),
        tests("EncodingTests", ["Frames", "FFmpeg", "Encoding"]),
        tests("PipelineTests", ["Pipeline", "Frames", "Decoding", "Matting", "Compositing", "Encoding", "FFmpeg"]),
        tests("PresetsTests", ["Presets", "Compositing", "Decoding", "Encoding", "Matting", "Frames"]),
        tests("MatteKitTests", ["MatteKit", "Pixels"]),
        tests("ShardsTests", ["Shards", "MatteKit", "Frames", "FFmpeg", "Presets", "Decoding", "Pipeline"]),
        tests("BulkTests", ["Bulk", "Shards", "MatteKit", "Presets", "FFmpeg", "Frames"]),
        tests(
            "LiveTests",
            [
                "Live", "MatteKit", "Frames", "FFmpeg", "Pixels", "Inference", "Models", "Plates", "Matting",
                "Compositing", "Encoding", "Decoding",
            ]),
        tests("CLITests", ["matte"], exclude: ["Snapshots"]),
        .executableTarget(
            name: "live-probe", dependencies: ["Frames", "Pixels", "Decoding", "Encoding", argumentParser],
            path: "Tests/Live/Probe", swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["Frames"], path: "Tests/TestSupport", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
