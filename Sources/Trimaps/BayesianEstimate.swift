/// The most probable foreground, background and alpha of one pixel, by clusters of the colours around it (Chuang,
/// Curless, Salesin and Szeliski, "A Bayesian Approach to Digital Matting", CVPR 2001, equations 4 to 10).
struct BayesianEstimate {
    private(set) var foreground: SIMD3<Double>
    private(set) var background: SIMD3<Double>
    private(set) var alpha: Double
    private var logLikelihood: Double

    /// Of the camera's noise; of squares of 0…1.
    private static let noiseVariance = 0.01 * 0.01
    private static let mostSteps = 30

    /// The best of all pairs of clusters.
    ///
    /// - Parameter start: alpha around the pixel.
    /// - Returns: nil where there are no clusters on one side.
    static func best(
        color: SIMD3<Double>, foregrounds: ColorClusters, backgrounds: ColorClusters, start: Double
    ) -> BayesianEstimate? {
        var best: BayesianEstimate?
        for foreground in foregrounds.clusters {
            for background in backgrounds.clusters {
                let estimate = BayesianEstimate(color, foreground, background, start: start)
                if estimate.logLikelihood > best?.logLikelihood ?? -.infinity { best = estimate }
            }
        }
        return best
    }

    /// Colours for a given alpha, then alpha for given colours, in turns.
    private init(
        _ color: SIMD3<Double>, _ front: ColorClusters.Cluster, _ back: ColorClusters.Cluster, start: Double
    ) {
        let (frontInverse, backInverse) = (front.covariance.inverse, back.covariance.inverse)
        let (frontPull, backPull) = (frontInverse.times(front.mean), backInverse.times(back.mean))
        foreground = front.mean
        background = back.mean
        alpha = start
        logLikelihood = -.infinity
        for _ in 0..<Self.mostSteps {
            let (a, b) = (alpha / Self.noiseVariance, (1 - alpha) / Self.noiseVariance)
            // Two equations of 3 × 3; the background is eliminated.
            let mixed = a * (1 - alpha)
            let eliminated = (backInverse + .identity.scaled(by: b * (1 - alpha))).inverse
            let right = backPull + color * b
            let left = frontInverse + .identity.scaled(by: a * alpha) + eliminated.scaled(by: -mixed * mixed)
            foreground = left.inverse.times(frontPull + color * a - eliminated.times(right) * mixed).clamped()
            background = eliminated.times(right - foreground * mixed).clamped()
            let span = foreground - background
            let length = (span * span).sum()
            if length > 1e-9 { alpha = min(max(((color - background) * span).sum() / length, 0), 1) }
            let rest = color - foreground * alpha - background * (1 - alpha)
            let (offFront, offBack) = (foreground - front.mean, background - back.mean)
            let likelihood =
                -(rest * rest).sum() / Self.noiseVariance - (offFront * frontInverse.times(offFront)).sum()
                - (offBack * backInverse.times(offBack)).sum()
            let gain = likelihood - logLikelihood
            logLikelihood = likelihood
            if abs(gain) < 1e-4 { break }
        }
    }
}

extension SIMD3<Double> {
    fileprivate func clamped() -> SIMD3<Double> { clamped(lowerBound: .zero, upperBound: .one) }
}
