import AccessProtocol
import RouterOS
import RouterScripts

// Reads the whole configuration as text and changes it by a script. The binary API has no safe mode, which belongs to a
// terminal's session. Instead the router keeps a script that undoes the change, and a scheduler that runs it unless we
// sign in again and remove both.
extension RouterOSSession: ConfiguredSession {
    private static let exportName = "mastil-export"
    static let exportFile = "\(exportName).rsc"
    private static let undoName = "mastil-undo"
    private static let fixName = "mastil-fix"
    /// The policies of our own user, and so of its scripts.
    private static let policy = "read,write,test"

    func configuration() async throws(AccessFailure) -> ConfigurationText {
        do throws(RouterError) {
            // Of a reading that broke off: every password is in it.
            try await removeExport()
            let isShown = try await policies()?.contains("sensitive") ?? false
            guard let text = try await exported() else {
                return ConfigurationText(try await printed(), hasSecrets: isShown)
            }
            return ConfigurationText(text, hasSecrets: isShown)
        } catch {
            throw AccessFailure(error)
        }
    }

    func rows(
        of menu: String, _ properties: [String], where condition: (name: String, value: String)?
    ) async throws(AccessFailure) -> [[String: String]] {
        do throws(RouterError) {
            let query = condition.map { RouterQuery.equal($0.name, $0.value) }
            return try await session.rows(of: RouterCommand("\(menu)/print", where: query, only: properties))
                .map(Self.values)
        } catch {
            if error.trapKind == .noSuchCommand { return [] }
            throw AccessFailure(error)
        }
    }

    func answersPing(_ address: String) async throws(AccessFailure) -> Bool {
        do throws(RouterError) {
            let rows = try await session.rows(of: RouterCommand("/ping", ["address": address, "count": "2"]))
            return rows.contains { ($0.number("received") ?? 0) > 0 }
        } catch {
            throw AccessFailure(error)
        }
    }

    func arm(_ undo: String, after span: Duration) async throws(AccessFailure) {
        do throws(RouterError) {
            try await forget(Self.undoName)
            // The script first removes its own scheduler, so that it runs once only.
            let source = "/system scheduler remove [find name=\(Self.undoName)]\n" + undo
            try await add(Self.undoName, source)
            _ = try await session.run(
                RouterCommand(
                    "/system/scheduler/add",
                    [
                        "name": Self.undoName, "interval": RouterDuration.text(span), "on-event": Self.undoName,
                        "policy": Self.policy,
                    ]))
        } catch {
            throw AccessFailure(error)
        }
    }

    func run(_ script: String) async throws(AccessFailure) {
        do throws(RouterError) {
            try await forget(Self.fixName)
            try await add(Self.fixName, script)
            _ = try await session.run(RouterCommand("/system/script/run", [".id": Self.fixName]))
            try await forget(Self.fixName)
        } catch {
            throw AccessFailure(error)
        }
    }

    func takeBack() async throws(AccessFailure) {
        do throws(RouterError) {
            _ = try await session.run(RouterCommand("/system/script/run", [".id": Self.undoName]))
            try await forget(Self.undoName)
            try await forget(Self.fixName)
        } catch {
            throw AccessFailure(error)
        }
    }

    func disarm() async throws(AccessFailure) {
        do throws(RouterError) {
            try await forget(Self.undoName)
        } catch {
            throw AccessFailure(error)
        }
    }

    private func add(_ name: String, _ source: String) async throws(RouterError) {
        _ = try await session.run(
            RouterCommand(
                "/system/script/add",
                ["name": name, "source": source, "policy": Self.policy, "dont-require-permissions": "yes"]))
    }

    /// The scheduler first: without it the script is inert.
    private func forget(_ name: String) async throws(RouterError) {
        for menu in ["/system/scheduler", "/system/script"] {
            let found = try await session.rows(
                of: RouterCommand("\(menu)/print", where: .equal("name", name), only: [".id"]))
            for id in found.compactMap(\.id) { try await remove(id, from: menu) }
        }
    }

    private func remove(_ id: String, from menu: String) async throws(RouterError) {
        do {
            _ = try await session.run(RouterCommand("\(menu)/remove", [".id": id]))
        } catch {
            guard error.trapKind == .noSuchItem else { throw error }
        }
    }

