import Testing

@testable import Locale

@Suite struct PhoneTests {
    @Test(
        arguments: [
            ("55 1234 5678", Region.mexico, "+525512345678", "55 1234 5678"),
            ("+52 1 55 1234 5678", .mexico, "+525512345678", "55 1234 5678"),
            ("5215512345678", .mexico, "+525512345678", "55 1234 5678"),
            ("044 222 123 4567", .mexico, "+522221234567", "222 123 4567"),
            ("01 (222) 123-4567", .mexico, "+522221234567", "222 123 4567"),
            ("321 1234567", .colombia, "+573211234567", "321 123 4567"),
            ("57 321 123 4567", .colombia, "+573211234567", "321 123 4567"),
            ("(601) 2345678", .colombia, "+576012345678", "601 234 5678"),
            ("912345678", .peru, "+51912345678", "912 345 678"), ("01 2345678", .peru, "+5112345678", "01 234 5678"),
            ("(054) 123456", .peru, "+5154123456", "054 123 456"),
            ("+51 1 234 5678", .peru, "+5112345678", "01 234 5678"),
            ("11 2345-6789", .argentina, "+541123456789", "011 2345-6789"),
            ("011 15-2345-6789", .argentina, "+5491123456789", "011 15-2345-6789"),
            ("11 15 2345 6789", .argentina, "+5491123456789", "011 15-2345-6789"),
            ("+54 9 11 2345-6789", .argentina, "+5491123456789", "011 15-2345-6789"),
            ("5491123456789", .argentina, "+5491123456789", "011 15-2345-6789"),
            ("0351 15 412-3456", .argentina, "+5493514123456", "0351 15-412-3456"),
            ("02966 15 42-1234", .argentina, "+5492966421234", "02966 15-42-1234"),
            ("0351 412 3456", .argentina, "+543514123456", "0351 412-3456"),
            ("+54 11 15 2345 6789", .argentina, "+5491123456789", "011 15-2345-6789"),
            ("9 1234 5678", .chile, "+56912345678", "9 1234 5678"),
            ("09 1234 5678", .chile, "+56912345678", "9 1234 5678"),
            ("56 9 1234 5678", .chile, "+56912345678", "9 1234 5678"),
            ("(2) 2123 4567", .chile, "+56221234567", "2 2123 4567"),
            ("32 212 3456", .chile, "+56322123456", "32 212 3456"),
            ("099 123 4567", .ecuador, "+593991234567", "099 123 4567"),
            ("991234567", .ecuador, "+593991234567", "099 123 4567"),
            ("+593 099 123 4567", .ecuador, "+593991234567", "099 123 4567"),
            ("02-234-5678", .ecuador, "+59322345678", "02 234 5678"),
            ("(11) 91234-5678", .brazil, "+5511912345678", "(11) 91234-5678"),
            ("011 91234 5678", .brazil, "+5511912345678", "(11) 91234-5678"),
            ("0 15 11 91234 5678", .brazil, "+5511912345678", "(11) 91234-5678"),
            ("1123456789", .brazil, "+551123456789", "(11) 2345-6789"),
            ("(212) 555-1234", .unitedStates, "+12125551234", "(212) 555-1234"),
            ("1-212-555-1234", .unitedStates, "+12125551234", "(212) 555-1234"),
            // From one country to another.
            ("+57 321 123 4567", .mexico, "+573211234567", "321 123 4567"),
            ("00 51 912 345 678", .mexico, "+51912345678", "912 345 678"),
            ("011 52 55 1234 5678", .unitedStates, "+525512345678", "55 1234 5678"),
            ("+44 20 7946 0958", .mexico, "+442079460958", "+442079460958"),
            ("5123-4567", .guatemala, "+50251234567", "5123 4567"),
            ("+502 2234 5678", .mexico, "+50222345678", "2234 5678"),
            ("98765432", .honduras, "+50498765432", "9876-5432"),
            ("504 2234 5678", .honduras, "+50422345678", "2234-5678"),
            ("7012 3456", .elSalvador, "+50370123456", "7012 3456"),
            ("8123 4567", .nicaragua, "+50581234567", "8123 4567"),
            ("8312-3456", .costaRica, "+50683123456", "8312 3456"), ("6123-4567", .panama, "+50761234567", "6123-4567"),
            ("+507 200 1234", .panama, "+5072001234", "200-1234"), ("05 1234567", .cuba, "+5351234567", "05 1234567"),
            ("(07) 1234567", .cuba, "+5371234567", "(07) 1234567"),
            ("809-234-5678", .dominicanRepublic, "+18092345678", "(809) 234-5678"),
            ("+1 829 234 5678", .mexico, "+18292345678", "(829) 234-5678"),
            ("787 234 5678", .puertoRico, "+17872345678", "(787) 234-5678"),
            ("212 555 1234", .puertoRico, "+12125551234", "(212) 555-1234"),
            ("0412-1234567", .venezuela, "+584121234567", "0412-1234567"),
            ("+58 212 1234567", .mexico, "+582121234567", "0212-1234567"),
            ("71234567", .bolivia, "+59171234567", "71234567"), ("2 2123456", .bolivia, "+59122123456", "2 2123456"),
            ("094 231 234", .uruguay, "+59894231234", "094 231 234"),
            ("2123 1234", .uruguay, "+59821231234", "2123 1234"),
            ("0961 456789", .paraguay, "+595961456789", "0961 456789"),
            ("(021) 234 5678", .paraguay, "+595212345678", "(021) 234 5678"),
            ("612 34 56 78", .spain, "+34612345678", "612 34 56 78"),
            ("0034 810 12 34 56", .spain, "+34810123456", "810 12 34 56"),
        ] as [(String, Region, String, String)])
    func `a number as typed is found and written back`(typed: String, region: Region, e164: String, national: String)
        throws
    {
        let phone = try Phone(typed: typed, in: region)
        #expect(phone.e164 == e164)
        #expect(phone.national == national)
        #expect(try Phone(typed: e164, in: .mexico) == phone)
        #expect(try phone.region.map { try Phone(typed: national, in: $0) == phone } ?? true)
    }

