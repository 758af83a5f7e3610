import MatteKit
import TestSupport
import Testing

struct DoctorTests {
    @Test func aMachineIsReadFromTheSystemsTexts() {
        let processors = """
            processor\t: 0
            model name\t: Some Processor @ 3.00GHz
            flags\t\t: fpu sse4_2 avx avx2 fma f16c avx512f avx512_vnni unheard_of

            processor\t: 1
            model name\t: Some Processor @ 3.00GHz
            """
        let machine = Machine(
            processorText: processors, memoryText: "MemTotal:       24576 kB\nMemFree: 3 kB", cores: 2)
        #expect(machine.processor == "Some Processor @ 3.00GHz")
        #expect(machine.instructionSets == ["sse4_2", "avx", "avx2", "fma", "f16c", "avx512f", "avx512_vnni"])
        #expect(machine.memoryBytes == 24 << 20)
        let unknown = Machine(processorText: "", memoryText: "no colon", cores: 1)
        #expect(unknown.processor == nil && unknown.memoryBytes == nil && unknown.instructionSets.isEmpty)
    }

    /// A trial that found nobody, or somebody everywhere, would agree with any other.
    @Test func theTrialsPictureHasASubject() throws {
        InstalledRuntime.located
        let model = try ModelStore(directory: RealModel.folder).model("rvm-mobilenetv3")
        let trials = try Engines.names.map {
            try NetworkTrial.run(model: model, inference: InferenceOptions(engine: $0), seconds: 0)
        }
        for trial in trials {
            #expect(trial.frames == 1 && trial.millisecondsPerFrame > 0)
            let count = Double(NetworkTrial.pictureSize.pixelCount)
            let subject = trial.alpha.withFloats { Double($0.count { $0 > 0.9 }) / count }
            let background = trial.alpha.withFloats { Double($0.count { $0 < 0.1 }) / count }
            #expect(subject > 0.05, "\(subject)")
            #expect(background > 0.3, "\(background)")
        }
        let difference = 255 * trials[0].meanDifference(from: trials[1])
        #expect(difference > 0 && difference < 1)
    }
}
