import Nouns
import Testing

@Suite struct SpeedTests {
    private static let written: [(text: String, kilobits: Int?)] = [
        ("8M", 8000), ("8", 8000), ("8 Mbps", 8000), ("512k", 512), ("1G", 1_000_000), ("1.5M", 1500), ("1,5m", 1500),
        ("0.0005M", nil), ("", nil), ("M", nil), ("-8M", nil), ("8T", nil), ("1001G", nil),
        ("99999999999999999999", nil),
        ("1.2.3M", nil), ("8 megas", nil),
    ]

    @Test(arguments: written)
    func `a speed is read as people and routers write it`(text: String, kilobits: Int?) {
        #expect(Speed(text)?.kilobits == kilobits)
    }

    @Test(arguments: [1, 512, 1500, 8000, 999_999, 1_000_000, 2_500_000, Speed.most])
    func `a speed is read back as it is written`(kilobits: Int) {
        #expect(Speed(Speed(kilobits: kilobits).text)?.kilobits == kilobits)
    }
}
