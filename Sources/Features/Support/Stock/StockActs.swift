import Access
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// What comes in from a supplier.
package struct StockReceipt: Sendable, Equatable {
    package var warehouse: Warehouse.ID?
    package var supplier: Supplier.ID?
    package var quantity = 0
    /// One a line, for pieces that have one.
    package var serials = ""
    package var note = ""

    package init() {}

    static let mostSerials = 500
}

extension StockReceipt: Fielded {
    package static let noun = "StockReceipt"

    package static let fields: [Field<StockReceipt>] = [
        .reference("warehouse", \.warehouse, StockWords.warehouse.message),
        .reference("supplier", \.supplier, StockWords.supplier.message),
        .count("quantity", \.quantity, 0...100_000, StockWords.quantity.message).hint(StockWords.quantityHint.message),
        .lines("serials", \.serials, 0...20_000, StockWords.serials.message).hint(StockWords.serialsHint.message),
        .line("note", \.note, 0...300, StockWords.note.message).hint(StockWords.receiptNote.message),
    ]
}

/// What is done with stock, from whichever door. Every way that something goes leaves its movement.
package struct StockActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    private func id<Noun>(at now: Instant) -> ID<Noun> { .make(milliseconds: now.milliseconds, from: randomness) }

    // MARK: - What there is

    package func add(
        _ product: StockProduct, by principal: Principal, in database: TenantDatabase
    ) async throws -> StockProduct {
        try await database.transaction { database in
            guard try await database.insert(product), let made = try await database.stockProduct(product.id) else {
                throw StockRefusal.nameTaken
            }
            try await database.record(
                Act(.stockProductCreated, made.subject, after: made.details()), by: principal.actor, at: principal.now)
            return made
        }
    }

    /// Whether it has serial numbers stays as it began.
    package func change(
        _ id: StockProduct.ID, to changed: StockProduct, by principal: Principal, in database: TenantDatabase
    ) async throws -> StockProduct {
        try await database.transaction { database in
            try await database.lockStockProduct(id)
            guard let known = try await database.stockProduct(id) else { throw AccessRefusal.notFound }
            var product = changed
            product.isSerial = known.isSerial
            guard
                let act = Act.change(
                    .stockProductChanged, product.subject, from: known.details(), to: product.details())
            else { return known }
            guard try await database.update(product) else { throw StockRefusal.nameTaken }
            try await database.record(act, by: principal.actor, at: principal.now)
            return product
        }
    }

    package func add(
        _ warehouse: Warehouse, by principal: Principal, in database: TenantDatabase
    ) async throws -> Warehouse {
        try await database.transaction { database in
            guard try await database.insert(warehouse) else { throw StockRefusal.nameTaken }
            try await database.record(
                Act(
                    .warehouseCreated, Act.Subject("warehouse", warehouse.id.uuid, named: warehouse.name),
                    after: warehouse.details()), by: principal.actor, at: principal.now)
            return warehouse
        }
    }

    package func add(
        _ supplier: Supplier, by principal: Principal, in database: TenantDatabase
    ) async throws -> Supplier {
        try await database.transaction { database in
            guard try await database.insert(supplier) else { throw StockRefusal.nameTaken }
            try await database.record(
                Act(
                    .supplierCreated, Act.Subject("supplier", supplier.id.uuid, named: supplier.name),
                    after: supplier.details()), by: principal.actor, at: principal.now)
            return supplier
        }
    }

    package func change(
        _ known: Warehouse, to warehouse: Warehouse, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let subject = Act.Subject("warehouse", known.id.uuid, named: warehouse.name)
        guard let act = Act.change(.warehouseChanged, subject, from: known.details(), to: warehouse.details()) else {
            return
        }
        try await database.transaction { database in
            guard try await database.update(warehouse) else { throw StockRefusal.nameTaken }
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }

    package func change(
        _ known: Supplier, to supplier: Supplier, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let subject = Act.Subject("supplier", known.id.uuid, named: supplier.name)
        guard let act = Act.change(.supplierChanged, subject, from: known.details(), to: supplier.details()) else {
            return
        }
        try await database.transaction { database in
            guard try await database.update(supplier) else { throw StockRefusal.nameTaken }
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }

    // MARK: - What comes in

    package func receive(
        _ new: StockReceipt, of id: StockProduct.ID, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            try await database.lockStockProduct(id)
            guard let product = try await database.stockProduct(id) else { throw AccessRefusal.notFound }
            guard let warehouse = new.warehouse,
                let name = try await database.name(of: .warehouse(warehouse))
            else { throw StockRefusal.unknownWarehouse }
            var from = ""
            if let supplier = new.supplier {
                guard let known = try await database.suppliers().first(where: { $0.id == supplier }) else {
                    throw StockRefusal.unknownSupplier
                }
                from = known.name
            }
            let serials = try Self.serials(in: new.serials)
            guard product.isSerial ? !serials.isEmpty : new.quantity > 0 && serials.isEmpty else {
                throw product.isSerial ? StockRefusal.serialsMissing : .quantityMissing
            }
            func note(_ unit: StockUnit.ID?, _ quantity: Int) async throws {
                try await database.insertMovement(
                    self.id(at: principal.now), of: id, unit: unit, quantity, from: (.supplier, from),
                    to: (.warehouse, name), note: new.note, by: principal.actor.name, at: principal.now)
            }
            for serial in serials {
                let unit: StockUnit.ID = self.id(at: principal.now)
                guard try await database.insertUnit(unit, of: id, serial: serial, in: warehouse) else {
                    throw StockRefusal.serialTaken
                }
                try await note(unit, 1)
            }
            if !product.isSerial {
                try await database.add(new.quantity, of: id, to: .warehouse(warehouse))
                try await note(nil, new.quantity)
            }
            try await database.record(
                Act(
                    .stockReceived, product.subject,
                    after: [
                        Act.Detail("quantity", "\(product.isSerial ? serials.count : new.quantity)"),
                        Act.Detail("warehouse", name), Act.Detail("supplier", from),
                    ].filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
        }
    }

    /// One for each line or word, in capital letters.
    package static func serials(in text: String) throws(StockRefusal) -> [String] {
        let words = written(in: text)
        guard words.count <= StockReceipt.mostSerials, words.allSatisfy({ $0.unicodeScalars.count <= 60 }) else {
            throw .serialsTooLong
        }
        guard Set(words).count == words.count else { throw .serialTaken }
        return words
    }

    /// Each once, however often it was written.
    static func words(in text: String) -> [String] {
        var seen: Set<String> = []
        return written(in: text).filter { seen.insert($0).inserted }
    }

    private static func written(in text: String) -> [String] {
        text.split { $0.isWhitespace || $0 == "," || $0 == ";" }.map { $0.uppercased() }
    }

    // MARK: - Where it goes

    package func move(
        _ id: StockUnit.ID, to place: StockPlace, note: String = "", by principal: Principal,
        in database: TenantDatabase
    ) async throws -> StockUnit {
        try await database.transaction { database in
            guard let unit = try await database.stockUnit(id, locked: true) else { throw AccessRefusal.notFound }
            guard unit.place != place else { return unit }
            guard let name = try await database.name(of: place) else { throw StockRefusal.unknownPlace }
            try await database.put(id, at: place)
            try await database.insertMovement(
                self.id(at: principal.now), of: unit.product, unit: id, 1, from: (unit.place.kind, unit.placeName),
                to: (place.kind, name), note: note, by: principal.actor.name, at: principal.now)
            try await database.record(
                Act(
                    .stockMoved, Act.Subject("stock_unit", id.uuid, named: "\(unit.productName) \(unit.serial)"),
                    before: [Act.Detail("place", unit.placeName)], after: [Act.Detail("place", name)]),
                by: principal.actor, at: principal.now)
            guard let moved = try await database.stockUnit(id) else { throw AccessRefusal.notFound }
            return moved
        }
    }

    package func move(
        _ quantity: Int, of id: StockProduct.ID, from: StockPlace, to: StockPlace, note: String = "",
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard 1...100_000 ~= quantity else { throw StockRefusal.quantityMissing }
        try await database.transaction { database in
            guard let product = try await database.stockProduct(id) else { throw AccessRefusal.notFound }
            guard !product.isSerial else { throw StockRefusal.serialsMissing }
            guard from != to, let there = try await database.name(of: from),
                let name = try await database.name(of: to)
            else { throw StockRefusal.unknownPlace }
            guard try await database.take(quantity, of: id, from: from) else { throw StockRefusal.notEnough }
            try await database.add(quantity, of: id, to: to)
            try await database.insertMovement(
                self.id(at: principal.now), of: id, unit: nil, quantity, from: (from.kind, there),
                to: (to.kind, name), note: note, by: principal.actor.name, at: principal.now)
            try await database.record(
                Act(
                    .stockMoved, product.subject, before: [Act.Detail("place", there)],
                    after: [Act.Detail("place", name), Act.Detail("quantity", "\(quantity)")]),
                by: principal.actor, at: principal.now)
        }
    }
}
