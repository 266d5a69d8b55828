import Access
import Collection
import Conversations
import Customers
import Declarations
import Identifiers
import Ledger
import Locale
import Postgres
import Radius
import Reconciler
import Routers
import Services
import Tenancy
import Time

/// Everybody's commands, and those about customers: how many, who, what is wrong, and bringing a service back.
enum StaffCommands {
    static let all: [StaffCommand] = [
        StaffCommand(10, "start", StaffChatTitles.menu.message, typed: ["start", "menu"], for: .signedIn, work: menu),
        StaffCommand(11, "help", StaffChatTitles.help.message, typed: ["help", "ayuda"], for: .signedIn, work: help),
        StaffCommand(
            20, "customers", StaffChatTitles.customers.message, typed: ["clientes"], for: .customersRead,
            work: customers),
        StaffCommand(
            21, find, StaffChatTitles.find.message, typed: ["buscar"], for: .customersRead, work: search),
        StaffCommand(22, "customer", StaffChatTitles.customer.message, for: .customersRead, work: card),
        StaffCommand(
            23, "diagnose", StaffChatTitles.diagnose.message, typed: ["diagnostico"], for: .customersRead,
            work: diagnose),
        StaffCommand(
            24, "reconnect", StaffChatTitles.reconnect.message, typed: ["reactivar"], for: .servicesCut,
            work: askToReconnect),
        StaffCommand(
            act: 25, "reconnect_now", StaffChatTitles.reconnect.message, for: .servicesCut, work: reconnect),
    ]

    static let find = "find"

    static func menuButton(for reader: Reader) -> StaffButton {
        .open("start", "", StaffChatTitles.menu.text(for: reader))
    }

    // MARK: - Everybody

    @Sendable private static func menu(_ turn: StaffTurn) async throws -> StaffReply {
        let open = turn.commands.filter { !$0.words.isEmpty && $0.isOpen(to: turn.principal.permissions) }
        let lines = open.map { "/\($0.words[0]): \($0.title.text(for: turn.reader))" }
        let direct = ["customers", "network", "pppoe", "receipts", "debtors", "collect"]
        let buttons = open.filter { direct.contains($0.name) }.map {
            StaffButton.open($0.name, "", $0.title.text(for: turn.reader))
        }
        let head = StaffChatWords.menu.text(for: turn.reader, .name(turn.company.name))
        return StaffReply("\(head)\n\(lines.joined(separator: "\n"))", buttons)
    }

    @Sendable private static func help(_ turn: StaffTurn) async throws -> StaffReply {
        var reply = try await menu(turn)
        reply.parts.append(StaffMessage(StaffChatWords.help.text(for: turn.reader)))
        return reply
    }

    // MARK: - Finding

    @Sendable private static func customers(_ turn: StaffTurn) async throws -> StaffReply {
        let figures = try await turn.database.customerFigures(for: 1, until: turn.today)
        let lines = Customer.State.allCases.compactMap { state -> String? in
            let count = figures.count(state)
            return count == 0 ? nil : "\(state.text(for: turn.reader)): \(count.text(for: turn.reader))"
        }
        let head = StaffChatWords.customers.text(for: turn.reader, .count(figures.total))
        return StaffReply(([head] + lines + [StaffChatWords.howToFind.text(for: turn.reader)]).joined(separator: "\n"))
    }

    @Sendable private static func search(_ turn: StaffTurn) async throws -> StaffReply {
        try await choose(turn, leadingTo: "customer", as: card)
    }

    /// The one customer that was meant, or which of several.
    private static func choose(
        _ turn: StaffTurn, leadingTo command: String, as work: (StaffTurn, Customer) async throws -> StaffReply
    ) async throws -> StaffReply {
        if let id = Customer.ID(turn.about), let customer = try await turn.database.customer(id) {
            return try await work(turn, customer)
        }
        let asked = turn.said ?? turn.about
        guard !asked.isEmpty else {
            return StaffReply(StaffChatWords.whom.text(for: turn.reader), awaits: (command, ""))
        }
        // A whole number is the one customer's, whatever else has its figures.
        if let number = Int(asked),
            let id: Customer.ID = try await turn.database.value(
                """
                SELECT customer_id FROM customers WHERE tenant_id = \(turn.database.tenant) AND number = \(number)
                """), let customer = try await turn.database.customer(id)
        {
            return try await work(turn, customer)
        }
        let like = try await turn.database.customersLike(String(asked.prefix(100)), for: turn.reader)
        let found: [FoundCustomer] = try await turn.database.rows(
            "SELECT l.customer_id FROM (\(like)) l ORDER BY l.customer_id LIMIT 9")
        let customers = try await turn.database.customers(found.map(\.id))
        if let only = customers.first, customers.count == 1 { return try await work(turn, only) }
        guard !customers.isEmpty else { return StaffReply(StaffChatWords.nobody.text(for: turn.reader)) }
        let lines = customers.prefix(8).map { customer in
            ["\(customer.number)", customer.name, customer.address].filter { !$0.isEmpty }.joined(separator: " · ")
        }
        let head = (customers.count > 8 ? StaffChatWords.tooMany : .which).text(for: turn.reader)
        return StaffReply(
            "\(head)\n\(lines.joined(separator: "\n"))",
            customers.prefix(8).map { .open(command, $0.id.description, "\($0.number) · \($0.name)") })
    }

