/// A menu's schema: its properties, which of them are writable, and its constraints.
final class MenuSchema: Sendable {
    enum Shape: Sendable {
        case list
        /// A record without an id, such as the identity.
        case single
        /// Rows that the router creates.
        case readOnly
        /// Such rows, but removable: removing a session drops it.
        case removable
    }

    let path: String
    let shape: Shape
    let isOrdered: Bool
    let fields: [Field]
    let positions: [String: Int]
    /// The property that names a row in commands, if any.
    let key: Int?
    /// Properties whose values are unique among the rows.
    let unique: [Int]
    let takenMessage: String
    let indexed: [Int]
    let disabled: Int?
    let dynamic: Int?

    private init(
        path: String, shape: Shape, isOrdered: Bool, fields: [Field], key: Int?, unique: [Int], takenMessage: String,
        indexed: [Int]
    ) {
        self.path = path
        self.shape = shape
        self.isOrdered = isOrdered
        self.fields = fields
        positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
        self.key = key
        self.unique = unique
        self.takenMessage = takenMessage
        self.indexed = indexed
        disabled = positions["disabled"]
        dynamic = positions["dynamic"]
    }

    struct Field: Sendable {
        let name: String
        let kind: FieldKind
        let standard: String?
        let isRequired: Bool
        let isWritable: Bool
    }
}

// Parses the menu table; see `MenuTable`.
extension MenuSchema {
    /// The menus that the version has, in the table's order.
    static func read(_ table: String, for version: LabVersion, with packages: Set<String>) -> [MenuSchema] {
        var menus: [MenuSchema] = []
        var lines: [[Substring]] = []
        func finish() {
            if let menu = MenuSchema(lines, for: version, with: packages) { menus.append(menu) }
            lines = []
        }
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "menu" { finish() }
            lines.append(words)
        }
        finish()
        return menus
    }

    private convenience init?(_ lines: [[Substring]], for version: LabVersion, with packages: Set<String>) {
        guard let head = lines.first, head.count >= 2 else { return nil }
        var options: [Substring: Substring] = [:]
        for word in head.dropFirst(2) {
            let parts = word.split(separator: "=", maxSplits: 1)
            options[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        if let since = options["since"].flatMap({ LabVersion(String($0)) }), version < since { return nil }
        if let before = options["before"].flatMap({ LabVersion(String($0)) }), version >= before { return nil }
        if let package = options["package"], !packages.contains(String(package)) { return nil }
        let shape: Shape =
            options["single"] != nil
            ? .single : options["removable"] != nil ? .removable : options["readonly"] != nil ? .readOnly : .list
        var fields: [Field] = []
        var taken = "failure: already have such entry"
        for line in lines.dropFirst() {
            switch line.first {
            case "taken": taken = line.dropFirst().joined(separator: " ")
            case "ro", "field":
                for word in line.dropFirst() {
                    if let field = Field(word, isWritable: line[0] == "field", for: version) { fields.append(field) }
                }
            default: preconditionFailure("The table of menus has a line that begins with \(line.first ?? "nothing")")
            }
        }
        if shape == .list, options["plain"] == nil {
            fields.append(Field(name: "comment", kind: .text, standard: nil, isRequired: false, isWritable: true))
            let standard = options["off"] == nil ? "false" : "true"
            fields.append(
                Field(name: "disabled", kind: .flag, standard: standard, isRequired: false, isWritable: true))
        }
        let positions = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
        func places(_ option: Substring) -> [Int] {
            (options[option] ?? "").split(separator: ",").compactMap { positions[String($0)] }
        }
        self.init(
            path: String(head[1]), shape: shape, isOrdered: options["ordered"] != nil, fields: fields,
            key: places("key").first, unique: options["unique"] == nil ? places("key") : places("unique"),
            takenMessage: taken, indexed: Array(Set(places("key") + places("unique") + places("index"))).sorted())
    }
}

extension MenuSchema.Field {
    /// `name*:kind=standard`, with `~7.15` after the name for "since" and `~-7.0` for "before".
    fileprivate init?(_ word: Substring, isWritable: Bool, for version: LabVersion) {
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", maxSplits: 1)
        let names = parts[0].split(separator: "~")
        if names.count > 1 {
            let isBefore = names[1].hasPrefix("-")
            guard let border = LabVersion(String(isBefore ? names[1].dropFirst() : names[1])),
                isBefore == (version < border)
            else { return nil }
        }
        isRequired = names[0].hasSuffix("*")
        name = String(isRequired ? names[0].dropLast() : names[0])
        kind = parts.count > 1 ? FieldKind(parts[1]) : .text
        standard = halves.count > 1 ? String(halves[1]) : nil
        self.isWritable = isWritable
    }
}
