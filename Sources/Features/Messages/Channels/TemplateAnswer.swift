import Access
import ChannelProtocol
import Conversations
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

/// A template that somebody writes to a customer from the conversation, when the channel takes nothing else.
struct TemplateAnswer: Sendable {
    let template: MessageTemplate
    /// What stands in its places, in order.
    let values: [String]

    static let longestValue = 500

    static func value(_ typed: String) -> String { FormText.line(typed, upTo: longestValue) }

    /// A place without a value is shown by its number.
    var text: String {
        MessageTemplate.filled(
            template.body, values.enumerated().map { $1.isEmpty ? "[\($0 + 1)]" : $1 })
    }

    func message() throws(TemplateRefusal) -> NewMessage {
        guard template.isUsable else { throw .notUsable }
        guard values.count == template.places, values.allSatisfy({ !$0.isEmpty }) else { throw .valueMissing }
        return .template(
            name: template.name, language: template.language, values: values, text: text.prefix(scalars: 4096))
    }
}

extension TenantDatabase {
    /// Those that the conversation's account may send now.
    func templates(for conversation: Conversation) async throws(DatabaseError) -> [MessageTemplate] {
        guard let account = conversation.account else { return [] }
        return try await templates().filter {
            $0.account.uuid == account && $0.isUsable && $0.category != .authentication
        }
    }

    /// With what is known of the customer in its places: by their names, where a notice uses the template; else their
    /// name is what texts usually begin with.
    func answer(
        _ template: MessageTemplate, in conversation: Conversation, from author: String, of company: Tenant
    ) async throws -> TemplateAnswer {
        let known = try await answerBlanks(in: conversation, from: author, of: company)
        let named = try await templateUses().first { $0.template.id == template.id }?.blanks
        let names = named ?? [TemplateAnswer.customer]
        let places = template.places ?? 0
        let values = (0..<places).map { place in
            let value = place < names.count ? known[names[place]] ?? "" : ""
            // A template's value has no line breaks.
            return TemplateAnswer.value(value.split(whereSeparator: \.isNewline).joined(separator: " · "))
        }
        return TemplateAnswer(template: template, values: values)
    }

    /// Sends it, and charges it to the month.
    func send(
        _ answer: TemplateAnswer, in conversation: Conversation, by author: MessageAuthor, isOwned: Bool,
        at now: Instant, of company: Tenant
    ) async throws {
        let message = try answer.message()
        if conversation.lastInboundAt == nil, try await !mayBegin(with: conversation.customer) {
            throw TemplateRefusal.noConsent
        }
        guard try await mayStillSpend(answer.template.category, at: now, in: company) else {
            throw TemplateRefusal.capReached
        }
        let sent = try await send(message, in: conversation.id, by: author, at: now, evenIfOwned: isOwned)
        try await charge(sent.id, answer.template.category, at: now, in: company)
    }
}

extension TemplateAnswer {
    /// The name under which a notice's values have the customer's.
    fileprivate static let customer = "nombre"
}

/// Writing first with a template: from the conversation to the choice, the text as it will be read, and off.
struct TemplateAnswerRoutes: Sendable {
    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/inbox/:id/template", .conversationsAnswer, "Escribir con una plantilla") {
            (visit, id: Conversation.ID) in try await page(of: id, nil, nil, visit)
        }
        routes.post(
            "/panel/inbox/:id/template", .conversationsAnswer, "Envía una plantilla en una conversación", send)
    }

    static func path(of conversation: Conversation) -> String { "/panel/inbox/\(conversation.id)/template" }

    private func page(
        of id: Conversation.ID, _ typed: TemplateAnswer?, _ fault: (any Refusal)?, _ visit: Visit
    ) async throws -> Response {
        guard let conversation = try await visit.database.conversation(id) else { throw AccessRefusal.notFound }
        let templates = try await visit.database.templates(for: conversation)
        let asked = visit.request.query["template"]
        var answer = typed
        if answer == nil, let template = templates.first(where: { "\($0.id)" == asked }) ?? templates.first {
            answer = try await visit.database.answer(
                template, in: conversation, from: visit.person ?? "", of: visit.tenant)
        }
        let budget = try await visit.database.messageBudget()
        let page = TemplateAnswerPage(
            conversation: conversation, templates: templates, answer: answer,
            price: answer.map { budget.price(of: $0.template.category) } ?? 0, fault: fault?.message, visit: visit)
        return try await Panel.page(
            page, titled: TemplateAnswerWords.send.text(for: visit.reader), status: fault?.status ?? .ok, for: visit)
    }

    private func send(_ visit: Visit, id: Conversation.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([FormID.field, "template", "preview", "owned"], repeated: ["value", "shown"])
        try await visit.admit()
        guard let conversation = try await visit.database.conversation(id) else { throw AccessRefusal.notFound }
        let templates = try await visit.database.templates(for: conversation)
        guard let template = templates.first(where: { "\($0.id)" == sent["template"] }) else {
            return try await page(of: id, nil, TemplateRefusal.notUsable, visit)
        }
        let values = sent.values("value").prefix(50).map(TemplateAnswer.value)
        let answer = TemplateAnswer(template: template, values: values)
        if sent["preview"] != nil { return try await page(of: id, answer, nil, visit) }
        do {
            _ = try answer.message()
            // Nothing leaves that was not read as the customer will read it.
            guard sent.values("shown") == values else { throw TemplateRefusal.readFirst }
            let (_, path) = try await visit.once(sent) { database in
                try await database.send(
                    answer, in: conversation, by: MessageAuthor(visit.principal), isOwned: sent["owned"] == "yes",
                    at: visit.now, of: visit.tenant)
                return ((), "/panel/inbox/\(id)#write")
            }
            return .redirect(to: path)
        } catch let refusal as TemplateRefusal {
            return try await page(of: id, answer, refusal, visit)
        } catch let refusal as ConversationRefusal {
            return try await page(of: id, answer, refusal, visit)
        }
    }

    /// In the conversation, where nothing but a template is taken.
    static let offer = TemplateOffer(10) { conversation, visit in
        if try await visit.database.templates(for: conversation).isEmpty {
            return p { TemplateAnswerWords.none.text(for: visit.reader) }
        }
        return p {
            a(.class("button primary"), .href(path(of: conversation))) {
                TemplateAnswerWords.send.text(for: visit.reader)
            }
        }
    }
}

