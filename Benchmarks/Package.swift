// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "matte", path: "..")],
    targets: [
        .target(name: "CAllocations"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "CAllocations", .product(name: "MatteKit", package: "matte"),
                .product(name: "Pixels", package: "matte"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
