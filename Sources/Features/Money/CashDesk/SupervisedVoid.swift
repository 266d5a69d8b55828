import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Tenancy

/// The void of a payment at the till by a person who may not do it alone: a supervisor confirms it there with their
/// PIN.
package struct SupervisedVoid: Sendable, Equatable {
    package var supervisor: StaffMember.ID?
    package var pin: String?
    package var reason = ""

    package init() {}
}

extension SupervisedVoid: Fielded {
    package static let noun = "SupervisedVoid"

    package static let fields: [Field<SupervisedVoid>] = [
        .reference("supervisor", \.supervisor, SupervisorWords.supervisor.message),
        .secret("pin", \.pin, upTo: 8, SupervisorWords.pin.message),
        .line("reason", \.reason, 1...200, CashDeskWords.reason.message),
    ]
}

/// The form for choosing one's PIN.
struct ChosenPIN: Sendable, Equatable {
    var pin: String?
    var password: String?
}

extension ChosenPIN: Fielded {
    static let noun = "ChosenPIN"

    static let fields: [Field<ChosenPIN>] = [
        .secret("pin", \.pin, upTo: 8, SupervisorWords.newPIN.message).hint(SupervisorWords.pinHint.message),
        .secret("password", \.password, upTo: 200, SupervisorWords.password.message),
    ]
}

struct SupervisorRoutes: Sendable {
    private let acts: PaymentActs
    private let signIn: SignIn

    static let path = "/panel/cash/pin"

