/// Measures a clip's frames one after the other. Used by one thread at a time.
public struct MatteEvaluator: Sendable {
    private var temporal = TemporalError()

    public init() {}

    /// The errors of the next frame.
    public mutating func measure(_ pair: MattePair) -> MatteErrors {
        var errors = MatteErrors()
        errors[.mad] = MeanAbsoluteDifference.measure(pair)
        errors[.mse] = MeanSquaredError.measure(pair)
        errors[.grad] = GradientError.measure(pair)
        errors[.conn] = ConnectivityError.measure(pair)
        errors[.dtssd] = temporal.measure(pair)
        errors[.sad] = SumOfAbsoluteDifferences.measure(pair)
        errors[.foregroundMSE] = ForegroundError.measure(pair)
        return errors
    }
}
