import Locale

/// A new password: long enough, and not a common one. Capitals and signs are not required, since such rules make people
/// choose worse ones.
package struct NewPassword: Sendable {
    let text: String

    package static let length = 8...128

    package init(_ text: String, ownWords: [String], common: CommonPasswords) throws(PasswordFault) {
        guard text.unicodeScalars.count >= Self.length.lowerBound else { throw .tooShort }
        guard text.unicodeScalars.count <= Self.length.upperBound else { throw .tooLong }
        let plain = text.lowercased()
        guard !common.contains(plain), Set(plain).count > 2 else { throw .common }
        for word in ownWords.map({ $0.lowercased() }) where word.count >= 4 && plain.contains(word) { throw .ownWord }
        self.text = text
    }
}

package enum PasswordFault: Error, Equatable {
    case tooShort, tooLong, common, ownWord

    package var message: Message {
        switch self {
        case .tooShort: PasswordWords.tooShort.message
        case .tooLong: PasswordWords.tooLong.message
        case .common: PasswordWords.common.message
        case .ownWord: PasswordWords.ownWord.message
        }
    }
}

package enum PasswordWords: MessageCatalogue {
    case tooShort, tooLong, common, ownWord

    package var message: Message {
        switch self {
        case .tooShort:
            Message(
                es: "Use al menos 8 caracteres.", en: "Use at least 8 characters.", pt: "Use pelo menos 8 caracteres.")
        case .tooLong:
            Message(
                es: "Use como máximo 128 caracteres.", en: "Use at most 128 characters.",
                pt: "Use no máximo 128 caracteres.")
        case .common:
            Message(
                es: "Es una de las contraseñas que todos prueban primero. Elija otra; una frase corta funciona bien.",
                en: "It is one of the passwords everybody tries first. Choose another; a short sentence works well.",
                pt: "É uma das senhas que todos tentam primeiro. Escolha outra; uma frase curta funciona bem.")
        case .ownWord:
            Message(
                es: "No use su nombre, su correo ni el de la empresa en la contraseña.",
                en: "Do not use your name, your e-mail or the company's name in the password.",
                pt: "Não use seu nome, seu e-mail nem o da empresa na senha.")
        }
    }
}

/// A list of common passwords.
package struct CommonPasswords: Sendable {
    private let words: Set<String>

    /// A password a line; lines starting with `#!comment` are comments.
    package init(list: [UInt8]) {
        words = Set(
            list.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self).lowercased() }
                .filter { !$0.hasPrefix("#!comment") })
    }

    func contains(_ plain: String) -> Bool { words.contains(plain) }
}
