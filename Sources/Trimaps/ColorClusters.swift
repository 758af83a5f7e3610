/// Colours around a pixel as a few Gaussian clusters (Orchard and Bouman, "Color Quantization of Images", 1991): the
/// cluster that spreads most is split across its principal axis until none spreads much.
struct ColorClusters {
    struct Sample {
        let color: SIMD3<Double>
        let weight: Double
    }

    struct Cluster {
        let mean: SIMD3<Double>
        let covariance: SymmetricMatrix3
    }

    let clusters: [Cluster]

    /// A cluster spreads much above this variance; of squares of 0…1.
    private static let mostVariance = 0.01
    private static let mostClusters = 4
    /// Noise, without which a flat colour has a singular covariance.
    private static let leastVariance = 1e-5

    init(_ samples: [Sample]) {
        var groups = [Group(samples)]
        while groups.count < Self.mostClusters {
            guard let widest = groups.indices.max(by: { groups[$0].axis.value < groups[$1].axis.value }),
                groups[widest].axis.value > Self.mostVariance
            else { break }
            let group = groups.remove(at: widest)
            let (direction, mean) = (group.axis.direction, group.mean)
            func isAbove(_ sample: Sample) -> Bool { ((sample.color - mean) * direction).sum() > 0 }
            groups.append(Group(group.samples.filter { !isAbove($0) }))
            groups.append(Group(group.samples.filter(isAbove)))
        }
        let noise = SymmetricMatrix3.identity.scaled(by: Self.leastVariance)
        clusters = groups.map { Cluster(mean: $0.mean, covariance: $0.covariance + noise) }
    }

    private struct Group {
        let samples: [Sample]
        let mean: SIMD3<Double>
        let covariance: SymmetricMatrix3
        let axis: (value: Double, direction: SIMD3<Double>)

        init(_ samples: [Sample]) {
            self.samples = samples
            let total = samples.reduce(0) { $0 + $1.weight }
            let mean = total > 0 ? samples.reduce(.zero) { $0 + $1.color * $1.weight } / total : .zero
            var covariance = SymmetricMatrix3.zero
            for sample in samples where total > 0 {
                covariance.add(sample.color - mean, weight: sample.weight / total)
            }
            self.mean = mean
            self.covariance = covariance
            axis = covariance.principalAxis
        }
    }
}
