/// The cards in `Cards/`, embedded in the program so that it needs no files beside it.
enum BuiltInCards {
    /// File name and text, the default model first.
    static let all: [(file: String, yaml: String)] = [
        ("rvm-mobilenetv3.yaml", PackageResources.rvm_mobilenetv3_yaml),
        ("rvm-resnet50.yaml", PackageResources.rvm_resnet50_yaml),
        ("modnet-photographic.yaml", PackageResources.modnet_photographic_yaml),
        ("modnet-webcam.yaml", PackageResources.modnet_webcam_yaml),
        ("u2net.yaml", PackageResources.u2net_yaml),
        ("u2netp.yaml", PackageResources.u2netp_yaml),
        ("isnet-general-use.yaml", PackageResources.isnet_general_use_yaml),
    ].map { ($0, String(decoding: $1, as: UTF8.self)) }
}
