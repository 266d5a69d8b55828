import Locale
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
        ("ana LÓPEZ", ["lopez", "ana"]), ("7", ["7"]), ("()", []), ("ana ana", ["ana"]),
        ("55 0000-1234", ["5500001234"]), ("+52 (55) 0000", ["52550000"]),
        ("ana 81 0000 1853", ["8100001853", "ana"]), ("calle 5 de mayo 12", ["calle", "mayo", "12", "de", "5"]),
    ])
    func `a query is its words, the longest first, and a number in groups is one`(text: String, words: [String]) {
        #expect(SearchQuery(text, in: .mexico).words.map(\.first) == words)
    }

    @Test(arguments: [
        ("+52 81 0000 1853", ["528100001853", "~358100001825", "8100001853", "~3581000018"]),
        ("81", ["81", "#81"]), ("1853", ["1853", "~3581", "#1853"]),
        ("99999999999999", ["99999999999999", "~99999999999999"]),
    ])
    func `a number may begin one, end one, or be a phone's or a customer's`(text: String, forms: [String]) {
        #expect(SearchQuery(text, in: .mexico).words == [forms])
    }

    @Test func `a phone is found by its beginning and by its end, with its country or without`() {
        #expect(SearchText.phone("+52 55 0000 1234") == ["5500001234", "~4321000055"])
        #expect(SearchText.phone("55 0000 1234") == ["5500001234", "~4321000055"])
        #expect(SearchText.phone("") == [])
    }

    @Test func `no word is longer than the index takes`() {
        #expect(SearchText.words(String(repeating: "ñ", count: 900)).map(\.count) == [SearchText.longest])
    }
}
