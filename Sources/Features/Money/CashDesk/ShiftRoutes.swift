import Access
import Declarations
import Documents
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Sandbox
import Tenancy
import Time

package struct ShiftRoutes: Sendable {
    private let acts: ShiftActs
    private let sandbox: Sandbox

    static let home = "/panel/cash"

    package init(_ acts: ShiftActs, sandbox: Sandbox) { (self.acts, self.sandbox) = (acts, sandbox) }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/cash", .cashKeep, "La caja de quien la mira: turno, movimientos y entregas", home)
        routes.get("/panel/cash/day", .cashView, "Lo cobrado en un día, por persona y forma de pago", day)
        routes.get("/panel/shifts", .cashView, "Turnos y cortes de caja", list)
        routes.get("/panel/shifts/new", .cashKeep, "Formulario para abrir un turno", ask)
        routes.post("/panel/shifts", .cashKeep, "Abre un turno", open)
        routes.get("/panel/shifts/:id", .signedIn, "Un turno y su corte", show)
        routes.get("/panel/shifts/:id/paper", .signedIn, "El corte de un turno, en ticket o en PDF", print)
        routes.get("/panel/shifts/:id/movements/new", .cashKeep, "Formulario de una entrada o salida", askMovement)
        routes.post("/panel/shifts/:id/movements", .cashKeep, "Registra una entrada o salida de efectivo", move)
        routes.get("/panel/shifts/:id/close", .cashKeep, "Formulario del corte de caja", askCount)
        routes.post("/panel/shifts/:id/close", .cashKeep, "Cierra un turno con lo contado", close)
        routes.post("/panel/shifts/:id/payments", .cashKeep, "Pasa a un turno lo cobrado hoy sin turno", takeIn)
        routes.get("/panel/shifts/:id/undo", .cashKeep, "Pregunta por qué se deshace un movimiento", askUndo)
        routes.post("/panel/shifts/:id/undo", .cashKeep, "Deshace un movimiento de un turno abierto", undo)
        routes.post("/panel/shifts/:id/receive", .cashKeep, "Confirma el efectivo que otra persona entrega", receive)
    }

    private func home(_ visit: Visit) async throws -> Response {
        let person = try await person(visit)
        guard let shift = try await visit.database.openShift(of: person) else {
            return .redirect(to: "\(Shift.path)/new")
        }
        let page = OpenShiftPage(
            shift: shift, entries: try await visit.database.entries(of: shift, limit: ShiftEntries.length + 1),
            handed: try await visit.database.shifts(handedTo: shift.id), loose: try await loose(of: person, visit),
            sales: try await sales(of: person, visit),
            earlier: try await visit.database.shifts(of: person, limit: 10), visit: visit)
        return try await Panel.page(page, titled: CashDeskWords.mine.text(for: visit.reader), for: visit)
    }

    /// Proposes the till of the last shift.
    private func ask(_ visit: Visit) async throws -> Response {
        var opening = ShiftOpening(in: visit.tenant.currency)
        opening.till = try await visit.database.shifts(of: person(visit), limit: 1).first?.till
        return try await page(NounForm(new: opening, in: visit.notation), .ok, visit)
    }

    private func page(_ form: NounForm<ShiftOpening>, _ status: Status, _ visit: Visit) async throws -> Response {
        let person = try await person(visit)
        let page = NewShiftPage(
            form: form, tills: try await visit.database.tills().filter(\.isActive),
            loose: try await loose(of: person, visit),
            sales: try await sales(of: person, visit),
            earlier: try await visit.database.shifts(of: person, limit: 10), visit: visit)
        return try await Panel.page(
            page, titled: CashDeskWords.mine.text(for: visit.reader), status: status, for: visit)
    }

    private func loose(of person: UUID, _ visit: Visit) async throws -> [LooseCash] {
        try await visit.database.looseCash(
            of: person, on: visit.tenant.timeZone.day(at: visit.now), by: visit.database.cashMethods(of: visit.tenant),
            in: visit.tenant.currency, limit: ShiftActs.mostLoose)
    }

    private func sales(of person: UUID, _ visit: Visit) async throws -> [LooseSale] {
        try await OtherCash.loose(of: person, on: visit.tenant.timeZone.day(at: visit.now), visit)
    }

    private func takeIn(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        try await visit.request.body.form(upTo: 1024).allow([FormID.field])
        try await acts.takeIn(
            shift.id, on: visit.tenant.timeZone.day(at: visit.now), of: visit.tenant, by: visit.principal,
            in: visit.database)
        return Panel.done(.cashReceived, at: Self.home)
    }

    private func person(_ visit: Visit) async throws -> UUID {
        try await visit.admit()
        guard let person = visit.admitted?.id else { throw AccessRefusal.notPermitted }
        return person
    }

    private func open(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<ShiftOpening>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let opening = form.applied(to: ShiftOpening(in: visit.tenant.currency))
        do {
            _ = try await visit.once(sent) { database in
                (try await acts.open(opening, of: visit.tenant, by: visit.principal, in: database), Self.home)
            }
            return Panel.done(.shiftOpened, at: Self.home)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: refusal.field == "till" ? "till" : "float")
            return try await page(form, refusal.status, visit)
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let place = visit.request.query["before"].flatMap { Int($0) }
        let page = ShiftsPage(
            shifts: try await visit.database.shifts(before: place ?? .max, limit: ShiftsPage.length + 1),
            isFirst: place == nil, visit: visit)
        return try await Panel.page(page, titled: CashDeskWords.shifts.text(for: visit.reader), for: visit)
    }

    private func show(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        let page = ShiftPage(
            shift: shift, entries: try await visit.database.entries(of: shift, limit: ShiftEntries.length + 1),
            broken: try await visit.database.brokenEntry(of: id), visit: visit)
        return try await Panel.page(page, titled: page.title, for: visit)
    }

    private func print(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        guard shift.close != nil else { throw AccessRefusal.notFound }
        let paper = ShiftPaper(
            shift: shift, sums: try await visit.database.sums(of: shift),
            isWhole: try await visit.database.brokenEntry(of: id) == nil, tenant: visit.tenant,
            isRoll: visit.request.query["paper"] != "sheet")
        let bytes = try await paper.document.pdf(in: sandbox, for: visit.tenant.id.uuid)
        return Response(
            .ok, contentType: .pdf,
            headers: ["Content-Disposition": "inline; filename=\"corte-\(shift.number).pdf\""], body: .bytes(bytes))
    }

    private func askMovement(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        return try await movementPage(
            NounForm(new: CashMovement(in: shift.currency), in: visit.notation), shift, .ok, visit)
    }

    private func move(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<CashMovement>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await movementPage(form, shift, .unprocessableContent, visit) }
        let movement = form.applied(to: CashMovement(in: shift.currency))
        do {
            _ = try await visit.once(sent) { database in
                (try await acts.move(movement, in: id, of: visit.tenant, by: visit.principal, in: database), Self.home)
            }
            return Panel.done(.saved, at: back(of: shift, visit))
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: "amount")
            return try await movementPage(form, shift, refusal.status, visit)
        }
    }

    private func movementPage(
        _ form: NounForm<CashMovement>, _ shift: Shift, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = CashDeskWords.newMovement.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: "\(shift.panelPath)/movements", cancel: back(of: shift, visit),
            submit: NounWords.save.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func askUndo(_ visit: Visit, id: Shift.ID) async throws -> Response {
        try await undoPage(NounForm(new: UndoneMovement()), found(id, visit), .ok, visit)
    }

    private func undo(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<UndoneMovement>(sent)
        guard form.faults.isEmpty else { return try await undoPage(form, shift, .unprocessableContent, visit) }
        do {
            _ = try await acts.undo(
                movement: entry(visit), in: id, because: form.applied(to: UndoneMovement()).reason, of: visit.tenant,
                by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: back(of: shift, visit))
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: "reason")
            return try await undoPage(form, shift, refusal.status, visit)
        }
    }

    private func entry(_ visit: Visit) throws -> Int {
        guard let number = visit.request.query["entry"].flatMap({ Int($0) }) else { throw AccessRefusal.notFound }
        return number
    }

    private func undoPage(
        _ form: NounForm<UndoneMovement>, _ shift: Shift, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let (title, number) = (CashDeskWords.undoMovement.text(for: visit.reader), try entry(visit))
        let page = NounFormPage(
            title, form, to: "\(shift.panelPath)/undo?entry=\(number)", cancel: back(of: shift, visit),
            submit: CashDeskWords.undo.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func askCount(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        return try await countPage(
            NounForm(new: ShiftCount(in: shift.currency), in: visit.notation), shift, .ok, visit)
    }

    private func close(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let shift = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<ShiftCount>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await countPage(form, shift, .unprocessableContent, visit) }
        let count = form.applied(to: ShiftCount(in: shift.currency))
        do {
            switch try await acts.close(id, count, by: visit.principal, in: visit.database) {
            case .closed: return Panel.done(.shiftClosed, at: shift.panelPath)
            case .miscounted:
                form.add(CashDeskRefusal.reasonMissing, beside: "counted")
                return try await countPage(form, shift, .unprocessableContent, visit)
            }
        } catch CashDeskRefusal.closed {
            // A double click.
            return .redirect(to: shift.panelPath)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: refusal.field == "handed_to" ? "handed_to" : "counted")
            return try await countPage(form, shift, refusal.status, visit)
        }
    }

    private func countPage(
        _ form: NounForm<ShiftCount>, _ shift: Shift, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = CashDeskWords.close.text(for: visit.reader)
        let others = try await visit.database.openShifts().filter { $0.id != shift.id && $0.currency == shift.currency }
        let receivers = FieldOptions(
            others.map { ("\($0.id)", $0.tillName.isEmpty ? $0.keeper : "\($0.keeper) · \($0.tillName)") },
            none: CashDeskWords.nobody.text(for: visit.reader))
        let page = NounFormPage(
            title, form, options: others.isEmpty ? [:] : ["handed_to": receivers], to: "\(shift.panelPath)/close",
            cancel: back(of: shift, visit), submit: CashDeskWords.close.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func receive(_ visit: Visit, id: Shift.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["giver"])
        _ = try await acts.receive(
            from: try FormText.id(sent["giver"] ?? ""), into: id, by: visit.principal, in: visit.database)
        return Panel.done(.cashReceived, at: Self.home)
    }

    private func day(_ visit: Visit) async throws -> Response {
        let today = visit.tenant.timeZone.day(at: visit.now)
        let day = visit.request.query["day"].flatMap { Day(iso: $0) } ?? today
        let page = TakingsPage(
            day: day,
            takings: Takings.together(
                try await visit.database.takings(on: day) + OtherCash.taken(on: day, visit)),
            loose: Takings.together(
                try await visit.database.looseCash(on: day, by: visit.database.cashMethods(of: visit.tenant))
                    + OtherCash.looseTakings(on: day, visit)), visit: visit)
        return try await Panel.page(page, titled: CashDeskWords.takings.text(for: visit.reader), for: visit)
    }

    /// The person's own shift, or any for those who may see all.
    private func found(_ id: Shift.ID, _ visit: Visit) async throws -> Shift {
        try await visit.admit()
        guard visit.may(.cashKeep) || visit.may(.cashView) else { throw AccessRefusal.notPermitted }
        guard let shift = try await visit.database.shift(id),
            shift.keeperID == visit.admitted?.id || visit.may(.cashView)
        else { throw AccessRefusal.notFound }
        return shift
    }

    private func back(of shift: Shift, _ visit: Visit) -> String {
        shift.keeperID == visit.admitted?.id ? Self.home : shift.panelPath
    }
}
