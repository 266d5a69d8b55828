import Locale
import Testing

@testable import Identity

@Suite struct NewPasswordTests {
    private static let common = CommonPasswords(list: Array("#!comment: a list\ncontraseña\nqwertyuiop\n".utf8))

    @Test(arguments: [
        ("1234567", PasswordFault.tooShort), (String(repeating: "ab", count: 64) + "c", .tooLong),
        ("QwertyUiop", .common),
        ("aaaaaaaaaaaa", .common), ("contraseña", .common), ("la-de-mariana-99", .ownWord), ("NorteNorte2", .ownWord),
    ])
    func `a good password is neither short nor common nor one's own words`(text: String, fault: PasswordFault) {
        #expect(throws: fault) {
            try NewPassword(text, ownWords: ["Mariana", "Ríos", "Norte", "de"], common: Self.common)
        }
    }

    @Test(arguments: [
        "correo y caballo", "todo en minúsculas", "12 34 56 78 90", "ñandú…日本語🦙",
        String(repeating: "largo ", count: 20),
        "   con espacios   ",
    ])
    func `nothing is asked of its characters`(text: String) throws {
        #expect(try NewPassword(text, ownWords: ["Ana", "Norte"], common: Self.common).text == text)
    }
}
