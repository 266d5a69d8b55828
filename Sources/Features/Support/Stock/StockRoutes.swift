import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Stock in the panel.
struct StockRoutes: Sendable {
    let acts: StockActs
    let files: ListFiles
    let randomness: Randomness

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/stock", .stockRead, "Existencias", list)
        routes.get("/panel/stock/new", .stockManage, "Formulario de un producto", ask)
        routes.post("/panel/stock", .stockManage, "Agrega un producto", create)
        routes.get("/panel/stock/:id", .stockRead, "Un producto y dónde hay", show)
        routes.get("/panel/stock/:id/edit", .stockManage, "Formulario para cambiar un producto", askChange)
        routes.post("/panel/stock/:id/edit", .stockManage, "Cambia un producto", change)
        routes.get("/panel/stock/:id/receipts/new", .stockMove, "Formulario de una compra", askReceipt)
        routes.post("/panel/stock/:id/receipts", .stockMove, "Registra una compra", receive)
        routes.post("/panel/stock/:id/moves", .stockMove, "Mueve piezas sin número de serie", moveSome)
        routes.get("/panel/stock-units", .stockRead, "Equipos y series", units)
        routes.get("/panel/stock-units.csv", .stockRead, "Los equipos como CSV") { visit in
            try await exportUnits(visit, as: .csv)
        }
        routes.get("/panel/stock-units.xlsx", .stockRead, "Los equipos para Excel") { visit in
            try await exportUnits(visit, as: .xlsx)
        }
        routes.get("/panel/stock-units/:id", .stockRead, "Un equipo y por dónde ha pasado") {
            (visit, id: StockUnit.ID) in try await page(of: id, nil, .ok, visit)
        }
        routes.get("/panel/stock-units/:id/label", .stockRead, "La etiqueta de un equipo", label)
        routes.post("/panel/stock-units/:id/moves", .stockMove, "Mueve un equipo", moveUnit)
        routes.get("/panel/stock-movements", .stockRead, "Movimientos del almacén", movements)
        routes.get("/panel/stock-movements.csv", .stockRead, "Los movimientos como CSV") { visit in
            try await exportMovements(visit, as: .csv)
        }
        routes.get("/panel/stock-movements.xlsx", .stockRead, "Los movimientos para Excel") { visit in
            try await exportMovements(visit, as: .xlsx)
        }
        routes.get("/panel/warehouses", .stockRead, "Almacenes", warehouses)
        routes.get("/panel/warehouses/new", .stockManage, "Formulario de un almacén") { visit in
            try await page(NounForm(new: Warehouse(id: newID(visit))), nil, .ok, visit)
        }
        routes.post("/panel/warehouses", .stockManage, "Agrega un almacén", addWarehouse)
        routes.get("/panel/warehouses/:id", .stockRead, "Un almacén", askWarehouse)
        routes.post("/panel/warehouses/:id", .stockManage, "Cambia un almacén", changeWarehouse)
        routes.get("/panel/suppliers", .stockRead, "Proveedores", suppliers)
        routes.get("/panel/suppliers/new", .stockManage, "Formulario de un proveedor") { visit in
            try await page(NounForm(new: Supplier(id: newID(visit))), nil, .ok, visit)
        }
        routes.post("/panel/suppliers", .stockManage, "Agrega un proveedor", addSupplier)
        routes.get("/panel/suppliers/:id", .stockRead, "Un proveedor", askSupplier)
        routes.post("/panel/suppliers/:id", .stockManage, "Cambia un proveedor", changeSupplier)
    }

    private func newID<Noun>(_ visit: Visit) -> ID<Noun> {
        .make(milliseconds: visit.now.milliseconds, from: randomness)
    }

    // MARK: - Products

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(StockProduct.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.stockProducts(query), counted: visit.database.stockProductsCounted(query)
        ).part
        let reader = visit.reader
        let links: [ListPage<StockProduct>.Act] = [
            .init(StockWords.warehouses.text(for: reader), path: Warehouse.path)
        ]
        let new = (StockWords.newProduct.text(for: reader), "\(StockProduct.path)/new")
        let page = ListPage(
            part, .init(.stock, none: StockWords.none.message, intro: StockWords.intro.message), links: links,
            new: visit.mayAct(with: .stockManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: StockProduct(id: newID(visit))), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<StockProduct>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let new = form.applied(to: StockProduct(id: newID(visit)))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let product = try await acts.add(new, by: visit.principal, in: database)
                return (product, product.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func askChange(_ visit: Visit, id: StockProduct.ID) async throws -> Response {
        let product = try await found(id, visit)
        return try await page(NounForm(product), product, .ok, visit)
    }

    private func change(_ visit: Visit, id: StockProduct.ID) async throws -> Response {
        let product = try await found(id, visit)
        var form = try NounForm<StockProduct>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, product, .unprocessableContent, visit) }
        if let late = form.late(for: product) { return try await page(late, product, .conflict, visit) }
        do {
            _ = try await acts.change(id, to: form.applied(to: product), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: product.panelPath)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, product, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<StockProduct>, _ product: StockProduct?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = product?.name ?? StockWords.newProduct.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: product.map { "\($0.panelPath)/edit" } ?? StockProduct.path,
            cancel: product?.panelPath ?? StockProduct.path, submit: product == nil ? StockWords.create.message : nil,
            visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func show(_ visit: Visit, id: StockProduct.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    private func page(
        of id: StockProduct.ID, _ refusal: StockRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let product = try await found(id, visit)
        let page = StockProductPage(
            product: product, levels: try await visit.database.stockLevels(of: id),
            movements: try await visit.database.stockMovements(of: id), places: try await places(visit),
            refusal: refusal, visit: visit)
        return try await Panel.page(page, titled: product.name, status: status, for: visit)
    }

    private func found(_ id: StockProduct.ID, _ visit: Visit) async throws -> StockProduct {
        guard let product = try await visit.database.stockProduct(id) else { throw AccessRefusal.notFound }
        return product
    }

    /// Warehouses, those who carry stock, and where lost ones go.
    private func places(_ visit: Visit) async throws -> [(value: String, text: String)] {
        guard visit.mayAct(with: .stockMove) else { return [] }
        let warehouses = try await visit.database.warehouses().map {
            (value: StockPlace.warehouse($0.id).written, text: $0.name)
        }
        let holders = try await visit.database.stockHolders().map {
            (value: StockPlace.technician($0.id).written, text: $0.name)
        }
        return warehouses + holders + [(StockPlace.lost.written, StockWords.lost.text(for: visit.reader))]
    }

    // MARK: - In and on

    private func askReceipt(_ visit: Visit, id: StockProduct.ID) async throws -> Response {
        var new = StockReceipt()
        let warehouses = try await visit.database.warehouses()
        if warehouses.count == 1 { new.warehouse = warehouses[0].id }
        return try await page(NounForm(new: new), try await found(id, visit), .ok, visit)
    }

    private func receive(_ visit: Visit, id: StockProduct.ID) async throws -> Response {
        let product = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 65_536)
        var form = try NounForm<StockReceipt>(sent)
        guard form.faults.isEmpty else { return try await page(form, product, .unprocessableContent, visit) }
        let new = form.applied(to: StockReceipt())
        do {
            let (_, path) = try await visit.once(sent) { database in
                try await acts.receive(new, of: id, by: visit.principal, in: database)
                return ((), Panel.address(.saved, at: product.panelPath))
            }
            return .redirect(to: path)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, product, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<StockReceipt>, _ product: StockProduct, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let warehouses = try await visit.database.warehouses()
        let suppliers = try await visit.database.suppliers()
        var options = [
            "warehouse": FieldOptions(
                warehouses.map { ($0.id.description, $0.name) }, none: nil, isRequired: true)
        ]
        if !suppliers.isEmpty {
            options["supplier"] = FieldOptions(
                suppliers.map { ($0.id.description, $0.name) }, none: StockWords.noSupplier.text(for: visit.reader))
        }
        let page = NounFormPage(
            "\(StockWords.receive.text(for: visit.reader)): \(product.name)", form, options: options,
            to: "\(product.panelPath)/receipts", cancel: product.panelPath, submit: StockWords.receive.message,
            visit: visit)
        return try await Panel.page(page, titled: product.name, status: status, for: visit)
    }

    /// The place that a form names, or the customer whose number it has.
    private func place(_ sent: Fields, _ visit: Visit) async throws -> StockPlace {
        if let text = sent["customer"], !text.isEmpty {
            guard let number = Int(text), let id = try await visit.database.stockCustomer(number: number) else {
                throw StockRefusal.unknownPlace
            }
            return .customer(id)
        }
        guard let place = sent["to"].flatMap({ StockPlace(written: $0) }) else { throw StockRefusal.unknownPlace }
        return place
    }

    private func moveSome(_ visit: Visit, id: StockProduct.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow([FormID.field, "from", "to", "customer", "quantity", "note"])
        try await visit.admit()
        let product = try await found(id, visit)
        do {
            guard let from = sent["from"].flatMap({ StockPlace(written: $0) }) else { throw StockRefusal.unknownPlace }
            let to = try await place(sent, visit)
            let (_, path) = try await visit.once(sent) { database in
                try await acts.move(
                    sent["quantity"].flatMap { Int($0) } ?? 0, of: id, from: from, to: to,
                    note: FormText.line(sent["note"], upTo: 300), by: visit.principal, in: database)
                return ((), Panel.address(.saved, at: product.panelPath))
            }
            return .redirect(to: path)
        } catch let refusal as StockRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    // MARK: - Units

    private func units(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(StockUnit.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.stockUnits(query), counted: visit.database.stockUnitsCounted(query)
        ).part
        let products = try await visit.database.stockProducts().filter(\.isSerial)
        let options = FieldOptions(products.map { ($0.id.description, $0.name) }, none: nil)
        let due = StockUnit.Recovery.due
        let page = ListPage(
            part, .init(.stock, none: StockWords.noUnits.message), options: ["product": options],
            links: [.init(due.text(for: visit.reader), path: "\(StockUnit.path)?recovery=\(due.rawValue)")],
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func exportUnits(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try ListQuery(StockUnit.list, visit.request.query), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.stockUnits(query))
        }
    }

    private func page(
        of id: StockUnit.ID, _ refusal: StockRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let unit = try await visit.database.stockUnit(id) else { throw AccessRefusal.notFound }
        let page = StockUnitPage(
            unit: unit, movements: try await visit.database.stockMovements(of: id), places: try await places(visit),
            refusal: refusal, visit: visit)
        return try await Panel.page(page, titled: unit.serial, status: status, for: visit)
    }

    private func label(_ visit: Visit, id: StockUnit.ID) async throws -> Response {
        guard let unit = try await visit.database.stockUnit(id) else { throw AccessRefusal.notFound }
        return try await Panel.page(StockLabelPage(unit: unit, visit: visit), titled: unit.serial, for: visit)
    }

    private func moveUnit(_ visit: Visit, id: StockUnit.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow([FormID.field, "to", "customer", "note"])
        try await visit.admit()
        do {
            let to = try await place(sent, visit)
            let (_, path) = try await visit.once(sent) { database in
                let unit = try await acts.move(
                    id, to: to, note: FormText.line(sent["note"], upTo: 300), by: visit.principal, in: database)
                return ((), Panel.address(.saved, at: unit.panelPath))
            }
            return .redirect(to: path)
        } catch let refusal as StockRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    // MARK: - Movements, warehouses, suppliers

    private func movementQuery(_ visit: Visit) throws(RequestError) -> ListQuery<StockMovement> {
        var query = try ListQuery(StockMovement.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func movements(_ visit: Visit) async throws -> Response {
        let query = try movementQuery(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.stockMovements(query),
            counted: visit.database.stockMovementsCounted(query)
        ).part
        let page = ListPage(
            part, .init(.stock, none: StockWords.noMovements.message), files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func exportMovements(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try movementQuery(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.stockMovements(query))
        }
    }

    private func warehouses(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(Warehouse.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.warehouses(query), counted: visit.database.warehousesCounted(query)
        ).part
        let new = (StockWords.newWarehouse.text(for: visit.reader), "\(Warehouse.path)/new")
        let page = ListPage(
            part, .init(.stock, none: StockWords.noWarehouses.message),
            new: visit.mayAct(with: .stockManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func addWarehouse(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Warehouse>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let new = form.applied(to: Warehouse(id: newID(visit)))
        do {
            let (_, path) = try await visit.once(sent) { database in
                (try await acts.add(new, by: visit.principal, in: database), Warehouse.path)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func askWarehouse(_ visit: Visit, id: Warehouse.ID) async throws -> Response {
        guard let known = try await visit.database.warehouse(id) else { throw AccessRefusal.notFound }
        guard visit.mayAct(with: .stockManage) else {
            return try await Panel.page(
                NounPage(known.name, of: known, in: Warehouse.list, visit: visit), titled: known.name, for: visit)
        }
        return try await page(NounForm(known), known, .ok, visit)
    }

    private func changeWarehouse(_ visit: Visit, id: Warehouse.ID) async throws -> Response {
        guard let known = try await visit.database.warehouse(id) else { throw AccessRefusal.notFound }
        var form = try NounForm<Warehouse>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, known, .unprocessableContent, visit) }
        if let late = form.late(for: known) { return try await page(late, known, .conflict, visit) }
        do {
            try await acts.change(known, to: form.applied(to: known), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Warehouse.path)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, known, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<Warehouse>, _ known: Warehouse?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = known?.name ?? StockWords.newWarehouse.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: known.map { "\(Warehouse.path)/\($0.id)" } ?? Warehouse.path, cancel: Warehouse.path,
            submit: known == nil ? StockWords.create.message : nil, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func suppliers(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(Supplier.list, visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.suppliers(query), counted: visit.database.suppliersCounted(query)
        ).part
        let new = (StockWords.newSupplier.text(for: visit.reader), "\(Supplier.path)/new")
        let page = ListPage(
            part, .init(.stock, none: StockWords.noSuppliers.message),
            new: visit.mayAct(with: .stockManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func addSupplier(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Supplier>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let new = form.applied(to: Supplier(id: newID(visit)))
        do {
            let (_, path) = try await visit.once(sent) { database in
                (try await acts.add(new, by: visit.principal, in: database), Supplier.path)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func askSupplier(_ visit: Visit, id: Supplier.ID) async throws -> Response {
        guard let known = try await visit.database.supplier(id) else { throw AccessRefusal.notFound }
        guard visit.mayAct(with: .stockManage) else {
            return try await Panel.page(
                NounPage(known.name, of: known, in: Supplier.list, visit: visit), titled: known.name, for: visit)
        }
        return try await page(NounForm(known), known, .ok, visit)
    }

    private func changeSupplier(_ visit: Visit, id: Supplier.ID) async throws -> Response {
        guard let known = try await visit.database.supplier(id) else { throw AccessRefusal.notFound }
        var form = try NounForm<Supplier>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, known, .unprocessableContent, visit) }
        if let late = form.late(for: known) { return try await page(late, known, .conflict, visit) }
        do {
            try await acts.change(known, to: form.applied(to: known), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Supplier.path)
        } catch let refusal as StockRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, known, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<Supplier>, _ known: Supplier?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = known?.name ?? StockWords.newSupplier.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: known.map { "\(Supplier.path)/\($0.id)" } ?? Supplier.path, cancel: Supplier.path,
            submit: known == nil ? StockWords.create.message : nil, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}
