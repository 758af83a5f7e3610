package import Frames
internal import Glibc

/// What a failing call of the system means to a person who wanted an output.
package enum FileFailure {
    /// - Parameter code: `errno` of the call that was to make `path` or something beside it.
    package static func cannotCreate(_ path: String, code: Int32) -> MatteError {
        let folder = PathName.split(path).folder
        switch code {
        case ENOENT:
            return MatteError(
                .cannotCreate, "'\(path)' cannot be made: the folder '\(folder)' does not exist",
                advice: "make the folder first, or choose another output")
        case ENOTDIR:
            return MatteError(
                .cannotCreate, "'\(path)' cannot be made: '\(folder)' is not a folder", advice: "choose another output")
        case EACCES, EPERM, EROFS:
            return MatteError(
                .cannotCreate, "'\(path)' cannot be made: \(words(code))",
                advice: "choose a folder that you may write to")
        case EEXIST: return exists(path)
        case ENOSPC, EDQUOT: return broken(path, code: code)
        default:
            return MatteError(
                .cannotCreate, "'\(path)' cannot be made: \(words(code))", advice: "choose another output")
        }
    }

    package static func exists(_ path: String) -> MatteError {
        MatteError(.cannotCreate, "'\(path)' exists already", advice: "choose another name, or add --overwrite")
    }

    /// - Parameter code: `errno` of a call that failed in the middle of writing.
    package static func broken(_ path: String, code: Int32) -> MatteError {
        let advice =
            switch code {
            case ENOSPC, EDQUOT: "make room on the disk, or choose another output"
            case EFBIG: "choose an output on a file system that takes larger files"
            case EPIPE: "the reader of the output has ended"
            default: "check the disk"
            }
        return MatteError(.io, "writing '\(path)' failed: \(words(code))", advice: advice)
    }

    static func words(_ code: Int32) -> String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
