import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Tenancy
import Time

/// What is watched, in the API.
struct DeviceAPI: Sendable {
    let acts: DeviceActs

    init(_ acts: DeviceActs) { self.acts = acts }

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/devices", .networkRead, DeviceAPIWords.list, by: NoInput.self) { visit, _, page in
            try await visit.database.devices(after: page.after, limit: page.limit).map(\.device)
        }
        routes.post("/api/v1/devices", .networkManage, DeviceAPIWords.create) { (visit, new: NewNoun<Device>) in
            try await acts.add(
                try new.noun(from: acts.blank(at: visit.now)), to: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/devices/:id", .networkRead, DeviceAPIWords.read) { (visit, id: Device.ID) in
            try await visit.database.device(id)
        }
        routes.patch(
            "/api/v1/devices/:id", .networkManage, DeviceAPIWords.change,
            of: { (visit, id: Device.ID) in try await visit.database.device(id, locked: true) }
        ) { (visit, device, changes: NounChanges<Device>) in
            try await acts.change(
                device, to: changes.applied(to: device), by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/devices/:id", .networkManage, DeviceAPIWords.delete) { (visit, id: Device.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/devices/:id/state", .networkRead, DeviceAPIWords.readState) { (visit, id: Device.ID) in
            guard try await visit.database.device(id) != nil else { return StateOfDevice?.none }
            return StateOfDevice(device: id, state: try await visit.database.deviceState(id) ?? DeviceState())
        }
        routes.query("/api/v1/devices/:id/samples", .networkRead, DeviceAPIWords.samples, by: SamplesInput.self) {
            (visit, input, id: Device.ID) in
            guard try await visit.database.device(id) != nil else { return SamplesOfDevice?.none }
            let measurements = try await visit.database.measurements(of: id, over: input.span, at: visit.now)
            return SamplesOfDevice(
                device: id, measurements: measurements.filter { input.metric == nil || $0.metric == input.metric })
        }
        routes.get("/api/v1/monitor", .networkRead, DeviceAPIWords.monitor) { visit in
            MonitorResource(monitor: try await visit.database.monitorSwitch())
        }
        routes.post("/api/v1/monitor/switches", .networkManage, DeviceAPIWords.turn) { (visit, input: MonitorInput) in
            try await DeviceActs.turn(isOn: input.isOn, of: visit.tenant, by: visit.principal, in: visit.database)
            return MonitorResource(monitor: try await visit.database.monitorSwitch())
        }
    }
}

private struct MonitorInput: Input {
    static let schema = Schema.object("MonitorSwitch", [.required("on", .flag, DeviceAPIWords.isOn)])

    let isOn: Bool

    init(_ members: Members) { isOn = members["on"] == .bool(true) }
}

private struct SamplesInput: Input {
    static let schema = Schema.object(
        "SamplesQuery",
        [
            .optional("span", .words(ChartSpan.allCases.map(\.rawValue)), DeviceAPIWords.span),
            .optional("metric", .words(Metric.allCases.map(\.rawValue)), DeviceAPIWords.metric),
        ])

    let span: ChartSpan
    let metric: Metric?

    init(_ members: Members) {
        span = members.word("span") ?? .day
        metric = members.word("metric")
    }
}

private struct SamplesOfDevice: Resource {
    let device: Device.ID
    let measurements: [Measurement]

    static let schema = Schema.object(
        "DeviceSamples",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "DeviceSample",
                        [
                            .required("metric", .words(Metric.allCases.map(\.rawValue)), DeviceAPIWords.metric),
                            .required("interface", .text, DeviceAPIWords.interface),
                            .required("at", .text, DeviceAPIWords.at),
                            .required("count", .integer(0...Int.max), DeviceAPIWords.count),
                            .required("mean", .integer(Int.min...Int.max), DeviceAPIWords.mean),
                            .required("least", .integer(Int.min...Int.max), DeviceAPIWords.least),
                            .required("most", .integer(Int.min...Int.max), DeviceAPIWords.most),
                        ])), DeviceAPIWords.samples)
        ])

    var path: String { "/api/v1/devices/\(device)/samples" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for one in measurements {
                    guard let metric = one.metric else { continue }
                    json.object { json in
                        json.member("metric", metric.rawValue)
                        json.member("interface", one.interface)
                        json.member("at", one.at.rfc3339)
                        json.member("count", one.count)
                        json.member("mean", Int(one.mean.rounded()))
                        json.member("least", one.least)
                        json.member("most", one.most)
                    }
                }
            }
        }
    }
}

private struct MonitorResource: Resource {
    let monitor: MonitorSwitch

    static let schema = Schema.object(
        "Monitor",
        [
            .required("on", .flag, DeviceAPIWords.isOn),
            .required("changed_at", Schema.text.orNull, DeviceAPIWords.changedAt),
        ])

    var path: String { "/api/v1/monitor" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("on", monitor.isOn)
            json.member("changed_at", monitor.changedAt?.rfc3339)
        }
    }
}

private struct StateOfDevice: Resource {
    let device: Device.ID
    let state: DeviceState

    static let schema = Schema.object(
        "DeviceState",
        [
            .required("device", .id, DeviceAPIWords.id),
            .required("state", .words(DeviceState.Standing.allCases.map(\.rawValue)), DeviceAPIWords.state),
            .required("since", Schema.text.orNull, DeviceAPIWords.since),
            .required("failed_polls", .integer(0...Int.max), DeviceAPIWords.failedPolls),
            .required("polled_at", Schema.text.orNull, DeviceWords.polled),
            .required("answered_at", Schema.text.orNull, DeviceAPIWords.answeredAt),
            .required("latency_us", Schema.integer(0...Int.max).orNull, DeviceAPIWords.latency),
            .required("trouble", .text, DeviceAPIWords.trouble),
            .required("identity", .text, DeviceWords.identity), .required("model", .text, DeviceWords.model),
            .required("uptime", Schema.integer(0...Int.max).orNull, DeviceAPIWords.uptime),
        ])

