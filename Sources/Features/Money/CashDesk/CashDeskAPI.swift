import API
import Access
import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Tills and shifts in the API; a program acting as a till has its own shift. Amounts are in minor units.
struct CashDeskAPI: Sendable {
    private let acts: ShiftActs
    private let randomness: Randomness

    init(_ acts: ShiftActs, randomness: Randomness) { (self.acts, self.randomness) = (acts, randomness) }

    func add(to routes: inout API.Routes) {
        routes.get("/api/v1/tills", .cashView, CashDeskAPIWords.tills) { visit in
            Tills(items: try await visit.database.tills())
        }
        routes.post("/api/v1/tills", .cashManage, CashDeskAPIWords.createTill) { (visit, new: NewNoun<Till>) in
            try await new.noun(from: Till(id: .make(milliseconds: visit.now.milliseconds, from: randomness)))
                .add(by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/tills/:id", .cashView, CashDeskAPIWords.till) { (visit, id: Till.ID) in
            try await visit.database.till(id)
        }
        routes.patch(
            "/api/v1/tills/:id", .cashManage, CashDeskAPIWords.changeTill,
            of: { (visit, id: Till.ID) in try await visit.database.till(id, locked: true) }
        ) { (visit, till, changes: NounChanges<Till>) in
            try await till.change(to: changes.applied(to: till), by: visit.principal, in: visit.database)
        }
        routes.list("/api/v1/shifts", .cashView, CashDeskAPIWords.shifts, by: ShiftFilter.self) {
            visit, filter, page in
            try await visit.database.shifts(after: page.after, in: filter.state, limit: page.limit)
        }
        routes.get("/api/v1/shifts/:id", .cashView, CashDeskAPIWords.shift) { (visit, id: Shift.ID) in
            try await visit.database.shift(id)
        }
        routes.post("/api/v1/shifts/:id/movements", .cashKeep, CashDeskAPIWords.move) {
            (visit, input: MovementInput, id: Shift.ID) in
            var movement = CashMovement(in: visit.tenant.currency)
            movement.kind = input.kind
            movement.amount = Money(minor: input.amount, visit.tenant.currency)
            movement.note = input.note
            return try await acts.move(movement, in: id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/shifts/:id/movements", .cashKeep, CashDeskAPIWords.movements) {
            (visit, id: Shift.ID) async throws -> Movements? in
            guard let shift = try await own(id, visit) else { return nil }
            return Movements(
                shift: id, entries: try await visit.database.entries(of: shift, limit: ShiftEntries.length))
        }
        routes.post("/api/v1/shifts/:id/undone-movements", .cashKeep, CashDeskAPIWords.undoMovement) {
            (visit, input: UndoInput, id: Shift.ID) in
            try await acts.undo(
                movement: input.number, in: id, because: input.reason, of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/shifts/:id/loose-payments", .cashKeep, CashDeskAPIWords.loose) {
            (visit, id: Shift.ID) async throws -> LoosePayments? in
            guard let shift = try await own(id, visit) else { return nil }
            return LoosePayments(
                shift: id,
                cash: try await visit.database.looseCash(
                    of: shift.keeperID, on: today(visit), by: visit.database.cashMethods(of: visit.tenant),
                    in: shift.currency, limit: ShiftActs.mostLoose))
        }
        routes.post("/api/v1/shifts/:id/payments", .cashKeep, CashDeskAPIWords.takeIn) {
            (visit, input: TakeInInput, id: Shift.ID) in
            try await acts.takeIn(
                id, on: input.day ?? today(visit), of: visit.tenant, by: visit.principal, in: visit.database)
            guard let shift = try await visit.database.shift(id) else { throw AccessRefusal.notFound }
            return shift
        }
        routes.post("/api/v1/shifts/:id/closes", .cashKeep, CashDeskAPIWords.close) {
            (visit, input: CountInput, id: Shift.ID) in
            var count = ShiftCount(in: visit.tenant.currency)
            count.counted = Money(minor: input.counted, visit.tenant.currency)
            count.reason = input.reason
            count.handedTo = input.handedTo
            switch try await acts.close(id, count, by: visit.principal, in: visit.database) {
            case .closed(let shift): return shift
            case .miscounted: throw RecordedRefusal(CashDeskRefusal.reasonMissing)
            }
        }
        routes.post("/api/v1/shifts", .cashKeep, CashDeskAPIWords.open) { (visit, input: ShiftInput) in
            var opening = ShiftOpening(in: visit.tenant.currency)
            opening.till = input.till
            opening.float = Money(minor: input.float, visit.tenant.currency)
            return try await acts.open(opening, of: visit.tenant, by: visit.principal, in: visit.database)
        }
    }

    private func today(_ visit: Visit) -> Day { visit.tenant.timeZone.day(at: visit.now) }

    /// The caller's own shift, or any for those who may see all; nil for one that is not there.
    private func own(_ id: Shift.ID, _ visit: Visit) async throws -> Shift? {
        try await visit.admit()
        guard let shift = try await visit.database.shift(id) else { return nil }
        guard shift.keeperID == visit.admitted?.id || visit.may(.cashManage) else { throw CashDeskRefusal.notYours }
        return shift
    }

    private struct Tills: Resource {
        let items: [Till]

        static let schema = Schema.object(
            "Tills", [.required("items", .list(of: Till.schema), CashDeskAPIWords.tills)])

        var path: String { "/api/v1/tills" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for till in items { json.value(till) } }
            }
        }
    }
}

extension Till: Resource {
    package static let schema = Schema.object(
        "Till", [.required("id", .id, CashDeskAPIWords.tillID)] + schemaFields)