    init(_ acts: PaymentActs, _ signIn: SignIn) { (self.acts, self.signIn) = (acts, signIn) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/cash/pin", .paymentsReverse, "Formulario del propio PIN de supervisor") { visit in
            try await page(NounForm(new: ChosenPIN()), .ok, visit)
        }
        routes.post("/panel/cash/pin", .paymentsReverse, "Elige el propio PIN de supervisor", choose)
        routes.get("/panel/payments/:id/void/new", .cashKeep, "Formulario para anular un cobro con supervisor") {
            (visit, id: Payment.ID) in
            try await page(NounForm(new: SupervisedVoid()), found(id, visit), .ok, visit)
        }
        routes.post("/panel/payments/:id/void", .cashKeep, "Anula un cobro que otra persona autoriza", void)
    }

    /// A payment's card, for those who may not undo it alone.
    static let part = PaymentPart(10) { payment, visit in
        guard payment.state == .applied, visit.mayAct(with: .cashKeep), !visit.may(.paymentsReverse) else {
            return .nothing
        }
        return div(.class("acts")) {
            a(.class("button danger"), .href("/panel/payments/\(payment.id)/void/new"), .data("dialog", "")) {
                SupervisorWords.void.text(for: visit.reader)
            }
        }
    }

    private func choose(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        var form = try NounForm<ChosenPIN>(try await visit.request.body.form(upTo: 4096))
        let chosen = form.applied(to: ChosenPIN())
        // Platform staff who entered the company have no PIN here.
        guard let admitted = visit.admitted, admitted.kind == .session,
            let member = try await visit.database.staffMember(ID(admitted.id))
        else { throw AccessRefusal.notPermitted }
        do {
            try await signIn.set(
                try SupervisorPIN(chosen.pin ?? ""), of: member, password: chosen.password ?? "",
                at: "\(visit.request.client)", now: visit.now, in: visit.database)
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as SupervisorPINRefusal {
            form.add(refusal, beside: "pin")
            return try await page(form, refusal.status, visit)
        } catch let refusal as SignInRefusal {
            form.add(refusal, beside: "password")
            return try await page(form, refusal.status, visit)
        }
    }

    private func void(_ visit: Visit, id: Payment.ID) async throws -> Response {
        let payment = try await found(id, visit)
        var form = try NounForm<SupervisedVoid>(try await visit.request.body.form(upTo: 4096))
        guard form.faults.isEmpty else { return try await page(form, payment, .unprocessableContent, visit) }
        let asked = form.applied(to: SupervisedVoid())
        guard let asker = visit.admitted?.id else { throw AccessRefusal.notPermitted }
        do {
            guard let supervisor = asked.supervisor else { throw SupervisorPINRefusal.wrong }
            let proof = try await signIn.check(
                asked.pin ?? "", of: supervisor, holding: .paymentsReverse, for: asker, at: visit.now,
                in: visit.database)
            let zone = try await visit.database.customer(payment.customer)?.zone
            guard proof.supervisor.zones.map({ zones in zone.map { zones.contains($0.uuid) } ?? false }) ?? true else {
                throw SupervisorPINRefusal.wrong
            }
            _ = try await visit.database.transaction { database in
                try await database.hold(proof)
                return try await acts.reverse(
                    id, of: visit.tenant, because: asked.reason, confirmedBy: proof.supervisor.name,
                    by: visit.principal, in: database)
            }
            return Panel.done(.paymentVoided, at: "/panel/payments/\(id)")
        } catch let refusal as SupervisorPINRefusal {
            form.add(refusal, beside: "pin")
            return try await page(form, payment, refusal.status, visit)
        } catch let refusal as PaymentRefusal {
            form.add(refusal, beside: "reason")
            return try await page(form, payment, refusal.status, visit)
        }
    }

    private func found(_ id: Payment.ID, _ visit: Visit) async throws -> Payment {
        guard let payment = try await visit.database.payment(id) else { throw AccessRefusal.notFound }
        return payment
    }

    private func page(_ form: NounForm<ChosenPIN>, _ status: Status, _ visit: Visit) async throws -> Response {
        try await visit.admit()
        let title = SupervisorWords.mine.text(for: visit.reader)
        let member = visit.admitted.map { StaffMember.ID($0.id) }
        let isSet = if let member { try await visit.database.hasPIN(member) } else { false }
        let hint = (isSet ? SupervisorWords.isSet : .isNotSet).text(for: visit.reader)
        guard visit.mayAct(with: .paymentsReverse) else {
            return try await Panel.page(NoPINPage(title: title, hint: hint), titled: title, for: visit)
        }
        let page = NounFormPage(
            title, form, to: Self.path, cancel: "/panel/settings", submit: NounWords.save.message,
            notice: p(.class("hint")) { hint }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func page(
        _ form: NounForm<SupervisedVoid>, _ payment: Payment, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        try await visit.admit()
        guard let asker = visit.admitted?.id else { throw AccessRefusal.notPermitted }
        let title = SupervisorWords.void.text(for: visit.reader)
        let undoing = try await acts.rehearse(undoing: payment, for: visit)
        let others = try await visit.database.supervisors(holding: .paymentsReverse, besides: asker)
        let page = NounFormPage(
            title, form,
            options: ["supervisor": FieldOptions(others.map { ("\($0.id)", $0.name) }, none: nil, isRequired: true)],
            to: "/panel/payments/\(payment.id)/void", cancel: "/panel/payments/\(payment.id)",
            submit: SupervisorWords.void.message,
            notice: .group([
                p {
                    "\(payment.folio) · \(payment.customerName) · "
                    strong { payment.amount.exactText(for: visit.reader) }
                },
                p(.class("hint")) {
                    (others.isEmpty ? SupervisorWords.nobody : .voidHint).text(for: visit.reader)
                },
                .group((undoing?.warnings ?? []).map { warning in p(.class("warning")) { warning } }),
            ]), visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// In a company that is read-only now.
private struct NoPINPage: View {
    let title: String
    let hint: String

    var body: Markup {
        h1 { title }
        p(.class("hint")) { hint }
    }
}

enum SupervisorWords: MessageCatalogue {
    case supervisor, pin, newPIN, pinHint, password, mine, isSet, isNotSet, void, voidHint, nobody

    var message: Message {
        switch self {
        case .supervisor: Message(es: "Quién autoriza", en: "Who confirms it", pt: "Quem autoriza")
        case .pin: Message(es: "Su PIN de supervisor", en: "Their supervisor's PIN", pt: "O PIN de supervisor dele")
        case .newPIN: Message(es: "PIN nuevo", en: "New PIN", pt: "PIN novo")
        case .pinHint: Message(es: "De 6 a 8 cifras.", en: "6 to 8 digits.", pt: "De 6 a 8 dígitos.")
        case .password: Message(es: "Contraseña actual", en: "Present password", pt: "Senha atual")
        case .mine: Message(es: "Mi PIN de supervisor", en: "My supervisor's PIN", pt: "Meu PIN de supervisor")
        case .isSet:
            Message(
                es: "Ya tiene un PIN. Con él autoriza anulaciones en la caja de otra persona; el nuevo lo reemplaza.",
                tu: "Ya tienes un PIN. Con él autorizas anulaciones en la caja de otra persona; el nuevo lo reemplaza.",
                vos: "Ya tenés un PIN. Con él autorizás anulaciones en la caja de otra persona; el nuevo lo reemplaza.",
                en: "You have a PIN. With it you confirm what is undone at another's till; a new one takes its place.",
                pt: "Você já tem um PIN. Com ele autoriza anulações no caixa de outra pessoa; o novo o substitui.")
        case .isNotSet:
            Message(
                es: "Con un PIN autoriza anulaciones en la caja de otra persona, sin entrar con su cuenta.",
                tu: "Con un PIN autorizas anulaciones en la caja de otra persona, sin entrar con tu cuenta.",
                vos: "Con un PIN autorizás anulaciones en la caja de otra persona, sin entrar con tu cuenta.",
                en: "With a PIN you confirm what is undone at another's till, without signing in there.",
                pt: "Com um PIN você autoriza anulações no caixa de outra pessoa, sem entrar com sua conta.")
        case .void: Message(es: "Anular con supervisor", en: "Undo with a supervisor", pt: "Anular com supervisor")
        case .voidHint:
            Message(
                es: "El cobro se reversa y el efectivo sale de la caja. Quedan registrados los dos nombres.",
                en: "The payment is reversed and its cash leaves the till. Both names are recorded.",
                pt: "O recebimento é estornado e o dinheiro sai do caixa. Os dois nomes ficam registrados.")
        case .nobody:
            Message(
                es: "Nadie que pueda anular ha elegido todavía su PIN: se elige en Ajustes, «PIN de supervisor».",
                en: "Nobody who may undo payments has chosen a PIN yet: that is done in Settings, “Supervisor's PIN”.",
                pt: "Ninguém que possa anular escolheu ainda seu PIN: escolhe-se em Ajustes, «PIN de supervisor».")
        }
    }
}
