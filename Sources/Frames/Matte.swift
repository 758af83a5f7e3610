/// What a network says about one picture: where the subject is, and its colour without the background's.
public enum Matte: Sendable {
    case dense(DenseMatte)
    case affine(AffineMatte)
}