    static func values(_ row: RouterRow) -> [String: String] {
        Dictionary(row.names.map { ($0, row[$0] ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}

// Reading the configuration.
extension RouterOSSession {
    /// Version 7 hides passwords unless given `show-sensitive`; version 6 does not know the parameter.
    private func export() async throws(RouterError) {
        do {
            _ = try await session.run(
                RouterCommand(
                    "/export", ["file": Self.exportName, "show-sensitive": ""], deadline: .seconds(60)))
        } catch {
            guard [.badParameter, .badValue, .other].contains(error.trapKind) else { throw error }
            _ = try await session.run(RouterCommand("/export", ["file": Self.exportName], deadline: .seconds(60)))
        }
    }

    /// However it ends, the file is gone; where the router cannot be reached any more, the next reading begins with that.
    private func exported() async throws(RouterError) -> String? {
        let text: String?
        do throws(RouterError) {
            try await export()
            text = try await readExport()
        } catch {
            try? await removeExport()
            throw error
        }
        try await removeExport()
        return text
    }

    private func removeExport() async throws(RouterError) {
        let files = try await session.rows(
            of: RouterCommand("/file/print", where: .equal("name", Self.exportFile), only: [".id"]))
        for id in files.compactMap(\.id) { try await remove(id, from: "/file") }
    }

    /// Nil where the router lets a file of this size be read by nobody: 4 KB with version 6, 60 KB before 7.13.
    private func readExport() async throws(RouterError) -> String? {
        let name = Self.exportFile
        let files = try await session.rows(
            of: RouterCommand("/file/print", where: .equal("name", name), only: ["size", "contents"]))
        guard let file = files.first else { return nil }
        let contents = file["contents"] ?? ""
        let size = file.number("size") ?? 0
        return contents.isEmpty || contents.utf8.count < size ? try await pieces(of: name, size: size) : contents
    }

    private func pieces(of name: String, size: Int) async throws(RouterError) -> String? {
        guard (1...16 << 20).contains(size) else { return nil }
        var bytes: [UInt8] = []
        do {
            while bytes.count < size {
                let rows = try await session.rows(
                    of: RouterCommand(
                        "/file/read", ["file": name, "offset": "\(bytes.count)", "chunk-size": "32768"],
                        deadline: .seconds(60)))
                guard let piece = rows.first?.bytes(of: "data"), !piece.isEmpty else { return nil }
                bytes += piece
            }
        } catch {
            guard error.trapKind == .noSuchCommand else { throw error }
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Without a readable export file, prints the menus and writes them in export form.
    private func printed() async throws(RouterError) -> String {
        let version = try await session.identify().version
        var text = "# by RouterOS \(version.major).\(version.minor).\(version.patch)\n"
        for menu in Self.menus {
            let rows: [RouterRow]
            do {
                rows = try await session.rows(of: RouterCommand("\(menu)/print"))
            } catch {
                guard error.trapKind == .noSuchCommand || error.trapKind == .notPermitted else { throw error }
                continue
            }
            for row in rows where row.flag("dynamic") != true {
                var command = ScriptCommand(menu, row.id == nil ? "set" : "add")
                if row.id != nil, row.flag("default") == true || menu == "/interface/ethernet" || menu == "/ip/service"
                {
                    command.verb = "set"
                    command.target = .found([.init("name", row["name"] ?? "")])
                }
                for name in row.names where !Self.told.contains(name) && !name.hasPrefix(".") {
                    let value = row[name] ?? ""
                    command.attributes.append(.init(name, value == "true" ? "yes" : value == "false" ? "no" : value))
                }
                text += command.text + "\n"
            }
        }
        return text
    }

    /// Read-only properties, printed with a row but not settable.
    private static let told: Set<String> = [
        "dynamic", "default", "invalid", "running", "active", "static", "inactive", "bytes", "packets", "rate",
        "packet-rate", "queued-bytes", "queued-packets", "dropped", "last-logged-out", "last-caller-id",
        "last-disconnect-reason", "run-count", "last-started", "next-run", "owner", "status", "since", "uptime",
        "actual-interface", "creation-time", "last-seen", "expires-after", "active-address", "active-mac-address",
        "active-server", "host-name", "radius", "rx-byte", "tx-byte", "rx-packet", "tx-packet", "last-logged-in",
        "gmt-offset", "time", "date", "total-bytes", "ecmp", "hw-offloaded", "builtin", "dynamic-servers",
        "last-link-up-time", "link-downs", "slave", "gateway-status", "done-tests", "failed-tests",
    ]

    private static let menus = [
        "/interface/bridge", "/interface/ethernet", "/interface/vlan", "/interface/pppoe-client", "/interface/list",
        "/interface/list/member", "/ip/pool", "/ip/dhcp-server", "/ip/hotspot/profile", "/ip/hotspot/user/profile",
        "/ip/hotspot", "/ppp/profile", "/queue/type", "/queue/tree", "/queue/simple", "/routing/table",
        "/interface/pppoe-server/server", "/ip/address", "/ip/dhcp-client", "/ip/dhcp-server/lease",
        "/ip/dhcp-server/network", "/ip/dns", "/ip/firewall/address-list", "/ip/firewall/filter",
        "/ip/firewall/layer7-protocol", "/ip/firewall/mangle", "/ip/firewall/nat", "/ip/hotspot/user", "/ip/route",
        "/ip/service", "/ppp/aaa", "/ppp/secret", "/radius", "/radius/incoming", "/snmp", "/system/clock",
        "/system/identity", "/system/ntp/client", "/system/scheduler", "/system/script", "/tool/e-mail",
        "/tool/netwatch",
    ]
}
