internal import Frames
internal import Presets
internal import Shards

extension ClipWork {
    /// Begins when the content is known.
    func begin(_ read: Result<ContentDigest, any Error>, threads: Int) throws -> ClipOutcome? {
        let (content, fingerprint): (ContentDigest, Fingerprint)
        do {
            content = try read.get()
            fingerprint = try around.fingerprints.fingerprint(clip, content: content)
        } catch {
            return failed(.init(error as? MatteError ?? MatteError(.io, "'\(clip.input)' cannot be read: \(error)")))
        }
        let states = outputs.map { FileState(of: $0) }
        let history = around.journal.histories[clip.name]
        // What these runs made, they may replace; what else has the name stays, unless --overwrite says otherwise.
        let ours = states.enumerated().allSatisfy { index, state in
            state.map { history?.made($0, index: index) ?? false } ?? true
        }
        let basis = Basis(
            content: content, fingerprint: fingerprint, input: FileState(of: clip.input),
            replaces: ours && states.contains { $0 != nil })
        try around.journal.append(entry(.started, basis, outputs: states))
        do {
            for output in outputs { try OutputFolder.make(FileName(output).folder) }
        } catch {
            return try fail(WorkerFailure(error), basis)
        }
        if beginChunks(basis) { return nil }
        if mayBeCut, let planner = try? planner(basis) {
            phase = .planning(planner, basis)
            return nil
        }
        return try beginWhole(basis, threads: threads)
    }

    /// - Returns: nil where clips are kept whole.
    private func planner(_ basis: Basis) throws -> Worker? {
        guard let chunkSeconds = around.chunkSeconds else { return nil }
        try around.store.makeRoom(for: clip)
        let plan = try around.store.plan(of: clip, basis.fingerprint)
        var request = PlanRequest(
            folder: plan, clips: [clip.planned(in: around.folder, replaces: basis.replaces)], program: around.version)
        request.chunkSeconds = chunkSeconds
        request.splitsShots = around.splitsShots
        return try Worker(planning: request, around.place)
    }

    /// Goes on with the clip's plan.
    ///
    /// - Returns: false where there is none that still fits and has several chunks.
    func beginChunks(_ basis: Basis) -> Bool {
        guard around.chunkSeconds != nil, let folder = try? around.store.plan(of: clip, basis.fingerprint),
            let plan = try? ShardPlan(folder: folder), plan.shardCount > 1,
            let chunks = try? ChunkedClip(plan, replaces: basis.replaces, around.place)
        else { return false }
        phase = .chunked(chunks, basis)
        return true
    }

    func beginWhole(_ basis: Basis, threads: Int) throws -> ClipOutcome? {
        around.store.remove(clip)
        do {
            let arguments = clip.runArguments(
                folder: around.folder, threads: threads, encoderThreads: around.encoderThreads,
                replaces: basis.replaces, run: around.place.run)
            phase = .whole(try Worker(arguments, around.place), basis)
            return nil
        } catch {
            return try fail(WorkerFailure(error), basis)
        }
    }
}
