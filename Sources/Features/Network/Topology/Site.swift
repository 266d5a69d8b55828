import Events
import Identifiers
import JSON
import Locale
import Monitoring
import Nouns
import Postgres
import Routers
import Zones

/// A place of the network: an office, tower, sector, cabinet or box, with the site that feeds it.
package struct Site: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Site>

    package let id: ID
    /// Counted within the tenant, 0 before it is added.
    package internal(set) var number = 0
    package var name = ""
    package var kind = Kind.tower
    package var zone: Zone.ID?
    /// The site that feeds it.
    package var upstream: ID?
    /// The router that stands there: the services bound to it hang on this site.
    package var router: Router.ID?
    /// The watched device by which it is known whether the site is up.
    package var device: Device.ID?
    package var coordinates: Coordinates?
    /// A box's ports, or the services a sector carries at most; 0 where nobody counts them.
    package var ports = 0
    package var note = ""

    package init(id: ID) { self.id = id }

    package static let path = "/panel/sites"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("site", id.uuid, named: name) }

    package enum Kind: String, FieldChoice {
        case office, tower, node, sector, cabinet, box

        /// Whether services hang on it directly, one a port.
        package var servesCustomers: Bool { self == .sector || self == .box }

        package var message: Message {
            switch self {
            case .office: Message(es: "Oficina", en: "Office", pt: "Escritório")
            case .tower: Message(es: "Torre", en: "Tower", pt: "Torre")
            case .node: Message(es: "Nodo", en: "Node", pt: "Nó")
            case .sector: Message(es: "Sectorial", en: "Sector", pt: "Setorial")
            case .cabinet: Message(es: "Gabinete", en: "Cabinet", pt: "Armário")
            case .box: Message(es: "Caja NAP / CTO", en: "NAP / CTO box", pt: "Caixa NAP / CTO")
            }
        }
    }
}

extension Site: Fielded {
    package static let noun = "Site"

    package static let fields: [Field<Site>] = place + supply

    private static let place: [Field<Site>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "s.name COLLATE \"und-x-icu\""),
        .choice("kind", \.kind, Message(es: "Tipo", en: "Kind", pt: "Tipo")).filtered(by: "s.kind"),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona")).only(in: [.form, .api, .record])
            .filtered(by: "s.zone_id"),
        .coordinates(
            "coordinates", \.coordinates, Message(es: "Coordenadas", en: "Coordinates", pt: "Coordenadas")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "Latitud y longitud, como las copia un mapa: 19.4326, -99.1332.",
                en: "Latitude and longitude, as a map copies them: 19.4326, -99.1332.",
                pt: "Latitude e longitude, como um mapa as copia: 19.4326, -99.1332.")),
    ]

    private static let supply: [Field<Site>] = [
        .reference("upstream", \.upstream, Message(es: "Depende de", en: "Fed by", pt: "Depende de"))
            .only(in: [.form, .api, .record]).meaning(
                Message(
                    es: "El sitio que lo alimenta: si ese cae, este también.",
                    en: "The site that feeds it: when that one goes down, so does this.",
                    pt: "O local que o alimenta: se aquele cai, este também.")),
        .reference("router", \.router, Message(es: "Router que está aquí", en: "Router here", pt: "Roteador daqui"))
            .only(in: [.form, .api, .record]),
        .reference(
            "device", \.device, Message(es: "Equipo que lo vigila", en: "Watched by", pt: "Equipamento que o vigia")
        )
        .only(in: [.form, .api, .record]).meaning(
            Message(
                es: "El equipo por el que se sabe si el sitio está en línea.",
                en: "The device by which it is known whether the site is up.",
                pt: "O equipamento pelo qual se sabe se o local está on-line.")),
        .count("ports", \.ports, 0...10_000, Message(es: "Puertos", en: "Ports", pt: "Portas")).hint(
            Message(
                es: "De una caja, sus puertos; de una sectorial, los clientes que admite. 0: no se cuentan.",
                en: "Of a box its ports, of a sector the customers it carries. 0: not counted.",
                pt: "De uma caixa, suas portas; de uma setorial, os clientes que comporta. 0: não se contam.")),
        .lines("note", \.note, 0...500, Message(es: "Nota", en: "Note", pt: "Nota")).only(in: [.form, .api, .record]),
    ]
}

extension Site: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

/// A site in lists, with what hangs on it.
package struct SiteUse: Sendable {
    package let site: Site
    package let upstreamName: String
    /// Services placed on it directly or by its router.
    package let services: Int
    /// Of the device by which it is known whether it is up.
    package var standing: DeviceState.Standing?

    static let list = List<SiteUse>(
        "sites", at: Site.path, TopologyWords.sites.message,
        of: Site.fields.map { $0.of(\.site) } + [
            Field("upstream_name", .line(0...100), TopologyWords.fedBy.message) { .text($0.upstreamName) },
            .counted("services", \.services, TopologyWords.services.message),
        ], by: "name", key: "s.site_id", id: \.site.id.uuid, isSearchable: true)

    /// Free ports; nil where they are not counted.
    package var free: Int? { site.ports == 0 ? nil : max(0, site.ports - services) }
}

extension Site: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("site_id")
        number = try row.read("number")
        name = try row.read("name")
        kind = try row.word("kind")
        zone = try row.read("zone_id")
        upstream = try row.read("upstream_id")
        router = try row.read("router_id")
        device = try row.read("device_id")
        let (latitude, longitude): (Int32?, Int32?) = (try row.read("latitude"), try row.read("longitude"))
        if let latitude, let longitude {
            coordinates = Coordinates(latitude: Int(latitude), longitude: Int(longitude))
        }
        let ports: Int32 = try row.read("ports")
        self.ports = Int(ports)
        note = try row.read("note")
    }
}

extension SiteUse: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        site = try Site(row: row)
        upstreamName = try row.read("upstream_name")
        services = try row.read("services")
        let standing: String? = try row.read("standing")
        self.standing = standing.flatMap(DeviceState.Standing.init)
    }
}
