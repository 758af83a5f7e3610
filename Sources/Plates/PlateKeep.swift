/// What stays of the things that are not in the plate.
public enum PlateKeep: String, CaseIterable, Sendable {
    /// Only what the model takes for the subject.
    case subject
    /// Also what touches the subject: a prop in the hands, the chair one sits on.
    case objects
}