    package var path: String { "/api/v1/tills/\(id)" }
}

extension Shift: ListedResource {
    package static let schema = Schema.object(
        "Shift",
        [
            .required("id", .id, CashDeskAPIWords.id),
            .required("number", .integer(1...Int.max), CashDeskAPIWords.number),
            .required("till", Schema.id.orNull, CashDeskAPIWords.ofTill),
            .required("keeper", .text, CashDeskAPIWords.keeper),
            .required("currency", .text, CashDeskAPIWords.currency),
            .required("state", .words(State.allCases.map(\.rawValue)), CashDeskAPIWords.state),
            .required("opened_at", .text, CashDeskAPIWords.openedAt),
            .required("closed_at", Schema.text.orNull, CashDeskAPIWords.closedAt),
            .required("counted", Schema.integer(Int.min...Int.max).orNull, CashDeskAPIWords.counted),
            .required("expected", Schema.integer(Int.min...Int.max).orNull, CashDeskAPIWords.expected),
            .required("reason", .text, CashDeskAPIWords.reason),
            .required("handed_to", Schema.id.orNull, CashDeskAPIWords.handedTo),
            .required("received_at", Schema.text.orNull, CashDeskAPIWords.receivedAt),
        ])

    package var path: String { "/api/v1/shifts/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("till", till?.description)
            json.member("keeper", keeper)
            json.member("currency", currency.code)
            json.member("state", state.rawValue)
            json.member("opened_at", openedAt.rfc3339)
            json.member("closed_at", close?.at.rfc3339)
            json.member("counted", close.map { Int($0.counted.minor) })
            json.member("expected", close.map { Int($0.expected.minor) })
            json.member("reason", close?.reason ?? "")
            json.member("handed_to", close?.handedTo?.description)
            json.member("received_at", close?.receivedAt?.rfc3339)
        }
    }
}

private struct ShiftFilter: Input {
    static let schema = Schema.object(
        "ShiftFilter", [.optional("state", .words(Shift.State.allCases.map(\.rawValue)), CashDeskAPIWords.ofState)])

    let state: Shift.State?

    init(_ members: Members) { state = members.word("state") }
}