    // MARK: - One customer

    @Sendable private static func card(_ turn: StaffTurn) async throws -> StaffReply {
        try await choose(turn, leadingTo: "customer", as: card)
    }

    private static func card(_ turn: StaffTurn, _ customer: Customer) async throws -> StaffReply {
        let reader = turn.reader
        let services = try await turn.database.services(of: customer.id, on: turn.today)
            .filter { $0.state != .cancelled }
        var lines = [
            "\(customer.name) (\(customer.number)) · \(customer.state.text(for: reader))",
            [Phone.text(of: customer.phone, in: reader.region), customer.address].filter { !$0.isEmpty }
                .joined(separator: " · "),
        ]
        if turn.may(.accountsView) {
            let balance = try await turn.database.balance(of: customer.id, in: turn.company.currency).balance
            lines.append(
                balance.isPositive
                    ? StaffChatWords.owes.text(for: reader, .text("amount", balance.exactText(for: reader)))
                    : StaffChatWords.owesNothing.text(for: reader))
        }
        lines += services.prefix(5).map { "\($0.number) · \($0.planName) · \($0.state.text(for: reader))" }
        var buttons: [StaffButton] = [
            .open("diagnose", customer.id.description, StaffChatTitles.diagnose.text(for: reader))
        ]
        if turn.may(.servicesCut), services.contains(where: { $0.state == .cut }) {
            buttons.append(
                .open("reconnect", customer.id.description, StaffChatTitles.reconnect.text(for: reader)))
        }
        return StaffReply(lines.filter { !$0.isEmpty }.joined(separator: "\n"), buttons)
    }

    // MARK: - Diagnosis

    @Sendable private static func diagnose(_ turn: StaffTurn) async throws -> StaffReply {
        try await choose(turn, leadingTo: "diagnose") { turn, customer in
            let services = try await turn.database.services(of: customer.id, on: turn.today)
                .filter { $0.state != .cancelled }
            let head = "\(customer.name) (\(customer.number))"
            guard !services.isEmpty else {
                return StaffReply("\(head)\n\(Diagnosis.noService.text(for: turn.reader))")
            }
            let outlook = try await turn.database.outlook(of: customer.id, of: turn.company, at: turn.now)
            var lines = [head]
            for service in services.prefix(3) {
                let (verdict, proof) = try await verdict(of: service, outlook, turn)
                let place = services.count > 1 ? "\(service.number) · " : ""
                lines.append("\(place)\(verdict.text(for: turn.reader))\n\(proof)")
            }
            var buttons: [StaffButton] = [
                .open("customer", customer.id.description, StaffChatTitles.customer.text(for: turn.reader))
            ]
            if turn.may(.servicesCut), services.contains(where: { $0.state == .cut }) {
                buttons.append(
                    .open("reconnect", customer.id.description, StaffChatTitles.reconnect.text(for: turn.reader)))
            }
            return StaffReply(lines.joined(separator: "\n"), buttons)
        }
    }

    /// The first thing that keeps the service off line, with what shows it.
    private static func verdict(
        of service: Service, _ outlook: AccountOutlook, _ turn: StaffTurn
    ) async throws -> (Diagnosis, String) {
        let (reader, zone) = (turn.reader, turn.company.timeZone)
        func moment(_ instant: Instant) -> String { instant.text(.short, in: zone, for: reader) }
        if service.state == .cut {
            if let asked = outlook.toReconnect {
                return (
                    .cutForDebt,
                    Diagnosis.debtProof.text(for: reader, .text("amount", asked.total.exactText(for: reader)))
                )
            }
            return (.cut, outlook.cut?.text(for: reader) ?? service.state.text(for: reader))
        }
        guard service.state == .active else { return (.notActive, service.state.text(for: reader)) }
        let state = try await turn.database.networkState(of: service.id)
        if let state, state.router != nil, state.routerHealth == .down {
            return (.routerDown, state.routerName)
        }
        let sessions = try await turn.database.radiusSessions(of: service.id, limit: 1)
        if let session = sessions.first {
            guard session.endedAt == nil else {
                return (.noSession, Diagnosis.lastSeen.text(for: reader, .text("moment", moment(session.seenAt))))
            }
            return try await online(
                Diagnosis.sessionProof.text(
                    for: reader, .text("address", session.address), .text("moment", moment(session.startedAt))),
                outlook, turn)
        }
        guard let state, state.router != nil, let proved = state.provedAt else {
            return (.unproved, Diagnosis.neverSeen.text(for: reader))
        }
        let seen = Diagnosis.readBack.text(
            for: reader, .text("router", state.routerName), .text("moment", moment(proved)))
        if state.hasDifferences { return (.different, seen) }
        return state.isOnline ? try await online("\(state.address) \(seen)", outlook, turn) : (.noSession, seen)
    }

