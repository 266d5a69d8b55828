import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Images
import Ledger
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Sandbox
import Subscribers
import Tenancy
import Time
import Vault

/// Ya pagué: a subscriber sends a receipt's picture, and sees the earlier ones with their state.
package struct PortalReceiptRoutes: Sendable {
    private let acts: PaymentActs
    private let sandbox: Sandbox
    private let vault: Vault
    private let randomness: Randomness

    package init(_ acts: PaymentActs, drawingIn sandbox: Sandbox, vault: Vault, randomness: Randomness) {
        (self.acts, self.sandbox, self.vault, self.randomness) = (acts, sandbox, vault, randomness)
    }

    static let path = "/portal/receipts"
    /// Room for the picture and the other fields.
    private static let limits = RouteLimits(body: DrawPicture.mostBytes + 65_536)

    package func add(to routes: inout Portal.Routes) {
        routes.get("/portal/receipts", .portal, "Los comprobantes del cliente") { visit in
            try await page(nil, .ok, visit)
        }
        routes.post("/portal/receipts", .portal, "El cliente sube un comprobante", limits: Self.limits, send)
    }

    private func send(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 8, fieldBytes: 2048, fileBytes: DrawPicture.mostBytes))
        var form = try PaymentForm(sent.fields, in: visit.tenant.currency, for: visit.reader)
        guard let file = sent.files.first, file.field == "receipt", file.size > 0 else {
            form.faults.append(("receipt", PaymentWords.evidenceMissing.text(for: visit.reader)))
            return try await page(form, .unprocessableContent, visit)
        }
        guard let new = form.payment(of: subscriber.id) else {
            return try await page(form, .unprocessableContent, visit)
        }
        do {
            // A reference is what tells one transfer from another.
            let methods = try await visit.database.paymentMethods(of: visit.tenant)
            if methods.first(where: { $0.word == new.method })?.needsReference == true, new.reference.isEmpty {
                throw PaymentRefusal.referenceMissing
            }
            if let part = visit.catalogue.parts(ReceiptTaking.self).first {
                let tools = ReceiptTools(acts, in: sandbox, vault: vault, randomness: randomness)
                _ = try await part.take(try await file.bytes(), new, tools, visit)
            } else {
                let evidence = try await PaymentEvidence.draw(
                    try await file.bytes(), in: sandbox, for: visit.tenant.id.uuid)
                _ = try await acts.claim(
                    new, shownBy: evidence, sealedIn: vault, of: visit.tenant, by: visit.principal,
                    in: visit.database)
            }
            return Portal.done(.receiptSent, at: Self.path)
        } catch let fault as PictureFault {
            form.faults.append(("receipt", fault.message.text(for: visit.reader)))
        } catch SandboxFailure.overran, SandboxFailure.crashed {
            form.faults.append(("receipt", PictureFault.tooLarge.message.text(for: visit.reader)))
        } catch let refusal as PaymentRefusal {
            form.faults.append((refusal.field, refusal.message.text(for: visit.reader)))
        }
        return try await page(form, .unprocessableContent, visit)
    }

    private func page(_ form: PaymentForm?, _ status: Status, _ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let methods = try await visit.database.paymentMethods(of: visit.tenant).filter {
            $0.isActive && $0.leavesReceipt
        }
        let owed = try await visit.database.balance(of: subscriber.id, in: visit.tenant.currency).owed
        let page = PortalReceiptsPage(
            payments: try await visit.database.payments(of: subscriber.id, limit: 20), methods: methods,
            form: form
                ?? PaymentForm(
                    paying: owed, by: methods.first?.word ?? "", on: visit.tenant.timeZone.day(at: visit.now),
                    id: .make(milliseconds: visit.now.milliseconds, from: randomness), for: visit.reader),
            visit: visit)
        return try await Portal.page(page, on: .details, status: status, for: visit)
    }
}

extension PaymentMethod {
    /// Neither cash nor cards leave a receipt to send.
    var leavesReceipt: Bool { kind != .cash && kind != .card }
}

struct PortalReceiptsPage: View {
    let payments: [Payment]
    let methods: [PaymentMethod]
    let form: PaymentForm
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { PaymentWords.alreadyPaid.text(for: reader) }
        if methods.isEmpty { p { PaymentWords.noMethodsToSend.text(for: reader) } } else { upload }
        h2 { PaymentWords.myPayments.text(for: reader) }
        if payments.isEmpty {
            p(.class("hint")) { PaymentWords.nonePaid.text(for: reader) }
        } else {
            ul(.class("plain lines")) { for payment in payments { li { line(payment) } } }
        }
    }

    private var upload: Markup {
        HTML.form(.class("card"), .method(.post), .multipart, .action(PortalReceiptRoutes.path)) {
            p(.class("hint")) { PaymentWords.evidenceHint.text(for: reader) }
            ErrorSummary(PaymentWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text) })
            input(.type("hidden"), .name("id"), .value(form.id.description))
            FormField(PaymentWords.evidence.text(for: reader), name: "receipt", error: form.fault("receipt")) {
                wiring in
                input(wiring, .type("file"), .required(), .accept("image/png,image/jpeg,image/webp"))
            }
            FormField(PaymentWords.amount.text(for: reader), name: "amount", error: form.fault("amount")) { wiring in
                input(
                    wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"),
                    .value(form.amount))
            }
            FormField(PaymentWords.method.text(for: reader), name: "method", error: form.fault("method")) { wiring in
                select(wiring) {
                    for method in methods {
                        option(.value(method.word), .selected(method.word == form.method)) { method.name }
                    }
                }
            }
            FormField(PaymentWords.reference.text(for: reader), name: "reference", error: form.fault("reference")) {
                wiring in
                input(wiring, .maxlength(60), .autocomplete("off"), .value(form.reference))
            }
            FormField(PaymentWords.day.text(for: reader), name: "day", error: form.fault("day")) { wiring in
                input(wiring, .type("date"), .required(), .value(form.day))
            }
            button(.type("submit"), .class("primary")) { PaymentWords.sendEvidence.text(for: reader) }
        }
    }

    @MarkupBuilder private func line(_ payment: Payment) -> Markup {
        span {
            "\(payment.day.text(.short, for: reader)) · \(payment.methodName) "
            StateMark(payment.state, for: reader)
            if payment.state == .rejected, !payment.reason.isEmpty { " \(payment.reason)" }
        }
        span(.class("figures")) { payment.amount.exactText(for: reader) }
    }
}