    @Test(
        arguments: [
            ("", Region.mexico, PhoneRefusal.empty), (" - ", .mexico, .empty), ("+", .mexico, .empty),
            ("55 1234 5678 ext 3", .mexico, .strangeCharacter), ("55+12345678", .mexico, .strangeCharacter),
            ("１２３４５６７８９０", .mexico, .strangeCharacter), ("++525512345678", .mexico, .strangeCharacter),
            ("911", .mexico, .tooShort), ("1234 5678", .mexico, .areaMissing),
            ("55 1234 56789", .mexico, .tooLong), ("+52 155 1234", .mexico, .areaMissing),
            ("155 123 4567", .mexico, .unknownPrefix),
            ("2345678", .colombia, .areaMissing), ("401 123 4567", .colombia, .unknownPrefix),
            ("603 123 4567", .colombia, .unknownPrefix),
            ("812 345 678", .peru, .unknownPrefix), ("234 5678", .peru, .areaMissing),
            ("15 2345-6789", .argentina, .areaMissing), ("4123-4567", .argentina, .areaMissing),
            ("41 2345 6789", .argentina, .unknownPrefix),
            ("1234 5678", .chile, .areaMissing), ("81 234 5678", .chile, .unknownPrefix),
            ("234 5678", .ecuador, .areaMissing), ("081 234 5678", .ecuador, .unknownPrefix),
            ("91234-5678", .brazil, .areaMissing), ("(20) 91234-5678", .brazil, .unknownPrefix),
            ("(11) 8123-4567", .brazil, .unknownPrefix),
            ("555-1234", .unitedStates, .areaMissing), ("112 555 1234", .unitedStates, .unknownPrefix),
            ("+44 207", .mexico, .tooShort), ("+441234567890123456", .mexico, .tooLong),
            ("5123 456", .guatemala, .areaMissing), ("1123 4567", .guatemala, .unknownPrefix),
            ("512 34 56 78", .spain, .unknownPrefix), ("0512-1234567", .venezuela, .unknownPrefix),
            ("15123456", .bolivia, .unknownPrefix),
            ("+0123456789", .mexico, .unknownPrefix),
        ] as [(String, Region, PhoneRefusal)])
    func `what is no number is refused with the reason`(typed: String, region: Region, refusal: PhoneRefusal) {
        #expect(throws: refusal) { try Phone(typed: typed, in: region) }
    }

    @Test func `the reasons are whole`() {
        #expect(PhoneRefusal.problems == [])
        #expect(PhoneRefusal.areaMissing.text(for: .brazilian) == "Falta o DDD ou o 9 do celular no telefone.")
    }
}
