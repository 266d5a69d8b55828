import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Hotspot cards in the API.
struct VoucherAPI: Sendable {
    let acts: VoucherActs

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/voucher-batches", .vouchersView, VoucherAPIWords.list, by: NoInput.self) {
            visit, _, page in
            try await visit.database.voucherBatches(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/voucher-batches", .vouchersManage, VoucherAPIWords.create) {
            (visit, new: NewNoun<VoucherBatch>) in
            try await acts.make(
                new.noun(from: acts.blank(in: visit.tenant.currency, at: visit.now)), by: visit.principal,
                in: visit.database)
        }
        routes.get("/api/v1/voucher-batches/:id", .vouchersView, VoucherAPIWords.read) {
            (visit, id: VoucherBatch.ID) in
            try await visit.database.voucherBatch(id)
        }
        routes.get("/api/v1/voucher-batches/:id/vouchers", .vouchersManage, VoucherAPIWords.cards) {
            (visit, id: VoucherBatch.ID) in
            guard try await visit.database.voucherBatch(id) != nil else { return BatchCards?.none }
            return BatchCards(batch: id, items: try await visit.database.vouchers(of: id))
        }
        routes.post("/api/v1/voucher-batches/:id/sales", .vouchersSell, VoucherAPIWords.sell) {
            (visit, new: NewNoun<VoucherSale>, id: VoucherBatch.ID) in
            try await acts.sell(
                new.noun(from: VoucherSale()), of: id, to: visit.tenant, by: visit.principal, in: visit.database
            ).batch
        }
        routes.post("/api/v1/voucher-batches/:id/voidings", .vouchersManage, VoucherAPIWords.void) {
            (visit, new: NewNoun<VoucherVoiding>, id: VoucherBatch.ID) in
            try await acts.void(
                new.noun(from: VoucherVoiding()), of: id, by: visit.principal, in: visit.database)
        }
    }
}

extension VoucherBatch: ListedResource {
    package static let schema = Schema.object(
        "VoucherBatch",
        [
            .required("id", .id, VoucherAPIWords.id),
            .required("number", .integer(1...Int.max), VoucherWords.number),
            .required("currency", .text, VoucherAPIWords.currency),
            .required("made_at", .text, VoucherWords.made),
            .required("sold", .integer(0...mostCards), VoucherWords.sold),
            .required("used", .integer(0...mostCards), VoucherWords.used),
            .required("used_unsold", .integer(0...mostCards), VoucherAPIWords.usedUnsold),
            .required("voided", .integer(0...mostCards), VoucherWords.voided),
        ] + schemaFields)

    package var path: String { "/api/v1/voucher-batches/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("currency", price.currency.code)
            json.member("made_at", madeAt.rfc3339)
            json.member("sold", sold)
            json.member("used", used)
            json.member("used_unsold", usedUnsold)
            json.member("voided", voided)
            json.fields(of: self)
        }
    }
}

private struct BatchCards: Resource {
    let batch: VoucherBatch.ID
    let items: [Voucher]

    static let schema = Schema.object(
        "Vouchers",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "Voucher",
                        [
                            .required("id", .id, VoucherAPIWords.card),
                            .required("number", .integer(1...VoucherBatch.mostCards), VoucherWords.card),
                            .required("code", .text, VoucherWords.code),
                            .required("state", .words(Voucher.State.allCases.map(\.rawValue)), VoucherWords.state),
                            .required("sold_at", Schema.text.orNull, VoucherWords.soldAt),
                            .required("used_at", Schema.text.orNull, VoucherWords.usedAt),
                            .required("ends_at", Schema.text.orNull, VoucherWords.endsAt),
                            .required("mac", .text, VoucherWords.device),
                        ])), VoucherAPIWords.cards)
        ])

    var path: String { "/api/v1/voucher-batches/\(batch)/vouchers" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for one in items {
                    json.object { json in
                        json.member("id", one.id.description)
                        json.member("number", one.number)
                        json.member("code", one.code)
                        json.member("state", one.state.rawValue)
                        json.member("sold_at", one.soldAt?.rfc3339)
                        json.member("used_at", one.usedAt?.rfc3339)
                        json.member("ends_at", one.endsAt?.rfc3339)
                        json.member("mac", one.caller)
                    }
                }
            }
        }
    }
}
