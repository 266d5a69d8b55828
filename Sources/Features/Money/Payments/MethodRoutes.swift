import Access
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Roles
import Tenancy
import Time

/// Formas de pago: their names, whether they are offered, and each role's approval limit.
package struct MethodRoutes: Sendable {
    package init() {}

    static let path = "/panel/payment-methods"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/payment-methods", .paymentsMethods, "Las formas de pago", list)
        routes.get("/panel/payment-methods/:method", .paymentsMethods, "Una forma de pago y sus límites", ask)
        routes.post(
            "/panel/payment-methods/:method", .paymentsMethods, "Cambia una forma de pago y sus límites", change)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = MethodsPage(methods: try await visit.database.paymentMethods(of: visit.tenant), visit: visit)
        return try await Panel.page(page, titled: PaymentWords.methods.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit, word: String) async throws -> Response {
        let (method, _) = try await found(word, visit)
        let limits = try await visit.database.approvalLimits(of: word)
        return try await page(MethodForm(method, limits, for: visit), method, .ok, visit)
    }

    private func change(_ visit: Visit, word: String) async throws -> Response {
        let (method, place) = try await found(word, visit)
        let sent = try await visit.request.body.form(upTo: 32_768)
        let roles = try await visit.database.roles()
        let form = try MethodForm(sent, of: method, among: roles, for: visit)
        guard form.faults.isEmpty else { return try await page(form, method, .unprocessableContent, visit) }
        let late = try await visit.database.transaction { database -> MethodForm? in
            try await database.holdPaymentMethods()
            let present = MethodForm(
                try await found(word, visit, in: database).method, try await database.approvalLimits(of: word),
                for: visit)
            guard form.revision.isEmpty || form.revision == present.revision else {
                return form.late(for: present, visit.reader)
            }
            let change = Act.change(
                .paymentMethodChanged, nil, from: present.details(among: roles, in: visit.tenant.currency),
                to: form.details(among: roles, in: visit.tenant.currency))
            guard let change else { return nil }
            try await database.put(form.method, at: place)
            try await database.put(form.limits, of: word)
            try await database.record(change, by: visit.principal.actor, at: visit.now)
            return nil
        }
        if let late { return try await page(late, method, .conflict, visit) }
        return Panel.done(.saved, at: Self.path)
    }

    private func found(
        _ word: String, _ visit: Visit, in database: TenantDatabase? = nil
    ) async throws -> (method: PaymentMethod, place: Int) {
        let methods = try await (database ?? visit.database).paymentMethods(of: visit.tenant)
        guard let place = methods.firstIndex(where: { $0.word == word }) else { throw AccessRefusal.notFound }
        return (methods[place], place)
    }

    private func page(_ form: MethodForm, _ method: PaymentMethod, _ status: Status, _ visit: Visit) async throws
        -> Response
    {
        let page = MethodPage(
            method: method, form: form,
            roles: try await visit.database.roles().filter { $0.allowed.contains(.paymentsRegister) }, visit: visit)
        return try await Panel.page(page, titled: method.name, status: status, for: visit)
    }
}

struct MethodForm: Sendable {
    private(set) var method: PaymentMethod
    /// By role, as typed.
    private(set) var typed: [Role.ID: String] = [:]
    private(set) var limits: [ApprovalLimit] = []
    private(set) var faults: [(name: String, text: String)] = []
    /// The version that the author saw, for optimistic locking.
    private(set) var revision: String

    static func field(_ role: Role.ID) -> String { "limit-\(role)" }

    init(_ method: PaymentMethod, _ limits: [ApprovalLimit], for visit: Visit) {
        self.method = method
        self.limits = limits
        revision = Self.revision(of: method, limits)
        for limit in limits {
            typed[limit.role] = Money(minor: limit.most, visit.tenant.currency).exactText(for: visit.reader)
        }
    }

