import Events
import FibreProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Postgres

/// What an OLT of a vendor is told of an ONU: a template of service.
package struct ONUTemplate: Sendable, Equatable {
    package typealias ID = Identifiers.ID<ONUTemplate>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var vendor = OLTVendor.huawei
    package var unitType = ""
    package var lineProfile = ""
    package var serviceProfile = ""
    package var vlan = 100
    package var gem = 1
    package var uploadProfile = ""
    package var downloadProfile = ""

    package init(id: ID) { self.id = id }

    package static let path = "/panel/onu-templates"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("onu_template", id.uuid, named: name) }

    package var profile: ONUProfile {
        ONUProfile(
            unitType: unitType, line: lineProfile, service: serviceProfile, vlan: vlan, gem: gem,
            upload: uploadProfile, download: downloadProfile)
    }
}

extension ONUTemplate: Fielded {
    package static let noun = "OnuTemplate"

    package static let fields: [Field<ONUTemplate>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "t.name COLLATE \"und-x-icu\""),
        .choice("vendor", \.vendor, Message(es: "Marca", en: "Vendor", pt: "Marca")).filtered(by: "t.vendor"),
        .count("vlan", \.vlan, 1...4094, Message(es: "VLAN", en: "VLAN", pt: "VLAN")),
        .line("unit_type", \.unitType, 0...50, Message(es: "Tipo de ONU", en: "ONU type", pt: "Tipo de ONU")).hint(
            Message(
                es: "Como existe en la OLT: en ZTE y FiberHome.", en: "As it exists on the OLT: ZTE and FiberHome.",
                pt: "Como existe na OLT: na ZTE e na FiberHome.")),
        .line(
            "line_profile", \.lineProfile, 0...50,
            Message(es: "Perfil de línea", en: "Line profile", pt: "Perfil de linha")
        ).hint(
            Message(
                es: "Número en Huawei, nombre en V-SOL.", en: "A number on Huawei, a name on V-SOL.",
                pt: "Número na Huawei, nome na V-SOL.")),
        .line(
            "service_profile", \.serviceProfile, 0...50,
            Message(es: "Perfil de servicio", en: "Service profile", pt: "Perfil de serviço")
        ).hint(
            Message(
                es: "Número en Huawei, nombre en V-SOL.", en: "A number on Huawei, a name on V-SOL.",
                pt: "Número na Huawei, nome na V-SOL.")),
        .count("gem", \.gem, 0...1023, Message(es: "Puerto GEM", en: "GEM port", pt: "Porta GEM"))
            .only(in: [.form, .api, .record]).hint(
                Message(
                    es: "Uno que el perfil de línea declare, en Huawei.",
                    en: "One that the line profile declares, on Huawei.",
                    pt: "Uma que o perfil de linha declare, na Huawei.")),
        .line(
            "upload_profile", \.uploadProfile, 0...50,
            Message(es: "Velocidad de subida", en: "Upload speed", pt: "Velocidade de upload")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "La tabla de tráfico en Huawei; el perfil T-CONT en ZTE.",
                en: "The traffic table on Huawei; the T-CONT profile on ZTE.",
                pt: "A tabela de tráfego na Huawei; o perfil T-CONT na ZTE.")),
        .line(
            "download_profile", \.downloadProfile, 0...50,
            Message(es: "Velocidad de bajada", en: "Download speed", pt: "Velocidade de download")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "La tabla de tráfico en Huawei; el perfil de tráfico en ZTE.",
                en: "The traffic table on Huawei; the traffic profile on ZTE.",
                pt: "A tabela de tráfego na Huawei; o perfil de tráfego na ZTE.")),
    ]

    static let list = List<ONUTemplate>(
        "onu_templates", at: path, FibreWords.templates.message, of: fields, by: "name", key: "t.template_id",
        id: \.id.uuid, isSearchable: true)

    /// What its vendor's commands need; a name goes into a command as it stands.
    var refusal: FibreRefusal? {
        let isPlain = [unitType, lineProfile, serviceProfile, uploadProfile, downloadProfile].allSatisfy { text in
            text.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"\"'?;|".utf8.contains($0) }
        }
        guard isPlain else { return .nameOutside }
        switch vendor {
        case .huawei:
            guard Int(lineProfile) != nil, Int(serviceProfile) != nil else { return .profileNumber }
            guard uploadProfile.isEmpty == downloadProfile.isEmpty else { return .speedsTogether }
            return uploadProfile.isEmpty || Int(uploadProfile) != nil && Int(downloadProfile) != nil
                ? nil : .profileNumber
        case .zte: return unitType.isEmpty || uploadProfile.isEmpty ? .typeMissing : nil
        case .vsol: return lineProfile.isEmpty || serviceProfile.isEmpty ? .profileMissing : nil
        case .fiberhome: return unitType.isEmpty ? .typeMissing : nil
        }
    }
}

extension ONUTemplate: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension ONUTemplate: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("template_id"))
        number = try row.read("number")
        name = try row.read("name")
        vendor = try row.word("vendor")
        unitType = try row.read("unit_type")
        lineProfile = try row.read("line_profile")
        serviceProfile = try row.read("service_profile")
        let (vlan, gem): (Int32, Int32) = (try row.read("vlan"), try row.read("gem"))
        (self.vlan, self.gem) = (Int(vlan), Int(gem))
        uploadProfile = try row.read("upload_profile")
        downloadProfile = try row.read("download_profile")
    }
}
