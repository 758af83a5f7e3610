import Foundation
public import Frames

/// A plan as a Kubernetes Job with an index for each shard, and a second one that merges.
///
/// Jobs do not know of each other; the second one watches the plan's files, so it needs neither a role nor a client of
/// the cluster.
public struct KubernetesJob: Sendable {
    /// A volume claim that workers see, at the same path as the machine that planned.
    public struct Volume: Sendable {
        let claim: String
        let path: String

        /// - Parameter text: "CLAIM:/path".
        public init(_ text: String) throws(MatteError) {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[1].hasPrefix("/") else {
                throw MatteError(
                    .usage, "--volume: '\(text)' is not CLAIM:/path", advice: "name a claim and where it is mounted")
            }
            claim = parts[0]
            let folder = AbsolutePath.of(parts[1])
            path = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        }
    }

    private let plan: String
    private let shards: Int
    private let image: String
    private let program: String
    private let needs: WorkerNeeds
    private let volumes: [Volume]

    /// - Throws: `.usage` where no volume has the plan.
    public init(
        plan: String, shards: Int, image: String, program: String, needs: WorkerNeeds, volumes: [Volume]
    ) throws(MatteError) {
        guard volumes.contains(where: { plan.hasPrefix($0.path == "/" ? "/" : $0.path + "/") }) else {
            throw MatteError(
                .usage, "no --volume has the plan in '\(plan)'", advice: "name its claim, such as --volume clips:/data")
        }
        (self.plan, self.shards, self.image, self.program) = (plan, shards, image, program)
        (self.needs, self.volumes) = (needs, volumes)
    }

    /// Two documents of YAML: the work, and the merge.
    public var manifest: String { work + "---\n" + merge }

    /// Evictions are not counted, what cannot succeed is not tried again, and one bad clip does not end the others.
    private var work: String {
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: \(Self.text(name))
        spec:
          completionMode: Indexed
          completions: \(shards)
          parallelism: \(needs.parallel ?? min(shards, 100))
          backoffLimitPerIndex: \(needs.retries)
          maxFailedIndexes: \(shards)
          podFailurePolicy:
            rules:
            - action: Ignore
              onPodConditions:
              - {type: DisruptionTarget, status: "True"}
            - action: FailIndex
              onExitCodes: {containerName: matte, operator: In, values: [64, 65, 66, 78]}
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: \(needs.graceSeconds)
              containers:
              - name: matte
                image: \(Self.text(image))
                command: [\(Self.text(program)), work, \(Self.text(plan))]
                resources: {requests: {\(requests)}, limits: {\(limits)}}
        \(mounts)

        """
    }

    /// Waits for the work, then joins what is done; an interrupted merge is begun again.
    private var merge: String {
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: \(Self.text(name + "-merge"))
        spec:
          backoffLimit: \(needs.retries)
          podFailurePolicy:
            rules:
            - action: Ignore
              onPodConditions:
              - {type: DisruptionTarget, status: "True"}
            - action: FailJob
              onExitCodes: {containerName: matte, operator: In, values: [64, 65, 66, 73, 78]}
          template:
            spec:
              restartPolicy: Never
              containers:
              - name: matte
                image: \(Self.text(image))
                command: [\(Self.text(program)), merge, \(Self.text(plan)), --wait]
        \(mounts)

        """
    }

    /// The end of both pod templates.
    private var mounts: String {
        """
                volumeMounts:
        \(volumes.enumerated().map { "        - {name: volume-\($0), mountPath: \(Self.text($1.path))}" }
            .joined(separator: "\n"))
              volumes:
        \(volumes.enumerated().map {
            "      - {name: volume-\($0), persistentVolumeClaim: {claimName: \(Self.text($1.claim))}}"
        }.joined(separator: "\n"))
        """
    }

    private var memory: String? { needs.memoryMebibytes.map { "memory: \($0)Mi" } }
    private var requests: String {
        [needs.cpus.map { "cpu: \"\($0)\"" }, memory].compactMap { $0 }.joined(separator: ", ")
    }
    private var limits: String {
        [needs.gpus.map { "nvidia.com/gpu: \"\($0)\"" }, memory].compactMap { $0 }.joined(separator: ", ")
    }

    /// After the plan's folder, as RFC 1123 has names: small letters, digits and dashes.
    private var name: String {
        let last = plan.split(separator: "/").last.map(String.init) ?? ""
        let letters = last.lowercased().unicodeScalars.map { scalar -> Character in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
        }
        let words = String(letters).split(separator: "-").joined(separator: "-")
        return "matte-" + (words.isEmpty ? "plan" : String(words.prefix(40)).trimmingCharacters(in: ["-"]))
    }

    /// A text as JSON writes it, which YAML reads as the same.
    static func text(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