private struct ShiftInput: Input {
    static let schema = Schema.object(
        "NewShift",
        [
            .optional("till", .id, CashDeskAPIWords.ofTill),
            .optional("float", .integer(0...Int(Money.most)), CashDeskAPIWords.float),
        ])

    let till: Till.ID?
    let float: Int64

    init(_ members: Members) {
        till = members.id("till")
        float = Int64(members.integer("float") ?? 0)
    }
}

private struct MovementInput: Input {
    static let schema = Schema.object(
        "CashMovement",
        [
            .required("kind", .words(CashMovement.Kind.allCases.map(\.rawValue)), CashDeskAPIWords.kind),
            .required("amount", .integer(1...Int(Money.most)), CashDeskAPIWords.amount),
            .required("note", .line(1...300), CashDeskAPIWords.note),
        ])

    let kind: CashMovement.Kind
    let amount: Int64
    let note: String

    init(_ members: Members) {
        kind = members.word("kind") ?? .expense
        amount = Int64(members.integer("amount") ?? 0)
        note = members.text("note") ?? ""
    }
}

private struct CountInput: Input {
    static let schema = Schema.object(
        "ShiftCount",
        [
            .required("counted", .integer(0...Int(Money.most)), CashDeskAPIWords.counted),
            .optional("reason", .line(0...300), CashDeskAPIWords.reason),
            .optional("handed_to", .id, CashDeskAPIWords.handedTo),
        ])

    let counted: Int64
    let reason: String
    let handedTo: Shift.ID?

    init(_ members: Members) {
        counted = Int64(members.integer("counted") ?? 0)
        reason = members.text("reason") ?? ""
        handedTo = members.id("handed_to")
    }
}

enum CashDeskAPIWords: MessageCatalogue {
    case tills, createTill, till, tillID, changeTill, shifts, shift, open, move, close, id, number, ofTill, keeper,
        currency, state
    case openedAt, closedAt, counted, expected, reason, handedTo, receivedAt, ofState, float, kind, amount, note
    case movements, undoMovement, loose, takeIn, entryNumber, signedAmount, payment, actor, madeAt, undoes, folio
    case customer, undoReason, looseDay

