/// What killed runs leave beside an output: files and folders under hidden names, which nobody will finish.
public enum Leftovers {
    /// Removes those of an output that no living run writes.
    ///
    /// - Parameter path: the output as `OutputPlan` takes it; a folder of pictures ends in "/" or is one already.
    public static func remove(of path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let (folder, name) = PathName.split(path)
        HiddenName.removeStale(for: name, in: folder)
        // Pictures wait in the folder that they are for, where it exists.
        if FileType(path: path) == .folder { HiddenName.removeStale(for: PendingFolder.name, in: path) }
        guard PictureNaming(pattern: name) != nil else { return }
        HiddenName.removeStale(for: PendingFolder.name, in: folder)
        let (above, folderName) = PathName.split(folder)
        HiddenName.removeStale(for: folderName, in: above)
    }
}
