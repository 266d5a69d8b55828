import Identifiers
import JSON

/// A device of the lab.
struct LabDevice: Sendable {
    let id: String
    let mac: String
    var name: String?
    var model: String?
    var status: String
    var isAuthorized: Bool
    var address: String?
    var ssid: String?
    var site: String?
    var signal: Int?
    var lastSeenAt: String?
    var failsDecryption = false

    var isPhantom: Bool { name == mac && address == nil && !isAuthorized }

    func write(to json: inout JSONWriter, naming site: LabSite?, as names: [String: String]) {
        func name(_ usual: String) -> String { names[usual] ?? usual }
        json.object { json in
            json.object(named: name("identification")) { json in
                json.member(named: name("id"), id)
                json.member(named: name("mac"), mac)
                json.member(named: name("name"), self.name)
                json.member(named: "model", model)
                json.member(named: "modelName", model)
                json.member(named: "role", isPhantom ? nil : "station")
                json.member(named: "type", isPhantom ? nil : "airMax")
                json.member(named: name("authorized"), isAuthorized)
                json.member(named: "firmwareVersion", isPhantom ? nil : "6.2.0")
                json.name("site")
                if let site {
                    json.object { json in
                        json.member("id", site.id)
                        json.member("name", site.name)
                    }
                } else {
                    json.null()
                }
            }
            json.object(named: name("overview")) { json in
                json.member(named: name("status"), status)
                json.member(named: "signal", signal)
                json.member(named: "lastSeen", lastSeenAt)
            }
            json.object(named: "attributes") { $0.member("ssid", ssid) }
            json.object(named: "meta") { $0.member("failedMessageDecryption", failsDecryption) }
            json.member("ipAddress", address.map { "\($0)/24" })
        }
    }
}

struct LabSite: Sendable {
    let id: String
    let name: String
    let isEndpoint: Bool
    let parent: String?
    let client: Int?

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.object(named: "identification") { json in
                json.member("id", id)
                json.member("name", name)
                json.member("type", isEndpoint ? "endpoint" : "site")
                json.member("status", "active")
                json.member("suspended", false)
                json.name("parent")
                if let parent { json.object { $0.member("id", parent) } } else { json.null() }
            }
            json.name("ucrm")
            if let client {
                json.object { json in json.object(named: "client") { $0.member("id", "\(client)") } }
            } else {
                json.null()
            }
        }
    }
}

struct LabOutage: Sendable {
    let id: String
    let device: String
    let name: String
    let startedAt: String
    var endedAt: String?

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("type", "outage")
            json.member("startTimestamp", startedAt)
            json.member("endTimestamp", endedAt)
            json.object(named: "device") { json in
                json.object(named: "identification") { json in
                    json.member("id", device)
                    json.member("name", name)
                }
            }
        }
    }
}

extension JSONWriter {
    mutating func object(named name: String, _ write: (inout JSONWriter) -> Void) {
        self.name(name)
        object(write)
    }

    mutating func member(named name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }

    mutating func member(named name: String, _ value: Int?) {
        self.name(name)
        if let value { integer(Int64(value)) } else { null() }
    }

    mutating func member(named name: String, _ value: Bool) {
        self.name(name)
        bool(value)
    }
}
