import Time

// The factory configuration, and a provider's customers.
extension LabRouter {
    func furnish() {
        for menu in tables.indices where tables[menu].schema.shape == .single {
            tables[menu].insert(tables[menu].schema.fields.map(\.standard))
        }
        furnishSystem()
        furnishPeople()
        for number in 1...5 {
            let name = "ether\(number)"
            let address = "48:A9:8A:00:00:0\(number)"
            insert(
                "/interface",
                [
                    "name": name, "default-name": name, "type": "ether", "mtu": "1500", "actual-mtu": "1500",
                    "mac-address": address,
                ], traffic: LabTraffic(since: now.microseconds, up: 40_000_000, down: 300_000_000))
            insert("/interface/ethernet", ["name": name, "default-name": name, "mac-address": address])
        }
        for name in ["all", "none", "dynamic", "static"] {
            insert("/interface/list", ["name": name, "builtin": "true"])
        }
        insert("/ppp/profile", ["name": "default", "default": "true"])
        insert("/ppp/profile", ["name": "default-encryption", "use-encryption": "yes", "default": "true"])
        insert("/ip/hotspot/user/profile", ["name": "default", "default": "true"])
        for (name, kind) in ["default": "pfifo", "default-small": "pfifo", "ethernet-default": "pfifo"] as KeyValuePairs
        {
            insert("/queue/type", ["name": name, "kind": kind, "default": "true"])
        }
        if menus["/routing/table"] != nil {
            insert("/routing/table", ["name": "main", "fib": "true", "dynamic": "true"])
        }
        insert("/ip/address", ["address": "10.20.0.1/14", "interface": "ether2", "network": "10.20.0.0"])
        insert("/ip/route", ["dst-address": "0.0.0.0/0", "gateway": "192.0.2.1"])
    }

    private func furnishSystem() {
        func set(_ path: String, _ values: KeyValuePairs<String, String>) {
            let menu = table(path)
            guard let id = tables[menu].order.first else { return }
            for (name, value) in values {
                if let position = tables[menu].position(name) { tables[menu].set(position, of: id, to: value) }
            }
        }
        set(
            "/system/resource",
            [
                "version": "\(version) (\(version.channel))", "build-time": "2025-05-22 14:01:06",
                "free-memory": "943718400", "total-memory": "1073741824", "cpu": "ARM64", "cpu-count": "4",
                "cpu-frequency": "1400", "free-hdd-space": "98566144", "total-hdd-space": "134217728",
                "write-sect-since-reboot": "4120", "bad-blocks": "0", "architecture-name": "arm64",
                "board-name": "RB5009UG+S+", "platform": "MikroTik",
            ])
        set(
            "/system/routerboard",
            [
                "model": "RB5009UG+S+", "serial-number": "LAB00000001", "firmware-type": "70x0",
                "current-firmware": "\(version)", "upgrade-firmware": "\(version)",
            ])
        if version.since(7, 0) {
            insert("/system/health", ["name": "voltage", "value": "24.1", "type": "V"])
            insert("/system/health", ["name": "cpu-temperature", "value": "47", "type": "C"])
        } else {
            set("/system/health", ["voltage": "24.1", "temperature": "47"])
        }
        insert("/system/package", ["name": "routeros", "version": "\(version)"])
        if menus["/user-manager/user"] != nil {
            insert("/system/package", ["name": "user-manager", "version": "\(version)"])
        }
        for (name, port) in [
            "telnet": "23", "ftp": "21", "www": "80", "ssh": "22", "www-ssl": "443", "api": "8728", "winbox": "8291",
            "api-ssl": "8729",
        ] as KeyValuePairs {
            insert("/ip/service", ["name": name, "port": port])
        }
    }

    private func furnishPeople() {
        let read = "local,telnet,ssh,reboot,read,test,winbox,password,web,sniff,sensitive,api,romon,rest-api"
        for (name, policy) in [
            "read": read, "write": read + ",write", "full": read + ",write,ftp,policy",
        ] as KeyValuePairs {
            insert("/user/group", ["name": name, "policy": policy])
        }
        insert("/user", ["name": "admin", "group": "full", "password": ""])
    }

    /// Sets up a provider's router: plans, a pool, and numbered customers, of whom this percentage is on line.
    /// `maker` is the first half of the customers' MAC addresses.
    package func furnish(customers count: Int, onLine percent: Int = 80, maker: String = "02:00:00") {
        insert("/ip/pool", ["name": "clientes", "ranges": "10.20.0.2-10.23.255.254"])
        for (name, rate) in ["Plan10": "5M/10M", "Plan20": "10M/20M", "Plan50": "25M/50M"] as KeyValuePairs {
            insert(
                "/ppp/profile",
                ["name": name, "local-address": "10.20.0.1", "remote-address": "clientes", "rate-limit": rate])
        }
        insert(
            "/ppp/profile",
            [
                "name": "Morosos", "local-address": "10.20.0.1", "remote-address": "clientes", "rate-limit": "64k/64k",
                "address-list": "morosos",
            ])
        insert(
            "/interface/pppoe-server/server",
            ["service-name": "clientes", "interface": "ether2", "default-profile": "default", "disabled": "false"])
        insert(
            "/ip/firewall/filter",
            ["chain": "forward", "action": "drop", "src-address-list": "morosos", "comment": "morosos"])
        insert("/ip/firewall/nat", ["chain": "srcnat", "action": "masquerade", "out-interface": "ether1"])
        guard count > 0 else { return }
        for number in 1...count { addCustomer(number, isOnLine: number % 100 < percent, maker) }
    }

    private func addCustomer(_ number: Int, isOnLine: Bool, _ maker: String) {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        let (login, password) = ("cliente\(padded)", "clave\(padded)")
        insert(
            "/ppp/secret",
            [
                "name": login, "password": password, "service": "pppoe",
                "profile": ["Plan10", "Plan20", "Plan50"][number % 3], "comment": "cliente \(number)",
            ])
        guard isOnLine else { return }
        let hex = String(number & 0xFF_FFFF, radix: 16, uppercase: true)
        let tail = Array(String(repeating: "0", count: 6 - hex.count) + hex)
        let line = "\(maker):\(tail[0])\(tail[1]):\(tail[2])\(tail[3]):\(tail[4])\(tail[5])"
        let busy = UInt64(number % 17 + 1)
        connect(line: line, login: login, password: password, up: busy * 100_000, down: busy * 800_000)
    }
}