struct TemplateAnswerPage: View {
    let conversation: Conversation
    let templates: [MessageTemplate]
    let answer: TemplateAnswer?
    /// Of one message, in minor units.
    let price: Int64
    let fault: Message?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { TemplateAnswerRoutes.path(of: conversation) }

    var body: Markup {
        Crumb(conversation.title, path: "/panel/inbox/\(conversation.id)")
        PageHeading(TemplateAnswerWords.send.text(for: reader))
        if let fault { p(.class("notice error"), .role("alert")) { fault.text(for: reader) } }
        if let answer {
            FilterBar(path, button: TemplateAnswerWords.choose.text(for: reader)) {
                FormField(TemplateWords.template.text(for: reader), name: "template") { wiring in
                    select(wiring) {
                        for template in templates {
                            option(.value("\(template.id)"), .selected(template.id == answer.template.id)) {
                                "\(template.name) (\(template.language))"
                            }
                        }
                    }
                }
            }
            LivingList { writing(answer) }
        } else {
            p(.class("empty")) { TemplateAnswerWords.none.text(for: reader) }
        }
    }

    private func writing(_ answer: TemplateAnswer) -> Markup {
        form(.class("card"), .method(.post), .action(path)) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            input(.type("hidden"), .name("template"), .value("\(answer.template.id)"))
            for value in answer.values { input(.type("hidden"), .name("shown"), .value(value)) }
            section(.role("status")) {
                h2 { TemplateWords.preview.text(for: reader) }
                p(.class("words")) { answer.text }
                if price > 0 {
                    p(.class("hint")) {
                        TemplateAnswerWords.costs.text(
                            for: reader,
                            .text("amount", Money(minor: price, visit.tenant.currency).exactText(for: reader)))
                    }
                }
            }
            for (place, value) in answer.values.enumerated() { field(place, value) }
            if let owner = conversation.assigneeName, conversation.assignee?.uuid != visit.admitted?.id {
                label(.class("choice")) {
                    input(.type("checkbox"), .name("owned"), .value("yes"))
                    span { TemplateAnswerWords.takeFrom.text(for: reader, .name(owner)) }
                }
            }
            div(.class("buttons")) {
                button(.type("submit"), .class("primary")) { TemplateAnswerWords.sendNow.text(for: reader) }
                button(.type("submit"), .name("preview"), .value("1")) { TemplateWords.look.text(for: reader) }
            }
        }
    }

    private func field(_ place: Int, _ value: String) -> Markup {
        // The name is one for all places; the identifiers are not.
        let id = "value-\(place + 1)"
        return div(.class("field")) {
            label(.for(id)) { TemplateAnswerWords.place.text(for: reader, .number("number", place + 1)) }
            input(
                .id(id), .name("value"), .type("text"), .value(value), .required(),
                .maxlength(TemplateAnswer.longestValue), .autocomplete("off"))
        }
    }
}

enum TemplateAnswerWords: MessageCatalogue {
    case send, sendNow, none, choose, place, costs, takeFrom

    var message: Message {
        switch self {
        case .send: Message(es: "Enviar plantilla", en: "Send a template", pt: "Enviar modelo")
        case .sendNow: Message(es: "Enviar", en: "Send", pt: "Enviar")
        case .none:
            Message(
                es: "Este número no tiene ninguna plantilla aprobada.", en: "This number has no approved template.",
                pt: "Este número não tem nenhum modelo aprovado.")
        case .choose: Message(es: "Elegir", en: "Choose", pt: "Escolher")
        case .place: Message(es: "Dato {number}", en: "Value {number}", pt: "Dado {number}")
        case .costs:
            Message(es: "WhatsApp cobra {amount}.", en: "WhatsApp charges {amount}.", pt: "O WhatsApp cobra {amount}.")
        case .takeFrom:
            Message(
                es: "La atiende {name}: escribir de todos modos y tomar la conversación",
                en: "{name} is answering it: write anyway and take the conversation",
                pt: "{name} está atendendo: escrever mesmo assim e assumir a conversa")
        }
    }
}
