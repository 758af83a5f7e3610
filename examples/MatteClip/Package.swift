// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "MatteClip",
    dependencies: [.package(name: "matte", path: "../..")],
    targets: [
        .executableTarget(name: "MatteClip", dependencies: [.product(name: "MatteKit", package: "matte")])
    ],
    swiftLanguageModes: [.v6]
)
