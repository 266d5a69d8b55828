import Time

// The configuration as a script that would recreate it.
extension LabRouter {
    func exportToFile(
        _ command: LabCommand, menu: Int?, _ policies: Set<String>, into answer: inout LabAnswer
    ) throws(LabTrap) {
        guard let name = command.value("file"), !name.isEmpty else { throw .missing("file") }
        let shows =
            policies.contains("sensitive")
            && (version.hidesSecrets ? command.has("show-sensitive") : !command.has("hide-sensitive"))
        addFile(
            name.hasSuffix(".rsc") ? name : "\(name).rsc", kind: "script", contents: export(menu, showingSecrets: shows)
        )
        if menu == nil { answer.done() }
    }

    package func export(showingSecrets: Bool = true) -> String { export(nil, showingSecrets: showingSecrets) }

    /// Stable as long as nothing changes, except for the first line.
    private func export(_ only: Int?, showingSecrets: Bool) -> String {
        let board = tables[table("/system/routerboard")]
        func text(_ name: String) -> String {
            guard let id = board.order.first, let position = board.position(name) else { return "" }
            return board[id]?.values[position] ?? ""
        }
        var text = """
            # \(LabClock.text(now, iso: version.writesISODates)) by RouterOS \(version)
            # software id = LAB0-0001
            #
            # model = \(text("model"))
            # serial number = \(text("serial-number"))

            """
        for menu in tables.indices where only == nil || menu == only {
            let lines = exportLines(tables[menu], showingSecrets: showingSecrets)
            if lines.isEmpty { continue }
            text += tables[menu].schema.path.replacingSlashes + "\n"
            for line in lines { text += line.joined(separator: "\n") + "\n" }
        }
        return text
    }

    private func exportLines(_ table: LabTable, showingSecrets: Bool) -> [[String]] {
        let schema = table.schema
        let writable = schema.fields.indices.filter { schema.fields[$0].isWritable }
            .sorted { schema.fields[$0].name < schema.fields[$1].name }
        // Users are not exported.
        let isLeftOut = ["/interface", "/user", "/user/group"].contains(schema.path)
        if schema.shape == .removable || writable.isEmpty || isLeftOut { return [] }
        return table.order.compactMap { id in
            guard let row = table[id], schema.dynamic.flatMap({ row.values[$0] }) != "true",
                schema.positions["builtin"].flatMap({ row.values[$0] }) != "true"
            else { return nil }
            let isThere = schema.positions["default"].flatMap { row.values[$0] } == "true"
            var words = ["add"]
            var shown = writable
            if schema.shape == .single {
                words = ["set"]
            } else if schema.shape == .readOnly || isThere || schema.positions["default-name"] != nil {
                let name = schema.key.flatMap { row.values[$0] } ?? ""
                words = ["set [ find name=\(LabScript.quoted(name)) ]"]
                shown.removeAll { $0 == schema.key || schema.fields[$0].name == "port" }
            }
            for position in shown {
                let field = schema.fields[position]
                guard let value = row.values[position], value != field.standard, !value.isEmpty else { continue }
                if field.kind == .secret, !showingSecrets { continue }
                words.append("\(field.name)=\(LabScript.value(value, field.kind))")
            }
            return words.count == 1 && words[0] != "add" ? nil : LabScript.wrapped(words)
        }
    }
}

/// The console's syntax.
enum LabScript {
    static func value(_ text: String, _ kind: FieldKind) -> String {
        switch kind {
        case .flag: text == "true" ? "yes" : "no"
        case .rates: LabRate.pair(text).map { "\(short($0.up))/\(short($0.down))" } ?? text
        default: quoted(text)
        }
    }

    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        LabText.append(text, to: &bytes)
        var result = ""
        var needsQuotes = bytes.isEmpty
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"):
                result += "\\" + String(Unicode.Scalar(byte))
                needsQuotes = true
            case 10: (result, needsQuotes) = (result + "\\n", true)
            case 13: (result, needsQuotes) = (result + "\\r", true)
            case 0x80..., ..<0x20:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "\\" + (digits.count == 1 ? "0\(digits)" : digits)
                needsQuotes = true
            default:
                result += String(Unicode.Scalar(byte))
                if " =;[](){}?'#&|!~`".utf8.contains(byte) { needsQuotes = true }
            }
        }
        return needsQuotes ? "\"\(result)\"" : result
    }

    /// Wrapped at eighty columns, between words.
    static func wrapped(_ words: [String]) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words {
            if !line.isEmpty, line.utf8.count + word.utf8.count > 77 {
                lines.append(line + " \\")
                line = "    " + word
            } else {
                line += line.isEmpty ? word : " " + word
            }
        }
        return lines + [line]
    }

    private static func short(_ bits: UInt64) -> String {
        for (letter, unit) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] as [(String, UInt64)]
        where bits >= unit && bits % unit == 0 {
            return "\(bits / unit)\(letter)"
        }
        return "\(bits)"
    }
}

extension String {
    /// `/ppp/secret` in the console's form: `/ppp secret`.
    fileprivate var replacingSlashes: String {
        "/" + split(separator: "/").joined(separator: " ")
    }
}
