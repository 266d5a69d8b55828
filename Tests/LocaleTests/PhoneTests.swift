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
            ("+58 412 1234567", .mexico, "+584121234567", "+584121234567"),
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
            ("+58 412", .mexico, .tooShort), ("+581234567890123456", .mexico, .tooLong),
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
