import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Workbooks
import Zones

/// Customers out of a file: every row is accounted for before any is made, and all are made together or none.
struct CustomerImport: Sendable {
    private let randomness: Randomness

    private static let path = "\(Customer.list.path)/import"

    init(randomness: Randomness) { self.randomness = randomness }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/import", .customersWrite, "Formulario para importar clientes", ask)
        routes.post("/panel/customers/import", .customersWrite, "Muestra qué clientes se crearían de un archivo", look)
        routes.post("/panel/customers/import/run", .customersWrite, "Crea los clientes de un archivo", run)
    }

    private func ask(_ visit: Visit) async throws -> Response { try await page(nil, .ok, visit) }

    private func look(_ visit: Visit) async throws -> Response {
        guard let bytes = try await ImportedFile.bytes(in: visit), !bytes.isEmpty else {
            return try await page(.noFile, .unprocessableContent, visit)
        }
        let file: NounImport<Customer>
        do {
            file = try await read(bytes, visit)
        } catch let fault as CSV.Fault {
            return try await page(fault.words, .unprocessableContent, visit)
        }
        guard !file.lines.isEmpty else { return try await page(.noRows, .unprocessableContent, visit) }
        let title = CustomerWords.importing.text(for: visit.reader)
        let preview = ImportPreview(
            title, file, known: try await visit.database.known(among: file.lines), called: "name",
            include: (LikelyDuplicates.field, CustomerWords.allDistinct.message),
            kept: try await ImportedFile.keep(bytes, of: Customer.list.name, by: visit.principal, in: visit.database),
            at: "\(Self.path)/run", back: Customer.list.path, visit: visit)
        return try await Panel.page(preview, titled: title, for: visit)
    }

    private func run(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["import", LikelyDuplicates.field, FormID.field])
        guard let id = sent["import"].flatMap({ UUID($0) }) else { throw BadRequest() }
        let (_, path) = try await visit.once(sent) { database in
            let bytes = try await ImportedFile.take(id, of: Customer.list.name, by: visit.principal, in: database)
            let file = try await read(bytes, visit.inside(database))
            let known =
                sent[LikelyDuplicates.field] == "yes" ? [] : try await database.known(among: file.lines)
            let new = file.lines.filter { $0.faults.isEmpty && !known.contains($0.number) }.map(\.noun)
            _ = try await Customer.add(
                new, distinct: true, to: visit.tenant, by: visit.principal, in: database)
            return ((), "\(Customer.list.path)?order=-number")
        }
        return Panel.done(.imported, at: path)
    }

    private func read(_ bytes: [UInt8], _ visit: Visit) async throws -> NounImport<Customer> {
        let zones = try await visit.database.zones()
        let names = ["zone": zones.map { ($0.id.description, $0.name) }]
        return try NounImport<Customer>(bytes, names: names, in: visit.notation) {
            .blank(for: visit, from: randomness)
        }
    }

    private func page(_ fault: ImportWords?, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = CustomerWords.importing.text(for: visit.reader)
        return try await Panel.page(
            ImportPage(
                title, of: Customer.self, at: Self.path, back: Customer.list.path, fault: fault?.message, visit: visit),
            titled: title, status: status, for: visit)
    }
}

extension TenantDatabase {
    /// The lines whose customers are likely there already, or stand in a line before.
    fileprivate func known(among lines: [NounImport<Customer>.Line]) async throws -> Set<Int> {
        var known = Set(try await customers(alike: lines.map(\.noun)).map { lines[$0.place].number })
        var seen: Set<String> = []
        for line in lines where line.faults.isEmpty {
            let likenesses = line.noun.likenesses
            if !seen.isDisjoint(with: likenesses) { known.insert(line.number) }
            seen.formUnion(likenesses)
        }
        return known
    }
}