    var message: Message {
        switch self {
        case .tills: Message(es: "Las cajas de la empresa", en: "The company's tills", pt: "Os caixas da empresa")
        case .createTill: Message(es: "Agrega una caja", en: "Adds a till", pt: "Adiciona um caixa")
        case .till: Message(es: "Una caja", en: "One till", pt: "Um caixa")
        case .tillID: Message(es: "Identifica la caja.", en: "Stands for the till.", pt: "Identifica o caixa.")
        case .changeTill: Message(es: "Cambia una caja", en: "Changes a till", pt: "Altera um caixa")
        case .shifts: Message(es: "Los turnos de caja", en: "The shifts", pt: "Os turnos de caixa")
        case .shift: Message(es: "Un turno de caja", en: "One shift", pt: "Um turno de caixa")
        case .open: Message(es: "Abre un turno propio", en: "Opens a shift of one's own", pt: "Abre um turno próprio")
        case .move:
            Message(
                es: "Registra efectivo que entra o sale", en: "Writes down cash that comes in or goes out",
                pt: "Registra dinheiro que entra ou sai")
        case .close:
            Message(
                es: "Cierra un turno con lo contado; si no cuadra, con su motivo",
                en: "Closes a shift with what was counted; with a reason where it does not match",
                pt: "Fecha um turno com o contado; se não confere, com o motivo")
        case .id: Message(es: "Identifica el turno.", en: "Stands for the shift.", pt: "Identifica o turno.")
        case .number: Message(es: "El número del turno.", en: "The shift's number.", pt: "O número do turno.")
        case .ofTill:
            Message(
                es: "La caja; nula para quien cobra en la calle.",
                en: "The till; null for whoever collects on the road.",
                pt: "O caixa; nulo para quem cobra na rua.")
        case .keeper: Message(es: "Quién lleva la caja.", en: "Who keeps the till.", pt: "Quem leva o caixa.")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .state: Message(es: "Abierto o cerrado.", en: "Open or closed.", pt: "Aberto ou fechado.")
        case .openedAt: Message(es: "Cuándo se abrió.", en: "When it was opened.", pt: "Quando foi aberto.")
        case .closedAt: Message(es: "Cuándo se cerró.", en: "When it was closed.", pt: "Quando foi fechado.")
        case .counted:
            Message(
                es: "Lo contado, en unidades menores.", en: "What was counted, in minor units.",
                pt: "O contado, em unidades menores.")
        case .expected:
            Message(
                es: "Lo que debía haber, en unidades menores.", en: "What should have been there, in minor units.",
                pt: "O que devia haver, em unidades menores.")
        case .reason:
            Message(
                es: "Por qué no cuadra.", en: "Why the count does not match.", pt: "Por que não confere.")
        case .handedTo:
            Message(
                es: "El turno abierto de quien recibe el efectivo.", en: "The open shift of whoever takes the cash.",
                pt: "O turno aberto de quem recebe o dinheiro.")
        case .receivedAt:
            Message(
                es: "Cuándo se confirmó la entrega.", en: "When the cash was confirmed.",
                pt: "Quando a entrega foi confirmada.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        case .float:
            Message(
                es: "El fondo inicial, en unidades menores.", en: "The opening float, in minor units.",
                pt: "O fundo inicial, em unidades menores.")
        case .movements:
            Message(
                es: "Los últimos movimientos de un turno, el más nuevo primero",
                en: "A shift's latest movements, the newest first",
                pt: "Os últimos movimentos de um turno, o mais novo primeiro")
        case .undoMovement:
            Message(
                es: "Deshace un movimiento de un turno abierto", en: "Undoes a movement of an open shift",
                pt: "Desfaz um movimento de um turno aberto")
        case .loose:
            Message(
                es: "El efectivo cobrado hoy sin turno por quien lleva la caja",
                en: "The cash that the keeper took today without a shift",
                pt: "O dinheiro recebido hoje sem turno por quem leva o caixa")
        case .takeIn:
            Message(
                es: "Pasa a un turno lo cobrado sin turno", en: "Takes into a shift what was taken without one",
                pt: "Passa para um turno o recebido sem turno")
        case .entryNumber:
            Message(
                es: "El número del movimiento en su turno.", en: "The movement's number in its shift.",
                pt: "O número do movimento no turno.")
        case .signedAmount:
            Message(
                es: "El importe en unidades menores; negativo si sale.",
                en: "The amount in minor units; negative where it leaves.",
                pt: "O valor em unidades menores; negativo se sai.")
        case .payment:
            Message(es: "El pago; nulo si no es uno.", en: "The payment, if any.", pt: "O pagamento, se houver.")
        case .actor: Message(es: "Quién lo registró.", en: "Who wrote it down.", pt: "Quem o registrou.")
        case .madeAt: Message(es: "Cuándo se registró.", en: "When it was written down.", pt: "Quando foi registrado.")
        case .undoes:
            Message(
                es: "El número del movimiento que deshace.", en: "The number of the movement that it undoes.",
                pt: "O número do movimento que desfaz.")
        case .folio: Message(es: "El número del recibo.", en: "The receipt's number.", pt: "O número do recibo.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .undoReason: Message(es: "Por qué se deshace.", en: "Why it is undone.", pt: "Por que se desfaz.")
        case .looseDay:
            Message(
                es: "El día en que se cobró; hoy si falta.", en: "The day on which it was taken; today without one.",
                pt: "O dia em que foi recebido; hoje se faltar.")
        case .kind:
            Message(
                es: "Para qué se mueve el efectivo.", en: "What the cash is moved for.",
                pt: "Para que se move o dinheiro.")
        case .amount:
            Message(
                es: "El importe en unidades menores.", en: "The amount in minor units.",
                pt: "O valor em unidades menores.")
        case .note: Message(es: "El concepto.", en: "What for.", pt: "O motivo.")
        }
    }
}
