/// The character set of receipt printers in the Americas: code page 850 with the euro.
enum CodePage858 {
    /// From 0x80 on.
    private static let letters: [Unicode.Scalar: UInt8] = {
        let high = """
            ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
            └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}
            """
        var letters: [Unicode.Scalar: UInt8] = [:]
        for (place, letter) in high.unicodeScalars.enumerated() { letters[letter] = UInt8(0x80 + place) }
        return letters
    }()

    /// Substitutes for characters of our texts that the code page lacks.
    private static let others: [Unicode.Scalar: String] = [
        "\u{A0}": " ", "\u{202F}": " ", "\u{AD}": "", "–": "-", "—": "-", "‘": "'", "’": "'", "“": "\"", "”": "\"",
        "…": "...", "₲": "Gs", "₡": "C", "•": "-",
    ]

    /// Unknown characters and control codes are dropped, so that a text cannot hold a printer command.
    static func bytes(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let other = others[scalar] {
                bytes += other.utf8
            } else if (0x20..<0x7F).contains(scalar.value) {
                bytes.append(UInt8(scalar.value))
            } else if let letter = letters[scalar] {
                bytes.append(letter)
            } else if scalar.value > 0x9F, scalar.properties.generalCategory != .nonspacingMark {
                bytes.append(UInt8(ascii: "?"))
            }
        }
        return bytes
    }
}
