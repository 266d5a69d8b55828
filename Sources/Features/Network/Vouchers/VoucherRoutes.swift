import Access
import CashDesk
import Declarations
import Documents
import Expenses
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Radius
import Sandbox
import Tenancy
import Time

/// Fichas hotspot: batches, their cards, printing, sale and voiding.
struct VoucherRoutes: Sendable {
    let acts: VoucherActs
    let files: ListFiles
    let sandbox: Sandbox

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/vouchers", .vouchersView, "Lotes de fichas hotspot", list)
        routes.get("/panel/vouchers.csv", .vouchersView, "Los lotes de fichas como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/vouchers.xlsx", .vouchersView, "Los lotes de fichas para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/vouchers/new", .vouchersManage, "Formulario de un lote de fichas", ask)
        routes.post("/panel/vouchers", .vouchersManage, "Hace un lote de fichas", create)
        routes.get("/panel/vouchers/:id", .vouchersView, "Un lote de fichas", show)
        routes.get("/panel/vouchers/:id/pdf", .vouchersManage, "Las fichas de un lote en hojas para imprimir", print)
        routes.get("/panel/vouchers/:id/sell", .vouchersSell, "Formulario para vender fichas", askSale)
        routes.post("/panel/vouchers/:id/sell", .vouchersSell, "Vende fichas de un lote", sell)
        routes.get("/panel/voucher-sales/:id", .vouchersSell, "Una venta de fichas, con sus códigos", showSale)
        routes.post("/panel/voucher-sales/:id/undo", .vouchersSell, "Deshace una venta de fichas", undoSale)
        routes.get("/panel/vouchers/:id/void", .vouchersManage, "Formulario para anular fichas", askVoiding)
        routes.post("/panel/vouchers/:id/void", .vouchersManage, "Anula fichas de un lote", void)
        routes.get("/panel/voucher-cards", .vouchersManage, "Las fichas y sus códigos", cards)
        routes.get("/panel/voucher-cards.csv", .vouchersManage, "Las fichas y sus códigos como CSV") { visit in
            try await exportCards(visit, as: .csv)
        }
        routes.get("/panel/voucher-cards.xlsx", .vouchersManage, "Las fichas y sus códigos para Excel") { visit in
            try await exportCards(visit, as: .xlsx)
        }
        routes.get("/panel/voucher-cards/:id", .vouchersManage, "Una ficha y sus sesiones", card)
    }

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<VoucherBatch> {
        var query = try ListQuery(VoucherBatch.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.voucherBatches(query), counted: visit.database.voucherBatchesCounted(query)
        ).part
        let new = (VoucherWords.new.text(for: visit.reader), "\(VoucherBatch.list.path)/new")
        let all = ListPage<VoucherBatch>.Act(VoucherWords.cards.text(for: visit.reader), path: Voucher.path)
        let page = ListPage(
            part, .init(.vouchers, none: VoucherWords.none.message, intro: VoucherWords.intro.message),
            links: visit.mayAct(with: .vouchersManage) ? [all] : [],
            new: visit.mayAct(with: .vouchersManage) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.voucherBatches(query))
        }
    }

    private func cards(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(Voucher.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.vouchers(query), counted: visit.database.vouchersCounted(query)
        ).part
        let page = ListPage(
            part,
            .init(
                .vouchers, none: VoucherWords.noCards.message, intro: VoucherWords.cardsIntro.message,
                search: VoucherWords.code.message),
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func exportCards(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try ListQuery(Voucher.list, visit.request.query), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.vouchers(query))
        }
    }

    private func card(_ visit: Visit, id: Voucher.ID) async throws -> Response {
        guard let voucher = try await visit.database.voucher(id) else { throw AccessRefusal.notFound }
        let page = VoucherPage(
            voucher: voucher, sessions: try await visit.database.radiusSessions(ofVoucher: id.uuid, limit: 50),
            visit: visit)
        return try await Panel.page(page, titled: voucher.code, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(
            NounForm(new: acts.blank(in: visit.tenant.currency, at: visit.now), in: visit.notation), .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<VoucherBatch>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let batch = form.applied(to: acts.blank(in: visit.tenant.currency, at: visit.now))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let made = try await acts.make(batch, by: visit.principal, in: database)
                return (made, made.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as VoucherRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<VoucherBatch>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = VoucherWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: VoucherBatch.list.path, cancel: VoucherBatch.list.path, submit: VoucherWords.new.message,
            visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func show(_ visit: Visit, id: VoucherBatch.ID) async throws -> Response {
        let batch = try await found(id, visit)
        try await visit.admit()
        let seller = visit.may(.vouchersManage) ? nil : visit.admitted?.id
        let page = VoucherBatchPage(
            batch: batch, sales: visit.may(.vouchersSell) ? try await visit.database.sales(of: id, by: seller) : [],
            visit: visit)
        return try await Panel.page(page, titled: page.batch.name, for: visit)
    }

    private func print(_ visit: Visit, id: VoucherBatch.ID) async throws -> Response {
        let batch = try await found(id, visit)
        let columns = visit.request.query["columns"].flatMap { Int($0) } ?? Card.columns.upperBound
        guard Card.columns.contains(columns) else { throw RequestError.malformed("So many columns do not fit.") }
        let paper = VoucherPaper(
            batch: batch, vouchers: try await visit.database.vouchers(of: id), columns: columns, tenant: visit.tenant,
            logo: try await visit.database.brandPicture("logo", of: visit.tenant.brand.logo))
        return Response(
            .ok, contentType: .pdf,
            headers: ["Content-Disposition": "attachment; filename=\"fichas-\(batch.number).pdf\""],
            body: .bytes(try await paper.document.pdf(in: sandbox, for: visit.tenant.id.uuid)))
    }

    private func askSale(_ visit: Visit, id: VoucherBatch.ID) async throws -> Response {
        let batch = try await found(id, visit)
        let query = visit.request.query
        let form = query["count"] == nil ? NounForm(new: VoucherSale()) : try NounForm<VoucherSale>(query)
        return try await salePage(form, batch, form.faults.isEmpty ? .ok : .unprocessableContent, visit)
    }

    private func sell(_ visit: Visit, id: VoucherBatch.ID) async throws -> Response {
        let batch = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<VoucherSale>(sent)
        guard form.faults.isEmpty else { return try await salePage(form, batch, .unprocessableContent, visit) }
        let sale = form.applied(to: VoucherSale())
        do {
            let (_, path) = try await visit.once(sent) { database in
                let sold = try await acts.sell(sale, of: id, to: visit.tenant, by: visit.principal, in: database)
                return (sold.sale, VoucherSalePage.path(of: sold.sale))
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as VoucherRefusal {
            form.add(refusal, beside: refusal.field)
            return try await salePage(form, batch, refusal.status, visit)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: "account")
            return try await salePage(form, batch, refusal.status, visit)
        }
    }

    private func salePage(
        _ form: NounForm<VoucherSale>, _ batch: VoucherBatch, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let sale = form.applied(to: VoucherSale())
        let page = VoucherSaleFormPage(
            batch: batch, form: form, sale: sale,
            cards: form.faults.isEmpty ? try await visit.database.cards(for: sale, of: batch.id) : [],
            warning: sale.account == .cash ? try await visit.warningWithoutShift() : .nothing, visit: visit)
        return try await Panel.page(page, titled: page.title, status: status, for: visit)
    }

    private func showSale(_ visit: Visit, id: HouseEntry.ID) async throws -> Response {
        try await soldPage(NounForm(new: VoucherUndoing()), id, .ok, visit)
    }

    private func undoSale(_ visit: Visit, id: HouseEntry.ID) async throws -> Response {
        var form = try NounForm<VoucherUndoing>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await soldPage(form, id, .unprocessableContent, visit) }
        do {
            try await acts.undo(
                id, because: form.applied(to: VoucherUndoing()).reason, of: visit.tenant, by: visit.principal,
                in: visit.database)
            return Panel.done(.saved, at: VoucherSalePage.path(of: id))
        } catch let refusal as VoucherRefusal {
            form.add(refusal, beside: "reason")
            return try await soldPage(form, id, refusal.status, visit)
        } catch let refusal as CashDeskRefusal {
            form.add(refusal, beside: "reason")
            return try await soldPage(form, id, refusal.status, visit)
        }
    }

    private func soldPage(
        _ form: NounForm<VoucherUndoing>, _ id: HouseEntry.ID, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        guard let entry = try await visit.database.houseEntry(id), entry.category == .vouchers else {
            throw AccessRefusal.notFound
        }
        if !visit.may(.vouchersManage) {
            guard try await visit.database.isSale(id, of: visit.admitted?.id) else { throw AccessRefusal.notFound }
        }
        let page = VoucherSalePage(
            entry: entry, cards: try await visit.database.vouchers(soldBy: id), form: form, visit: visit)
        return try await Panel.page(page, titled: page.title, status: status, for: visit)
    }

    private func askVoiding(_ visit: Visit, id: VoucherBatch.ID) async throws -> Response {
        let batch = try await found(id, visit)
        var voiding = VoucherVoiding()
        voiding.last = batch.size
        return try await voidingPage(NounForm(new: voiding), batch, .ok, visit)
    }

    private func void(_ visit: Visit, id: VoucherBatch.ID) async throws -> Response {
        let batch = try await found(id, visit)
        var form = try NounForm<VoucherVoiding>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await voidingPage(form, batch, .unprocessableContent, visit) }
        do {
            _ = try await acts.void(
                form.applied(to: VoucherVoiding()), of: id, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: batch.panelPath)
        } catch let refusal as VoucherRefusal {
            form.add(refusal, beside: refusal.field)
            return try await voidingPage(form, batch, refusal.status, visit)
        }
    }

    private func voidingPage(
        _ form: NounForm<VoucherVoiding>, _ batch: VoucherBatch, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = "\(VoucherWords.void.text(for: visit.reader)): \(batch.name)"
        let page = NounFormPage(
            title, form, to: "\(batch.panelPath)/void", cancel: batch.panelPath, submit: VoucherWords.void.message,
            visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func found(_ id: VoucherBatch.ID, _ visit: Visit) async throws -> VoucherBatch {
        guard let batch = try await visit.database.voucherBatch(id) else { throw AccessRefusal.notFound }
        return batch
    }
}
