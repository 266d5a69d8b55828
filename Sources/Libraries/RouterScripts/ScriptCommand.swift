/// One command of a RouterOS script, such as an export: `/ip firewall filter add chain=input action=drop`.
package struct ScriptCommand: Sendable, Equatable {
    package struct Attribute: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
    }

    /// The rows a command applies to.
    package enum Target: Sendable, Equatable {
        /// `[find name=ether1]`.
        case found([Attribute])
        /// `set ether1 …`: by name or number.
        case named(String)
    }

    /// `/ip/firewall/filter`.
    package var menu: String
    package var verb: String
    package var target: Target?
    package var attributes: [Attribute]

    package init(_ menu: String, _ verb: String, _ target: Target? = nil, _ attributes: [Attribute] = []) {
        (self.menu, self.verb, self.target, self.attributes) = (menu, verb, target, attributes)
    }

    package subscript(name: String) -> String? { attributes.last { $0.name == name }?.value }

    /// The full command, pasteable into a terminal of RouterOS 6 or 7.
    package var text: String {
        var words = ["/" + menu.split(separator: "/").joined(separator: " "), verb]
        switch target {
        case .found(let conditions): words.append("[find \(Self.text(of: conditions))]")
        case .named(let name): words.append(ScriptText.quoted(name))
        case nil: break
        }
        if !attributes.isEmpty { words.append(Self.text(of: attributes)) }
        return words.joined(separator: " ")
    }

    private static func text(of attributes: [Attribute]) -> String {
        attributes.map {
            $0.value.isEmpty && $0.name.hasPrefix("!") ? $0.name : "\($0.name)=\(ScriptText.quoted($0.value))"
        }
        .joined(separator: " ")
    }
}

/// The console's quoting.
package enum ScriptText {
    /// Unquoted where possible.
    package static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_.,:/+*@!<>%".utf8.contains(byte)
            }
        }
        if isPlain, !text.isEmpty { return text }
        var result = "\""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "?"):
                result += "\\" + String(Unicode.Scalar(byte))
            case 9: result += "\\t"
            case 10: result += "\\n"
            case 13: result += "\\r"
            case 0x7F..., ..<0x20:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "\\" + (digits.count == 1 ? "0\(digits)" : digits)
            default: result += String(Unicode.Scalar(byte))
            }
        }
        return result + "\""
    }

    /// Decodes an export's text: UTF-8 if written by WinBox 4 or WebFig, Windows-1252 by older tools.
    static func decode(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
