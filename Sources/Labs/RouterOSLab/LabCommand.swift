/// A client's parsed sentence.
struct LabCommand {
    let path: String
    let attributes: [(name: String, value: String)]
    let queries: [String]
    let tag: String?

    init?(_ words: [String]) {
        guard let path = words.first, path.utf8.first == UInt8(ascii: "/") else { return nil }
        var attributes: [(name: String, value: String)] = []
        var queries: [String] = []
        var tag: String?
        for word in words.dropFirst() {
            switch word.utf8.first {
            case UInt8(ascii: "="):
                // Only the first two `=` separate: the value may contain more.
                let parts = word.dropFirst().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                attributes.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
            case UInt8(ascii: "?"): queries.append(word)
            default:
                guard word.hasPrefix(".tag=") else { continue }
                tag = String(word.dropFirst(5))
            }
        }
        self.path = path
        self.attributes = attributes
        self.queries = queries
        self.tag = tag
    }

    private init(_ other: LabCommand, tag: String) {
        (path, attributes, queries, self.tag) = (other.path, other.attributes, other.queries, tag)
    }

    func carrying(tag: String) -> LabCommand { LabCommand(self, tag: tag) }

    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    func has(_ name: String) -> Bool { attributes.contains { $0.name == name } }

    /// The rows a command names: `.id`, or the console's `numbers`.
    var rowNames: [String]? {
        (value(".id") ?? value("numbers") ?? value("number")).map { $0.split(separator: ",").map(String.init) }
    }

    static let rowNameAttributes: Set<String> = [".id", "numbers", "number"]
}

/// A menu's commands.
enum LabVerb: String, CaseIterable {
    case print, getall, add, set, unset, remove, enable, disable, move, listen, export
    case resetCounters = "reset-counters"
    case makeStatic = "make-static"
    case run
    case monitor = "monitor-traffic"
    case read
    case save, load

    var policy: String {
        switch self {
        case .print, .getall, .listen, .export, .monitor, .read: "read"
        default: "write"
        }
    }

    var isWrite: Bool { policy == "write" }

    /// Whether a menu has this command.
    func fits(_ schema: MenuSchema) -> Bool {
        let isList = schema.shape == .list
        switch self {
        case .print, .getall, .listen, .export: return true
        case .add: return isList
        case .set: return schema.fields.contains(where: \.isWritable)
        case .remove: return isList || schema.shape == .removable
        case .unset: return isList
        case .enable, .disable: return schema.disabled.map { schema.fields[$0].isWritable } ?? false
        case .move: return schema.isOrdered
        case .resetCounters: return schema.positions["bytes"] != nil
        case .makeStatic: return schema.path == "/ip/dhcp-server/lease"
        case .run: return schema.path == "/system/script"
        case .monitor: return schema.path == "/interface"
        case .read: return schema.path == "/file"
        case .save, .load: return false
        }
    }
}

/// The meaning of a command's path.
enum LabAction {
    case menu(Int, LabVerb)
    case ping
    case export
    case reboot
    case saveBackup
    case loadBackup

    var policy: String {
        switch self {
        case .menu(_, let verb): verb.policy
        case .ping: "test"
        case .export: "read"
        case .reboot: "reboot"
        case .saveBackup, .loadBackup: "sensitive"
        }
    }

    var isWrite: Bool {
        switch self {
        case .menu(_, let verb): verb.isWrite
        case .ping, .export: false
        case .reboot, .saveBackup, .loadBackup: true
        }
    }
}
