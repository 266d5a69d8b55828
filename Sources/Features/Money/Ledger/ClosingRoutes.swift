import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// The nightly ledger proofs, and the closings.
package struct ClosingRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let path = "/panel/ledger"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/ledger", .ledgerView, "La prueba del libro y los cierres") { visit in
            try await page(ClosingForm(), .ok, visit)
        }
        routes.post("/panel/ledger/closings", .ledgerClose, "Cierra o reabre un periodo", close)
    }

    private func close(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try ClosingForm(sent)
        guard let day = form.day else { return try await page(form, .unprocessableContent, visit) }
        do {
            let reason = form.reason
            let (_, path) = try await visit.once(sent) { database in
                try await Closing.close(
                    through: day, because: reason, as: .make(milliseconds: visit.now.milliseconds, from: randomness),
                    of: visit.tenant, by: visit.principal, in: database)
                return ((), Self.path)
            }
            return Panel.done(.saved, at: path)
        } catch let refusal as LedgerRefusal {
            form.fault = FormFault(
                name: refusal == .reasonMissing ? "reason" : "day", message: refusal.message)
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: ClosingForm, _ status: Status, _ visit: Visit) async throws -> Response {
        let page = LedgerPage(
            proofs: try await visit.database.ledgerProofs(limit: 30),
            closings: try await visit.database.closings(limit: 30),
            closedThrough: try await visit.database.closedThrough(), form: form, visit: visit)
        return try await Panel.page(
            page, titled: LedgerWords.ledger.text(for: visit.reader), status: status, for: visit)
    }
}

struct ClosingForm: Sendable {
    private(set) var typed = ""
    private(set) var reason = ""
    private(set) var day: Day?
    var fault: FormFault?

    init() {}

    init(_ fields: Fields) throws {
        try fields.allow(["day", "reason", FormID.field])
        typed = FormText.line(fields["day"])
        reason = FormText.line(fields["reason"], upTo: 300)
        day = Day(iso: typed)
        if day == nil { fault = FormFault(name: "day", message: LedgerWords.dayWrong.message) }
    }
}

struct LedgerPage: View {
    let proofs: [LedgerProof]
    let closings: [Closing]
    let closedThrough: Day?
    let form: ClosingForm
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(LedgerWords.ledger.text(for: reader))
        proof
        h2 { LedgerWords.closings.text(for: reader) }
        p {
            closedThrough.map { LedgerWords.closedThrough.text(for: reader, .text("day", $0.text(.long, for: reader))) }
                ?? LedgerWords.neverClosed.text(for: reader)
        }
        if visit.mayAct(with: .ledgerClose) { closing }
        if !closings.isEmpty { history }
    }

    @MarkupBuilder private var proof: Markup {
        h2 { LedgerWords.proof.text(for: reader) }
        p(.class("hint")) { LedgerWords.proofHint.text(for: reader) }
        if proofs.isEmpty {
            p { LedgerWords.noProof.text(for: reader) }
        } else {
            table(
                LedgerWords.proof, [.night, .currency, .transactions, .debits, .credits, .result],
                proofs.map { proof in
                    [
                        .text(proof.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)),
                        .text(proof.currency.code), .text(proof.transactions.text(for: reader)),
                        .text(proof.debits.exactText(for: reader)), .text(proof.credits.exactText(for: reader)),
                        result(of: proof),
                    ]
                })
        }
    }

    private func result(of proof: LedgerProof) -> Markup {
        guard !proof.holds else {
            return span(.class("state"), .data("tone", "good")) { LedgerWords.holds.text(for: reader) }
        }
        return span(.class("state"), .data("tone", "bad")) {
            LedgerWords.broken.text(
                for: reader, .number("transactions", proof.unbalanced), .number("balances", proof.wrongBalances),
                .number("charges", proof.wrongCharges))
        }
    }

    private var closing: Markup {
        HTML.form(.class("card form"), .method(.post), .action("\(ClosingRoutes.path)/closings")) {
            FormHead(form.fault.map { [$0] } ?? [], visit: visit)
            FormField(
                LedgerWords.closeThrough.text(for: reader), name: "day", hint: LedgerWords.closeHint.text(for: reader),
                error: fault("day")
            ) { wiring in
                input(wiring, .type("date"), .required(), .value(form.typed))
            }
            FormField(
                LedgerWords.reason.text(for: reader), name: "reason", hint: LedgerWords.reasonHint.text(for: reader),
                error: fault("reason")
            ) { wiring in
                input(wiring, .maxlength(300), .autocomplete("off"), .value(form.reason))
            }
            div(.class("form-acts")) {
                button(.type("submit"), .class("primary")) { LedgerWords.close.text(for: reader) }
            }
        }
    }

    private func fault(_ name: String) -> String? {
        form.fault.flatMap { $0.name == name ? $0.text(for: reader) : nil }
    }

    private var history: Markup {
        table(
            LedgerWords.closings, [.closedUntil, .reason, .by, .night],
            closings.map { closing in
                [
                    .text(closing.through.text(.short, for: reader)), .text(closing.reason), .text(closing.actor),
                    .text(closing.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)),
                ]
            })
    }

    private func table(_ title: LedgerWords, _ headings: [LedgerWords], _ rows: [[Markup]]) -> Markup {
        let name = title.text(for: reader)
        return div(.class("table prose"), .role("region"), .tabindex(0), .aria("label", name)) {
            HTML.table {
                caption { name }
                thead { tr { for heading in headings { th(.scope("col")) { heading.text(for: reader) } } } }
                tbody {
                    for row in rows {
                        tr {
                            for (heading, cell) in zip(headings, row) {
                                td {
                                    span(.class("figure-name")) { "\(heading.text(for: reader)): " }
                                    cell
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
