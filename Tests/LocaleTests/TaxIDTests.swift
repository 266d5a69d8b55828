import Locale
import Testing

@Suite struct TaxIDTests {
    /// As typed, and as kept; nil is refused.
    private static let known: [(region: Region, typed: String, kept: String?)] = [
        (.mexico, "eku9003173c9", "EKU9003173C9"), (.mexico, "XAXX010101000", "XAXX010101000"),
        (.mexico, "XEXX010101000", "XEXX010101000"), (.mexico, "EKU9003173", nil), (.mexico, "1KU9003173C9", nil),
        (.peru, "20100070970", "20100070970"), (.peru, "20100070971", nil), (.peru, "30100070970", nil),
        (.peru, "45678912", "45678912"), (.peru, "2010007097O", nil),
        (.ecuador, "1710034065", "1710034065"), (.ecuador, "1710034065001", "1710034065001"),
        (.ecuador, "1710034066", nil), (.ecuador, "9910034065", nil), (.ecuador, "1710034065000", nil),
        (.colombia, "800.197.268-4", "800197268-4"), (.colombia, "800197268-5", nil),
        (.colombia, "79555123", "79555123"), (.colombia, "800197268-", nil), (.colombia, "1-1-1", nil),
        (.argentina, "20-12345678-6", "20-12345678-6"), (.argentina, "20123456786", "20-12345678-6"),
        (.argentina, "20-12345678-7", nil), (.argentina, "12345678", "12345678"), (.argentina, "99123456786", nil),
        (.chile, "12.345.678-5", "12345678-5"), (.chile, "123456785", "12345678-5"), (.chile, "12345678-6", nil),
        (.chile, "6-k", nil), (.chile, "10000013-k", "10000013-K"),
        (.brazil, "111.444.777-35", "11144477735"), (.brazil, "111.444.777-36", nil),
        (.brazil, "111.111.111-11", nil), (.brazil, "11.222.333/0001-81", "11222333000181"),
        (.brazil, "11.222.333/0001-82", nil), (.brazil, "12.ABC.345/01DE-35", "12ABC34501DE35"),
        (.spain, " b 123 ", "B123"), (.spain, "", nil),
    ]

    @Test(arguments: known)
    func `a tax number is kept as its country writes it, or refused`(region: Region, typed: String, kept: String?) {
        #expect((try? TaxID(typed: typed, in: region))?.text == kept)
    }

    @Test func `a Mexican number with a wrong digit is taken with a doubt, for real ones have them`() throws {
        #expect(try TaxID(typed: "EKU9003173C9", in: .mexico).isDoubtful == false)
        #expect(try TaxID(typed: "EKU9003173C8", in: .mexico).isDoubtful)
        #expect(try TaxID(typed: "GODE561231GR8", in: .mexico).isDoubtful == false)
    }

    @Test(arguments: Region.allCases)
    func `every example passes, and no number stops the program`(region: Region) throws {
        if let example = TaxID.example(in: region) {
            #expect(try TaxID(typed: example, in: region).isDoubtful == false)
        }
        for text in ["", "-", "--", "ÑÑÑ010101ÑÑÑ", String(repeating: "9", count: 500), "९९९९९९९९९९९", "\u{0}"] {
            _ = try? TaxID(typed: text, in: region)
        }
    }
}
