import Access
import Addresses
import Identifiers
import Postgres
import Routers
import Tenancy
import Time

/// The demonstration company's towers: a lab's antennas, links and switches, with a past of their own.
package enum InventedFleet {
    /// The values of `mastil lab snmp`.
    private static let community = "publica"
    private static let tower: [(Device.Kind, String)] = [
        (.switch, "Switch"), (.backhaul, "Enlace"), (.accessPoint, "Sector 1"), (.accessPoint, "Sector 2"),
        (.accessPoint, "Sector 3"),
    ]

    /// Adds the towers' devices, five at each, where there are none but routers; returns how many.
    package static func fill(
        _ towers: [String], at labs: [(address: IPAddress, port: UInt16)], of tenant: Tenant, by principal: Principal,
        with acts: DeviceActs, in database: TenantDatabase
    ) async throws -> Int {
        let known = try await database.devices()
        let labs = labs.prefix(towers.count * tower.count)
        guard !labs.isEmpty, known.allSatisfy({ $0.device.router != nil }) else { return 0 }
        let root = known.first?.device.id
        var (link, switchAtTower): (Device.ID?, Device.ID?) = (nil, nil)
        for (index, lab) in labs.enumerated() {
            let (kind, name) = tower[index % tower.count]
            var device = acts.blank(at: principal.now)
            device.name = "\(towers[index / tower.count]) · \(name)"
            (device.kind, device.method, device.community) = (kind, .snmp, community)
            (device.address, device.port) = ("\(lab.address)", Int(lab.port))
            // A tower's link hangs on the router, its switch on the link and its sectors on the switch.
            switch kind {
            case .switch: (switchAtTower, device.upstream) = (device.id, nil)
            case .backhaul: (link, device.upstream) = (device.id, root)
            default: device.upstream = switchAtTower
            }
            _ = try await acts.add(device, to: tenant, by: principal, in: database)
            if kind == .backhaul, let link, let below = switchAtTower {
                try await database.execute(
                    """
                    UPDATE devices SET upstream_id = \(link)
                    WHERE tenant_id = \(database.tenant) AND device_id = \(below)
                    """)
            }
        }
        try await invent(of: tenant, at: principal.now, in: database)
        return labs.count
    }

    /// The devices of a tower by which its sites are known to be up: the link's first, then the sectors'.
    package static func watching(_ tower: String, among devices: [DeviceInState]) -> [Device] {
        let there = devices.map(\.device).filter { $0.name.hasPrefix("\(tower) · ") }
        return there.filter { $0.kind == .backhaul } + there.filter { $0.kind == .accessPoint }
    }

    /// A day of samples, and a year of their sums.
    private static func invent(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws {
        let devices = try await database.devices().map(\.device).filter { $0.router == nil }
        try await database.keepSampleDays(at: now - .seconds(86_400))
        try await database.keepSampleDays(at: now)
        let begin = Instant(seconds: now.seconds / 300 * 300) - .seconds(86_400)
        for (number, device) in devices.enumerated() {
            try await database.put(
                (0..<288).map { step in
                    Measured(
                        device: device.id, at: begin + .seconds(Int64(step) * 300),
                        readings: readings(of: device, number, step))
                })
        }
        // The sums follow each series' own mean, with a wave for each day.
        let spans: [(span: Int32, days: Int64, minutes: Int32)] = [(5, 7, 30), (60, 31, 120), (1440, 365, 1440)]
        for device in devices {
            for (span, days, minutes) in spans {
                try await database.execute(
                    """
                    INSERT INTO sample_rollups (tenant_id, series_id, span, at, count, sum, least, most)
                    SELECT \(database.tenant), m.series_id, \(span)::smallint, g.at, 12, 12 * v.value::bigint,
                        v.value::bigint, v.value::bigint
                    FROM (
                        SELECT s.series_id, s.metric, avg(x.value) AS mean
                        FROM sample_series s
                        JOIN samples x ON x.tenant_id = \(database.tenant) AND x.series_id = s.series_id
                        WHERE s.tenant_id = \(database.tenant) AND s.device_id = \(device.id)
                        GROUP BY s.series_id, s.metric
                    ) m
                    CROSS JOIN generate_series(
                        date_bin('1 day', \(now - .seconds(days * 86_400)), 'epoch'), \(now)::timestamptz,
                        make_interval(mins => \(minutes))
                    ) g(at)
                    CROSS JOIN LATERAL (
                        SELECT CASE WHEN m.metric = 'available' THEN 100
                            ELSE m.mean + abs(m.mean) * CASE WHEN m.metric LIKE 'traffic%' THEN 0.5 ELSE 0.04 END
                                * sin(extract(epoch FROM g.at) * 7.3224e-5 + m.series_id)
                            END AS value
                    ) v
                    ON CONFLICT DO NOTHING
                    """)
            }
        }
    }

    private static func readings(of device: Device, _ number: Int, _ step: Int) -> [Reading] {
        // Busiest in the evening.
        let hour = (step + 48) % 288
        let load = 20 + 80 * min(hour, 288 - hour) / 144
        let ripple = (step &* 7919 &+ number &* 104_729) % 13
        var readings = [
            Reading(.available, 100),
            Reading(.latency, 1800 + 900 * number % 4000 + 200 * ripple, of: device.method.way),
            Reading(.jitter, 100 + 30 * ripple), Reading(.loss, 0),
        ]
        let interfaces = device.kind == .switch ? ["sfp1", "ether1"] : ["ath0", "eth0"]
        for (place, name) in interfaces.enumerated() {
            let bits = 1_000_000 * load * (number + 1) / (place + 2) + 40_000 * ripple
            readings += [Reading(.trafficIn, bits, of: name), Reading(.trafficOut, bits / 4, of: name)]
        }
        if device.kind == .switch {
            readings += [Reading(.cpu, 12 + ripple), Reading(.temperature, 372 + ripple), Reading(.voltage, 240)]
        } else {
            readings += [
                Reading(.signal, -58 - number % 7 - ripple / 5), Reading(.ccq, 84 + ripple), Reading(.noise, -94),
                Reading(.capacity, 85 - load / 3), Reading(.cpu, 25 + load / 5), Reading(.temperature, 460 + ripple),
            ]
        }
        return readings
    }
}
