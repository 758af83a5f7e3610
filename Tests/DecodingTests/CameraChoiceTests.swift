import Frames
import Testing

@testable import Decoding

struct CameraChoiceTests {
    private func choose(
        _ width: Int, _ height: Int, rate: Int32 = 30, formats: [String]? = nil, required: Bool = false,
        of offers: [CameraOffer] = CameraOffers.webcam
    ) -> CameraChoice? {
        let wish = CameraWish(
            size: Size(width: width, height: height), rate: Rational(rate, 1), requiresSize: required, formats: formats)
        return CameraChoice.best(for: wish, of: offers)
    }

    @Test func uncompressedWhereItHasTheRate() {
        #expect(choose(640, 360)?.offer.format == "YUYV")
        #expect(choose(640, 360)?.size == Size(width: 640, height: 360))
        #expect(choose(640, 360)?.rate == Rational(30, 1))
        #expect(choose(1280, 720, rate: 10)?.offer.format == "YUYV")
    }

    @Test func motionJPEGWhereTheOthersDropToTenFrames() throws {
        let choice = try #require(choose(1280, 720))
        #expect(choice.offer.format == "MJPG" && choice.rate == Rational(30, 1))
        let wish = CameraWish(size: choice.size)
        #expect(choice.slowerAlternative(for: wish, of: CameraOffers.webcam)?.offer.format == "YUYV")
        let format = CameraFormat(format: "MJPG", size: choice.size, rate: choice.rate, isEmulated: false)
        let sentence = CameraSentence(
            device: "Cam", format: format, choice: choice, wish: wish, offers: CameraOffers.webcam)
        #expect(sentence.text == "'Cam' gives 1280×720 at 30 fps as MJPG (YUYV has only 10 fps there)")
    }

    @Test func theRateComesBeforeTheSize() {
        let choice = choose(1280, 720, formats: ["YUYV"])
        #expect(choice?.size == Size(width: 640, height: 360) && choice?.rate == Rational(30, 1))
    }

    @Test func aSizeThatIsNotThere() {
        // Larger ones can be made smaller; the nearest of those, in the shape that was wished for.
        #expect(choose(600, 338)?.size == Size(width: 640, height: 360))
        #expect(choose(1000, 700)?.size == Size(width: 1280, height: 720))
        #expect(choose(1920, 1080)?.size == Size(width: 1280, height: 720))
        #expect(choose(1000, 700, required: true) == nil)
        let words = CameraSentence.missing(
            CameraWish(size: Size(width: 1000, height: 700), requiresSize: true), CameraOffers.webcam)
        #expect(words == "has no 1000×700, only 640×360, 640×480, 1280×720")
    }

    @Test func whatCannotBeUsedIsNotTaken() {
        let odd = [
            CameraOffers.offer("H264", small: [30], large: [30]), CameraOffers.offer("Y10", small: [30], large: [30]),
        ]
        #expect(choose(640, 480, of: odd) == nil)
        #expect(CameraSentence.missing(CameraWish(), odd) == "has nothing that can be used, only H264, Y10")
        #expect(choose(640, 480, of: []) == nil)
    }

    @Test func rangesGiveWhatIsAskedFor() {
        let mode = CameraOffer.Mode(
            smallest: Size(width: 48, height: 32), largest: Size(width: 800, height: 600),
            step: Size(width: 16, height: 8), rates: [Rational(1, 1), Rational(60, 1)], isRateRange: true)
        #expect(CameraChoice.nearest(to: Size(width: 655, height: 365), in: mode) == Size(width: 640, height: 360))
        #expect(CameraChoice.nearest(to: Size(width: 9999, height: 1), in: mode) == Size(width: 800, height: 32))
        #expect(CameraChoice.nearest(to: Rational(24, 1), in: mode) == Rational(24, 1))
        #expect(CameraChoice.nearest(to: Rational(90, 1), in: mode) == Rational(60, 1))
    }

    @Test func unknownRatesAreTakenAtTheirWord() {
        let silent = [
            CameraOffer(format: "NV12", title: "", isCompressed: false, modes: [CameraOffers.mode(640, 480, [])])
        ]
        #expect(choose(640, 480, of: silent)?.rate.isKnown == false)
    }

    @Test func ratesAreWrittenAsPeopleDo() {
        #expect(CameraSentence.words(Rational(30, 1)) == "30")
        #expect(CameraSentence.words(Rational(30000, 1001)) == "29.97")
        #expect(CameraSentence.words(Rational(15, 2)) == "7.50")
    }
}