    var path: String { "/api/v1/devices/\(device)/state" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("device", device.description)
            json.member("state", state.standing.rawValue)
            json.member("since", state.since?.rfc3339)
            json.member("failed_polls", state.failedPolls)
            json.member("polled_at", state.polledAt?.rfc3339)
            json.member("answered_at", state.answeredAt?.rfc3339)
            json.member("latency_us", state.latency)
            json.member("trouble", state.trouble)
            json.member("identity", state.identity)
            json.member("model", state.model)
            json.member("uptime", state.uptime)
        }
    }
}

extension Device: ListedResource {
    package static let schema = Schema.object(
        "Device",
        [
            .required("id", .id, DeviceAPIWords.id), .required("router", Schema.id.orNull, DeviceAPIWords.router),
        ] + schemaFields)

    package var path: String { "/api/v1/devices/\(id)" }
    package var position: Int { number }
}

enum DeviceAPIWords: MessageCatalogue {
    case list, create, read, change, delete, readState, monitor, turn, id, router, state, since, failedPolls, answeredAt
    case latency, trouble, uptime, isOn, changedAt, samples, span, metric, interface, at, count, mean, least, most

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de equipos", en: "The devices", pt: "Lista de equipamentos")
        case .create: Message(es: "Agrega un equipo", en: "Adds a device", pt: "Adiciona um equipamento")
        case .read: Message(es: "Un equipo", en: "One device", pt: "Um equipamento")
        case .change: Message(es: "Cambia un equipo", en: "Changes a device", pt: "Altera um equipamento")
        case .delete: Message(es: "Elimina un equipo", en: "Deletes a device", pt: "Exclui um equipamento")
        case .readState:
            Message(
                es: "Si el equipo responde, y desde cuándo", en: "Whether the device answers, and since when",
                pt: "Se o equipamento responde, e desde quando")
        case .monitor:
            Message(es: "Si el monitor está encendido", en: "Whether the monitor is on", pt: "Se o monitor está ligado")
        case .turn:
            Message(
                es: "Enciende o apaga el monitor", en: "Turns the monitor on or off", pt: "Liga ou desliga o monitor")
        case .id: Message(es: "Identifica al equipo.", en: "Stands for the device.", pt: "Identifica o equipamento.")
        case .router:
            Message(
                es: "El router que es; null si no es uno de Routers.",
                en: "The router that it is; null where it is none of Routers.",
                pt: "O roteador que é; null se não é um de Roteadores.")
        case .state:
            Message(
                es: "unknown: sin datos; up: responde; down: no respondió dos veces seguidas.",
                en: "unknown: no data; up: answers; down: failed to answer twice in a row.",
                pt: "unknown: sem dados; up: responde; down: não respondeu duas vezes seguidas.")
        case .since: Message(es: "Así desde.", en: "So since.", pt: "Assim desde.")
        case .failedPolls:
            Message(
                es: "Consultas seguidas sin respuesta.", en: "Polls in a row without an answer.",
                pt: "Consultas seguidas sem resposta.")
        case .answeredAt: Message(es: "Última respuesta.", en: "The last answer.", pt: "Última resposta.")
        case .latency:
            Message(es: "Latencia en microsegundos.", en: "Latency in microseconds.", pt: "Latência em microssegundos.")
        case .trouble:
            Message(
                es: "Por qué no respondió; vacío si respondió.", en: "Why it did not answer; empty where it did.",
                pt: "Por que não respondeu; vazio se respondeu.")
        case .uptime:
            Message(
                es: "Segundos desde que se encendió.", en: "Seconds since it was turned on.",
                pt: "Segundos desde que foi ligado.")
        case .isOn:
            Message(
                es: "Si se consulta a los equipos.", en: "Whether devices are polled.",
                pt: "Se os equipamentos são consultados.")
        case .samples:
            Message(
                es: "Lo que se midió de un equipo", en: "What was measured of a device",
                pt: "O que se mediu de um equipamento")
        case .span:
            Message(
                es: "Hasta cuándo atrás: day, week, month o year; sin él, day.",
                en: "How far back: day, week, month or year; without it, day.",
                pt: "Até quando atrás: day, week, month ou year; sem ele, day.")
        case .metric:
            Message(
                es: "Qué se midió: microsegundos, bit/s, dBm, %; temperatura y voltaje en décimas.",
                en: "What was measured: microseconds, bit/s, dBm, %; temperature and voltage in tenths.",
                pt: "O que se mediu: microssegundos, bit/s, dBm, %; temperatura e tensão em décimos.")
        case .interface:
            Message(
                es: "La interfaz; vacía si es del equipo.", en: "The interface; empty where it is the device's.",
                pt: "A interface; vazia se é do equipamento.")
        case .at: Message(es: "Comienzo del paso.", en: "The step's beginning.", pt: "Início do passo.")
        case .count: Message(es: "Cuántas mediciones.", en: "How many measurements.", pt: "Quantas medições.")
        case .mean: Message(es: "Media.", en: "Mean.", pt: "Média.")
        case .least: Message(es: "Mínima.", en: "Least.", pt: "Mínima.")
        case .most: Message(es: "Máxima.", en: "Most.", pt: "Máxima.")
        case .changedAt:
            Message(
                es: "Cuándo se cambió; null si nunca.", en: "When it was changed; null if never.",
                pt: "Quando foi mudado; null se nunca.")
        }
    }
}