    init(_ fields: Fields, of method: PaymentMethod, among roles: [Role], for visit: Visit) throws {
        try fields.allow(Set(["name", "reference", "active", "revision"] + roles.map { Self.field($0.id) }))
        revision = FormText.line(fields["revision"], upTo: 10_000)
        let name = FormText.line(fields["name"], upTo: 60)
        self.method = method
        self.method.name = name
        self.method.needsReference = fields["reference"] != nil
        self.method.isActive = fields["active"] != nil
        if name.isEmpty { faults.append(("name", PaymentWords.nameMissing.text(for: visit.reader))) }
        for role in roles {
            let text = FormText.line(fields[Self.field(role.id)], upTo: 30)
            typed[role.id] = text
            if text.isEmpty { continue }
            do throws(AmountRefusal) {
                let most = try Money(typed: text, in: visit.tenant.currency, for: visit.reader)
                guard !most.isNegative else { throw .notANumber }
                limits.append(ApprovalLimit(method: method.word, role: role.id, most: most.minor))
            } catch {
                faults.append((Self.field(role.id), error.text(in: visit.tenant.currency, for: visit.reader)))
            }
        }
    }

    func fault(_ name: String) -> String? { faults.first { $0.name == name }?.text }

    private static func revision(of method: PaymentMethod, _ limits: [ApprovalLimit]) -> String {
        let limits = limits.map { "\($0.role)=\($0.most)" }.sorted().joined(separator: ",")
        return "\(method.name)|\(method.needsReference)|\(method.isActive)|\(limits)"
    }

    /// The form again, after somebody else changed the method.
    fileprivate func late(for present: MethodForm, _ reader: Reader) -> MethodForm {
        var form = self
        form.revision = present.revision
        form.faults.append(("name", NounWords.changedMeanwhile.message.text(for: reader)))
        return form
    }

    func details(among roles: [Role], in currency: Currency) -> [Act.Detail] {
        [
            Act.Detail("method", method.name), Act.Detail("needs_reference", "\(method.needsReference)"),
            Act.Detail("active", "\(method.isActive)"),
            Act.Detail(
                "limits",
                roles.compactMap { role in
                    limits.first { $0.role == role.id }.map {
                        "\(role.name): \(Money(minor: $0.most, currency).plainText)"
                    }
                }.joined(separator: ", ")),
        ]
    }
}

struct MethodsPage: View {
    let methods: [PaymentMethod]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let title = PaymentWords.methods.text(for: reader)
        Crumb(PaymentWords.payments.text(for: reader), path: Payment.list.path)
        PageHeading(title)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [PaymentWords.method, .kind, .needsReference, .isOffered] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody {
                    for method in methods {
                        tr {
                            td(.class("name")) { a(.href("\(MethodRoutes.path)/\(method.word)")) { method.name } }
                            td { method.kind.text(for: reader) }
                            td(.data("label", PaymentWords.needsReference.text(for: reader))) {
                                (method.needsReference ? NounWords.yes : .no).text(for: reader)
                            }
                            td(.data("label", PaymentWords.isOffered.text(for: reader))) {
                                (method.isActive ? NounWords.yes : .no).text(for: reader)
                            }
                        }
                    }
                }
            }
        }
    }
}

struct MethodPage: View {
    let method: PaymentMethod
    let form: MethodForm
    let roles: [Role]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(PaymentWords.methods.text(for: reader), path: MethodRoutes.path)
        h1 { method.name }
        if visit.mayAct(with: .paymentsMethods) { fields } else { p { method.kind.text(for: reader) } }
    }

    private var fields: Markup {
        HTML.form(.class("card form"), .method(.post), .action("\(MethodRoutes.path)/\(method.word)")) {
            ErrorSummary(PaymentWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text) })
            input(.type("hidden"), .name("revision"), .value(form.revision))
            FormField(PaymentWords.name.text(for: reader), name: "name", error: form.fault("name")) { wiring in
                input(wiring, .required(), .maxlength(60), .autocomplete("off"), .value(form.method.name))
            }
            flag("reference", .needsReference, form.method.needsReference)
            flag("active", .isOffered, form.method.isActive)
            fieldset {
                legend { PaymentWords.limits.text(for: reader) }
                p(.class("hint")) { PaymentWords.limitsHint.text(for: reader) }
                for role in roles { limit(of: role) }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(MethodRoutes.path)) { PaymentWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { NounWords.save.text(for: reader) }
            }
        }
    }

    private func flag(_ name: String, _ words: PaymentWords, _ isOn: Bool) -> Markup {
        label(.class("choice")) {
            input(.type("checkbox"), .name(name), .value("yes"), .checked(isOn))
            span { words.text(for: reader) }
        }
    }

    private func limit(of role: Role) -> Markup {
        let name = MethodForm.field(role.id)
        return FormField(role.name, name: name, error: form.fault(name)) { wiring in
            input(
                wiring, .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .value(form.typed[role.id] ?? ""))
        }.body
    }
}
