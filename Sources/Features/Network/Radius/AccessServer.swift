import Events
import Identifiers
import JSON
import Locale
import Nouns
import Time

/// A NAS: the equipment by which customers dial in, which asks us by RADIUS who may.
package struct AccessServer: Sendable, Equatable {
    package typealias ID = Identifiers.ID<AccessServer>

    package let id: ID
    /// Counted within the tenant, 0 before it is added.
    package var number = 0
    package var name = ""
    /// From which it asks: it tells one company's equipment from another's.
    package var address = ""
    /// On which it takes orders to end a session.
    package var port = 3799
    /// When it last reported.
    package internal(set) var seenAt: Instant?
    /// False where another company took the address, which this one had never used.
    package internal(set) var hasAddress = true
    /// The shared secret, present only right after creation.
    package internal(set) var newSecret: String?

    package init(id: ID) { self.id = id }

    package static let path = "/panel/radius"
    package var panelPath: String { "\(Self.path)/\(id)" }
    var subject: Act.Subject { Act.Subject("access_server", id.uuid, named: name) }
}

extension AccessServer: Fielded {
    package static let noun = "AccessServer"

    package static let fields: [Field<AccessServer>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome")),
        .line("address", \.address, 1...50, Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")).hint(
            Message(
                es: "De la que llegan sus consultas. Debe estar en una de sus redes de equipos.",
                en: "From which its questions come. It must be in one of your device networks.",
                pt: "Da qual chegam suas consultas. Deve estar em uma das suas redes de equipamentos.")),
        .port(
            "port", \.port,
            Message(es: "Puerto de desconexión (CoA)", en: "Disconnect port (CoA)", pt: "Porta de desconexão (CoA)")),
    ]
}

extension AccessServer: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("seen_at", seenAt?.rfc3339)
            json.member("secret", newSecret)
            json.fields(of: self)
        }
    }
}