    private static func online(
        _ proof: String, _ outlook: AccountOutlook, _ turn: StaffTurn
    ) async throws -> (Diagnosis, String) {
        guard turn.may(.accountsView), outlook.balance.isPositive else { return (.fine, proof) }
        let owed = StaffChatWords.owes.text(
            for: turn.reader, .text("amount", outlook.balance.exactText(for: turn.reader)))
        return (.fine, "\(proof)\n\(owed)")
    }

    // MARK: - Bringing back

    @Sendable private static func askToReconnect(_ turn: StaffTurn) async throws -> StaffReply {
        try await choose(turn, leadingTo: "reconnect") { turn, customer in
            let cut = try await turn.database.services(of: customer.id, on: turn.today).filter { $0.state == .cut }
            guard !cut.isEmpty else {
                return StaffReply(StaffChatWords.noneCut.text(for: turn.reader, .name(customer.name)))
            }
            let outlook = try await turn.database.outlook(of: customer.id, of: turn.company, at: turn.now)
            let debt = outlook.balance.isPositive ? outlook.balance.exactText(for: turn.reader) : nil
            let lines = [
                StaffChatWords.reconnectWhich.text(for: turn.reader, .name(customer.name)),
                turn.may(.accountsView)
                    ? debt.map { StaffChatWords.owes.text(for: turn.reader, .text("amount", $0)) } : nil,
            ]
            return StaffReply(
                lines.compactMap(\.self).joined(separator: "\n"),
                cut.prefix(8).map { service in
                    .act(
                        "reconnect_now", service.id.description,
                        StaffChatWords.reconnectOne.text(for: turn.reader, .number("number", service.number)))
                })
        }
    }

    @Sendable private static func reconnect(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Service.ID(turn.about) else { throw AccessRefusal.notFound }
        let service = try await Reconnection().happen(
            to: id, of: turn.company, by: turn.principal, in: turn.database)
        return StaffReply(
            StaffChatWords.reconnected.text(for: turn.reader, .number("number", service.number)),
            [.open("diagnose", service.customer.description, StaffChatTitles.diagnose.text(for: turn.reader))])
    }
}

private struct FoundCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

/// What a diagnosis says, and how it shows it.
enum Diagnosis: MessageCatalogue {
    case noService, cutForDebt, cut, notActive, routerDown, noSession, unproved, different, fine
    case debtProof, lastSeen, sessionProof, neverSeen, readBack

    var message: Message {
        switch self {
        case .noService: Message(es: "No tiene servicio.", en: "They have no service.", pt: "Não tem serviço.")
        case .cutForDebt: Message(es: "✂️ CORTADO POR DEUDA", en: "✂️ CUT FOR DEBT", pt: "✂️ CORTADO POR DÍVIDA")
        case .cut: Message(es: "✂️ CORTADO", en: "✂️ CUT", pt: "✂️ CORTADO")
        case .notActive: Message(es: "⏸ SIN ACTIVAR", en: "⏸ NOT ACTIVE", pt: "⏸ SEM ATIVAR")
        case .routerDown: Message(es: "🔴 ROUTER CAÍDO", en: "🔴 ROUTER DOWN", pt: "🔴 ROTEADOR CAÍDO")
        case .noSession: Message(es: "🟠 SIN SESIÓN", en: "🟠 NO SESSION", pt: "🟠 SEM SESSÃO")
        case .unproved:
            Message(es: "⚪ SIN DATOS DE LA RED", en: "⚪ NOTHING KNOWN OF THE NETWORK", pt: "⚪ SEM DADOS DA REDE")
        case .different:
            Message(es: "🟠 CON DIFERENCIA EN ROUTER", en: "🟠 DIFFERS ON THE ROUTER", pt: "🟠 COM DIFERENÇA NO ROTEADOR")
        case .fine: Message(es: "🟢 OK, EN LÍNEA", en: "🟢 OK, ON LINE", pt: "🟢 OK, ON-LINE")
        case .debtProof:
            Message(
                es: "Total para reconectar: {amount}", en: "Total to reconnect: {amount}",
                pt: "Total para reconectar: {amount}")
        case .lastSeen:
            Message(es: "Última sesión: {moment}", en: "Last session: {moment}", pt: "Última sessão: {moment}")
        case .sessionProof:
            Message(
                es: "Sesión desde {moment}, IP {address}", en: "Session since {moment}, IP {address}",
                pt: "Sessão desde {moment}, IP {address}")
        case .neverSeen:
            Message(
                es: "Ningún router ni RADIUS lo ha visto.", en: "No router nor RADIUS has seen it.",
                pt: "Nenhum roteador nem RADIUS o viu.")
        case .readBack:
            Message(
                es: "(leído de {router}, {moment})", en: "(read from {router}, {moment})",
                pt: "(lido de {router}, {moment})")
        }
    }
}
