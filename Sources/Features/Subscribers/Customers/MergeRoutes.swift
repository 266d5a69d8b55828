import Access
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

/// Clientes repetidos: finding, comparing, merging and separating duplicates.
struct MergeRoutes: Sendable {
    let randomness: Randomness

    static let path = "/panel/customers/duplicates"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/duplicates", .customersMerge, "Clientes que parecen repetidos", list)
        routes.get("/panel/customers/:id/merges/new", .customersMerge, "Compara dos registros antes de unirlos", ask)
        routes.post("/panel/customers/:id/merges", .customersMerge, "Une un cliente repetido", merge)
        routes.get("/panel/merges/:id/separations/new", .customersMerge, "Pregunta antes de separar", askToSeparate)
        routes.post("/panel/merges/:id/separations", .customersMerge, "Separa lo que se unió", separate)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let after = visit.request.query["after"].flatMap { Int($0) } ?? 0
        let page = DuplicatesPage(
            found: try await visit.database.likelyDuplicates(after: after, limit: DuplicatesPage.length + 1),
            isFirst: after == 0, visit: visit)
        return try await Panel.page(page, titled: MergeWords.duplicates.text(for: visit.reader), for: visit)
    }

    /// With two customers, compares them and previews the move; with one, lists likely duplicates.
    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        guard let kept = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let typed = FormText.line(visit.request.query["number"], upTo: 20)
        let chosen: Customer.ID? =
            if let text = visit.request.query["duplicate"], !text.isEmpty {
                try FormText.id(text)
            } else if let number = Int(typed) {
                try await visit.database.customers(after: max(number, 1) - 1, limit: 1).first { $0.number == number }?
                    .id
            } else { nil }
        guard let chosen, chosen != id, let merged = try await visit.database.customer(chosen) else {
            return try await choose(kept, typed, visit)
        }
        let page = MergePage(
            kept: try await SummaryOfCustomer(kept, for: visit),
            merged: try await SummaryOfCustomer(merged, for: visit),
            foreseen: try await CustomerMerge.preview(
                of: chosen, into: id, of: visit.tenant, by: visit.principal, from: randomness, in: visit.database),
            visit: visit)
        return try await Panel.page(page, titled: MergeWords.merge.text(for: visit.reader), for: visit)
    }

    private func choose(_ kept: Customer, _ typed: String, _ visit: Visit) async throws -> Response {
        let page = ChooseDuplicatePage(
            customer: kept, alike: try await visit.database.customers(alike: [kept]).map(\.customer),
            typed: typed, visit: visit)
        return try await Panel.page(page, titled: MergeWords.merge.text(for: visit.reader), for: visit)
    }

    private func merge(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["duplicate", FormID.field])
        let duplicate: Customer.ID = try FormText.id(sent["duplicate"] ?? "")
        let (_, path) = try await visit.once(sent) { database in
            let made = try await CustomerMerge.make(
                of: duplicate, into: id, of: visit.tenant, by: visit.principal, from: randomness, in: database)
            return (made.id, "\(Customer.list.path)/\(id)")
        }
        return Panel.done(.customersMerged, at: path)
    }

    private func askToSeparate(_ visit: Visit, id: CustomerMerge.ID) async throws -> Response {
        guard let merge = try await visit.database.merge(id) else { throw AccessRefusal.notFound }
        return try await Panel.confirm(
            MergeWords.separateTitle.text(
                for: visit.reader, .name("\(merge.duplicateName) (\(merge.duplicateNumber))")),
            text: MergeWords.separateText.text(for: visit.reader), act: MergeWords.separate.text(for: visit.reader),
            action: "/panel/merges/\(id)/separations", back: "\(Customer.list.path)/\(merge.customer)", for: visit)
    }

    private func separate(_ visit: Visit, id: CustomerMerge.ID) async throws -> Response {
        let merge = try await CustomerMerge.undo(
            id, of: visit.tenant, by: visit.principal, from: randomness, in: visit.database)
        return Panel.done(.customersSeparated, at: "\(Customer.list.path)/\(merge.duplicate)")
    }
}
