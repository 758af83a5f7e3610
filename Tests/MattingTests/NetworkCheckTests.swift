import Frames
import Matting
import TestSupport
import Testing

struct NetworkCheckTests {
    private func check(_ tiny: TinyModel) throws -> NetworkCheck {
        InstalledRuntime.located
        return try NetworkCheck.run(model: tiny.model)
    }

    private func words(_ check: NetworkCheck, _ verdict: NetworkCheck.Verdict) -> [String] {
        check.findings.filter { $0.verdict == verdict }.map(\.words)
    }

    @Test func aFittingNetworkHasNothingAgainstIt() throws {
        let check = try check(TinyModel(TinyOnnx.saliency(side: 32), kind: "saliency"))
        #expect(check.fits && words(check, .misfit).isEmpty)
        #expect(check.findings[0].words.contains("'input.1'") && check.findings[0].words.contains("6 other outputs"))
        #expect(check.findings[1].words.contains("640×360 goes in as 32×32"))
        #expect(check.sheet?.size == Size(width: 1920, height: 360))
        #expect(check.inputs == ["input.1: float32 [1, 3, 32, 32]"])
    }

    @Test(arguments: TinyOnnx.TrimapForm.allCases) func trimapNetworksAreTried(form: TinyOnnx.TrimapForm) throws {
        let card = form == .fourthChannel ? "" : "inputs: { trimap: trimap }"
        let check = try check(TinyModel(TinyOnnx.trimap(form), kind: "trimap", card: card))
        #expect(check.fits && check.sheet != nil, "\(check.findings)")
    }

    @Test func recurrentNetworksAreRunTwice() throws {
        let check = try check(TinyModel.recurrent())
        #expect(check.fits && words(check, .fits).count == 3 && check.sheet != nil, "\(check.findings)")
    }

    @Test func numbersBeyondAlphaAskForAnActivation() throws {
        let check = try check(TinyModel(TinyOnnx.portrait(gain: 9), kind: "portrait"))
        #expect(check.fits && words(check, .doubt).contains { $0.contains("'activation: sigmoid'") })
        let twice = try self.check(TinyModel(TinyOnnx.portrait(), kind: "portrait", card: "activation: sigmoid"))
        #expect(words(twice, .doubt).contains { $0.contains("alpha already") })
    }

    /// With numbers of 0…255 this network's alpha is nearly hard; the card gives it 0…1.
    @Test func anotherNormalisationMayBeMeant() throws {
        let check = try check(
            TinyModel(
                TinyOnnx.portrait(gain: 4), kind: "portrait",
                card: "normalise: { mean: [0.4, 0.4, 0.4], std: [4, 4, 4] }"))
        #expect(words(check, .doubt).contains { $0.contains("look at 'normalise'") }, "\(check.findings)")
    }

    @Test(arguments: [
        (TinyOnnx.firstChannel(.secondOfTwo), "portrait", "", "outputs.channel"),
        (TinyOnnx.portrait(), "trimap", "", "four channels"),
        (TinyOnnx.portrait(), "portrait", "outputs: { alpha: pha }", "no output 'pha'"),
        (
            TinyOnnx.recurrent(), "recurrent",
            TinyModel.recurrentPorts.replacing("alpha: pha, foreground: fgr", with: "alpha: fgr, foreground: pha"),
            "shape"
        ),
    ])
    func whatCannotBeUsedIsWrong(bytes: [UInt8], kind: String, card: String, word: String) throws {
        let check = try check(TinyModel(bytes, kind: kind, card: card))
        #expect(!check.fits && check.sheet == nil)
        #expect(words(check, .misfit).contains { $0.contains(word) }, "\(check.findings)")
    }
}
