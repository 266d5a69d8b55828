import Locale

/// What an antenna is given to find its UISP: `wss://HOST:443+KEY+allowUntrustedCertificate`.
package struct ConnectionString: Sendable, Equatable {
    package let host: String
    let port: UInt16
    let key: String
    let flag: String

    static let rightFlag = "allowUntrustedCertificate"

    package enum Fault: String, MessageCatalogue {
        case scheme, host, port, key, flag, oldFlag, spaces

        package var message: Message {
            switch self {
            case .scheme:
                Message(
                    es: "Debe empezar con wss://", en: "It has to begin with wss://", pt: "Deve começar com wss://")
            case .host:
                Message(
                    es: "Falta el nombre del servidor.", en: "The server's name is missing.",
                    pt: "Falta o nome do servidor.")
            case .port:
                Message(
                    es: "Falta el puerto, o no es un número: detrás del nombre va :443.",
                    en: "The port is missing or is no number: :443 goes behind the name.",
                    pt: "Falta a porta, ou não é um número: depois do nome vai :443.")
            case .key:
                Message(
                    es: "Falta la clave, o tiene signos que UISP no usa.",
                    en: "The key is missing, or has signs that UISP does not use.",
                    pt: "Falta a chave, ou tem sinais que o UISP não usa.")
            case .flag:
                Message(
                    es: "La última parte solo puede ser +allowUntrustedCertificate.",
                    en: "The last part can only be +allowUntrustedCertificate.",
                    pt: "A última parte só pode ser +allowUntrustedCertificate.")
            case .oldFlag:
                Message(
                    es: "+allowSelfSignedCertificate es de versiones viejas: con UISP actual rompe el primer saludo.",
                    en:
                        "+allowSelfSignedCertificate is of old versions: with today's UISP it breaks the first handshake.",
                    pt:
                        "+allowSelfSignedCertificate é de versões antigas: com o UISP atual quebra o primeiro handshake."
                )
            case .spaces:
                Message(
                    es: "Tiene espacios: suele ser una copia cortada en dos líneas.",
                    en: "It has spaces: often a copy cut into two lines.",
                    pt: "Tem espaços: costuma ser uma cópia cortada em duas linhas.")
            }
        }
    }

    init(host: String, port: UInt16 = 443, key: String, flag: String = rightFlag) {
        (self.host, self.port, self.key, self.flag) = (host, port, key, flag)
    }

    var text: String { "wss://\(host):\(port)+\(key)\(flag.isEmpty ? "" : "+\(flag)")" }

    /// Reads what somebody pasted; returns what is wrong with it, and how it should read if that can be told.
    package static func check(_ written: String) -> (faults: [Fault], right: ConnectionString?) {
        var faults: [Fault] = []
        let text = written.filter { !$0.isWhitespace }
        if text != written { faults.append(.spaces) }
        var rest = Substring(text)
        if let scheme = rest.range(of: "://") {
            if rest[..<scheme.lowerBound].lowercased() != "wss" { faults.append(.scheme) }
            rest = rest[scheme.upperBound...]
        } else {
            faults.append(.scheme)
        }
        let parts = rest.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        let authority = parts[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let host = authority[0].lowercased()
        if !isName(host) { faults.append(.host) }
        let port = authority.count == 2 ? UInt16(authority[1]) : nil
        if port == nil || port == 0 { faults.append(.port) }
        let key = parts.count > 1 ? parts[1] : ""
        if !isKey(key) { faults.append(.key) }
        let flag = parts.dropFirst(2).joined(separator: "+")
        if flag == "allowSelfSignedCertificate" {
            faults.append(.oldFlag)
        } else if !flag.isEmpty, flag != rightFlag {
            faults.append(.flag)
        }
        guard isName(host), isKey(key) else { return (faults, nil) }
        let usual = port.flatMap { $0 == 0 ? nil : $0 } ?? 443
        return (faults, ConnectionString(host: host, port: usual, key: key, flag: flag.isEmpty ? "" : rightFlag))
    }

    private static func isName(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    }

    private static func isKey(_ text: String) -> Bool {
        (16...200).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || "-_=/".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

extension Substring {
    /// The place of a short text in this one.
    fileprivate func range(of wanted: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(wanted) { return place..<index(place, offsetBy: wanted.count) }
            place = index(after: place)
        }
        return nil
    }
}
