import Encoding
import Foundation
import Frames
import Glibc

/// Gives a file that is complete its final name, also on another file system.
enum Handover {
    /// - Throws: `.cannotCreate` where the name is taken and may not be replaced, `.io` for a full disk.
    static func move(_ file: String, to target: String, overwrite: Bool) throws(MatteError) {
        let (here, there) = (device(of: PathName.split(file).folder), device(of: PathName.split(target).folder))
        if here == there {
            try Rename.file(file, to: target, overwrite: overwrite)
            Rename.flush(folder: PathName.split(target).folder)
            return
        }
        let source = open(file, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw MatteError(.noInput, "cannot read '\(file)'") }
        defer { close(source) }
        let copy = try PendingFile(target: target, overwrite: overwrite)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(source, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw MatteError(.io, "cannot read '\(file)'", advice: "check the disk") }
            if count == 0 { break }
            var failure: MatteError?
            buffer.withUnsafeBytes { bytes in
                do throws(MatteError) {
                    try copy.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
        }
        try copy.commit()
        unlink(file)
    }

    private static func device(of folder: String) -> dev_t? {
        var information = stat()
        return stat(folder, &information) == 0 ? information.st_dev : nil
    }
}
