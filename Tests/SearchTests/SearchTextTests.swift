import Testing

@testable import Search

@Suite struct SearchTextTests {
    @Test(arguments: [
        ("José Núñez-Ávila", ["jose", "nunez", "avila"]), ("AV. DEL CERRO 12-B", ["av", "del", "cerro", "12", "b"]),
        ("Ñandú & Cía., S.A.", ["nandu", "cia", "s", "a"]), ("Jose\u{301}", ["jose"]), ("  ", []),
        ("Øst Łódź", ["ost", "lodz"]), ("Иван", ["иван"]),
    ])
    func `a text is found by its words, without accents`(text: String, words: [String]) {
        #expect(SearchText.words(text) == words)
    }

    @Test(arguments: [
        ("55 0000-1234", ["5500001234"]), ("+52 (55) 0000", ["52550000"]), ("ana LÓPEZ", ["lopez", "ana"]),
        ("7", ["7"]), ("()", []), ("ana ana", ["ana"]),
    ])
    func `a query is its words, the longest first, or one number`(text: String, words: [String]) {
        #expect(SearchText.query(text) == words)
    }

    @Test func `a phone is found by all of it and by its end`() {
        #expect(SearchText.phone("+52 55 0000 1234") == ["525500001234", "5500001234", "00001234", "0001234", "1234"])
        #expect(SearchText.phone("") == [])
    }

    @Test func `no word is longer than the index takes`() {
        #expect(SearchText.words(String(repeating: "ñ", count: 900)).map(\.count) == [SearchText.longest])
    }
}
