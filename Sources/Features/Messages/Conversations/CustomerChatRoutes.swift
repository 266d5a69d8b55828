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
import Workbooks

/// A customer's conversations on the customer's page, and how many customers have any.
struct CustomerChatRoutes: Sendable {
    private let randomness: Randomness
    private let files: ListFiles

    init(randomness: Randomness, files: ListFiles) { (self.randomness, self.files) = (randomness, files) }

    static let unlinked = "/panel/conversations/unlinked"
    static let length = 100

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/conversation", .conversationsRead, "Las conversaciones de un cliente") {
            (visit, id: Customer.ID) in try await page(of: id, code: nil, visit)
        }
        routes.post(
            "/panel/customers/:id/conversation", .conversationsAnswer, "Empieza a escribir a un cliente en su portal",
            begin)
        routes.post(
            "/panel/customers/:id/link-code", .conversationsAnswer, "Hace un código para vincular el chat de un cliente"
        ) { (visit, id: Customer.ID) in
            let code = try await visit.database.makeLinkCode(for: id, by: visit.principal, from: randomness)
            return try await page(of: id, code: code, visit)
        }
        routes.post(
            "/panel/customers/:id/consent", .conversationsAnswer, "Anota que un cliente acepta que se le escriba",
            noteConsent)
        routes.post(
            "/panel/customers/:id/consent/end", .conversationsAnswer,
            "Anota que un cliente ya no acepta que se le escriba"
        ) { (visit, id: Customer.ID) in
            try await answering(visit, id) {
                try await visit.database.endConsents(of: id, by: visit.principal.actor, at: visit.now)
            }
        }
        routes.get(
            "/panel/conversations/unlinked", .conversationsRead, "Los clientes que no tienen un chat vinculado",
            unlinked
        )
        routes.get(
            "/panel/conversations/unlinked.csv", .customersExport, "Exporta los clientes sin chat vinculado", export)
    }

    private func noteConsent(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        try sent.allow([FormID.field, "way", "day", "proof"])
        guard let way = sent["way"].flatMap(MessageConsent.Way.init) else { throw BadRequest() }
        let today = visit.tenant.timeZone.day(at: visit.now)
        let proof = FormText.line(sent["proof"], upTo: NewConsent.longestProof)
        return try await answering(visit, id) {
            guard let day = sent["day"].flatMap({ Day(iso: $0) }) else { throw ConsentRefusal.dayWrong }
            let new = NewConsent(way: way, givenOn: day, proof: proof)
            _ = try await visit.once(sent) { database in
                try await database.note(new, of: id, on: today, by: visit.principal.actor, at: visit.now)
                return ((), "")
            }
        }
    }

    private func answering(
        _ visit: Visit, _ id: Customer.ID, _ act: () async throws -> Void
    ) async throws -> Response {
        try await visit.admit()
        do {
            try await act()
            return Panel.done(.saved, at: "/panel/customers/\(id)/conversation")
        } catch let refusal as ConsentRefusal {
            return try await page(of: id, code: nil, visit, refused: refusal)
        }
    }

    private func page(
        of id: Customer.ID, code: String?, _ visit: Visit, refused refusal: ConsentRefusal? = nil
    ) async throws -> Response {
        let heading = try await CustomerHeading(of: id, for: visit)
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let page = CustomerChatPage(
            heading: heading, customer: customer,
            conversations: try await visit.database.conversations(of: id, limit: 20), code: code,
            consent: ConsentCard(
                customer: customer, consents: try await visit.database.consents(of: id),
                first: try await visit.database.firstWords(of: id), visit: visit),
            fault: refusal?.message, visit: visit)
        return try await Panel.page(page, titled: customer.name, status: refusal?.status ?? .ok, for: visit)
    }

    private func begin(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let conversation = try await visit.database.beginOnPortal(with: id, by: visit.principal)
        return .redirect(to: "\(InboxQuery.path)/\(conversation)#write")
    }

    private func unlinked(_ visit: Visit) async throws -> Response {
        let after = max(0, visit.request.query["after"].flatMap { Int($0) } ?? 0)
        let found = try await visit.database.unlinkedCustomers(after: after, limit: Self.length)
        let page = UnlinkedPage(
            share: after == 0 ? try await visit.database.linkedShare() : nil, customers: found.customers,
            next: found.next, isFirst: after == 0, visit: visit)
        return try await Panel.page(page, titled: InboxWords.linking.text(for: visit.reader), for: visit)
    }

    private func export(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let reader = visit.reader
        return try await files.answer(
            "sin-chat",
            headings: [Customer.fields[0].label, InboxWords.name.message, InboxWords.telephone.message].map {
                $0.text(for: reader)
            }, as: .csv, for: visit, first: { try await Self.part(after: 0, visit) })
    }

    private static func part(after number: Int, _ visit: Visit) async throws -> FilePart {
        let found = try await visit.database.unlinkedCustomers(after: number, limit: 1000)
        let rows: [[Workbook.Cell]] = found.customers.map {
            [.text("\($0.number)"), .text($0.name), .text($0.phone)]
        }
        guard let next = found.next else { return FilePart(rows) }
        return FilePart(rows, next: { try await part(after: next, visit) })
    }
}

struct UnlinkedCustomer: RowReadable, Sendable {
    let id: Customer.ID
    let number: Int
    let name: String
    let phone: String

    init(row: Row) throws(DatabaseError) {
        id = try row.read("customer_id")
        number = try row.read("number")
        name = try row.read("name")
        phone = try row.read("phone")
    }
}

/// How many customers with a service, installed or not, have a linked chat.
struct LinkedShare: RowReadable, Sendable {
    let linked: Int
    let total: Int

    init(row: Row) throws(DatabaseError) { (linked, total) = (try row.read("linked"), try row.read("total")) }

    var percent: Int { total == 0 ? 0 : linked * 100 / total }
}

extension TenantDatabase {
    /// A chat on the portal, of which the customer knows when they look there.
    package func beginOnPortal(with id: Customer.ID, by principal: Principal) async throws -> Conversation.ID {
        try await transaction { database in
            guard let customer = try await database.customer(id) else { throw AccessRefusal.notFound }
            let key = ConversationKey(.portal, account: nil, with: customer.id.description)
            let conversation = try await database.openConversation(
                key, name: customer.name, phone: nil, at: principal.now)
            if conversation.customer == nil {
                try await database.linkByChannel(
                    conversation, .portal, nil, by: MessageAuthor(principal), at: principal.now)
            }
            return conversation.id
        }
    }

    private static var counted: SQL { "c.merged_into IS NULL AND c.state NOT IN ('prospect', 'cancelled')" }

    private var isLinked: SQL {
        """
        EXISTS (SELECT FROM conversations v WHERE v.tenant_id = \(tenant) AND v.customer_id = c.customer_id)
        """
    }

    /// How many customers are looked at for one page, however few of them have no chat.
    private static var lookedAt: Int { 5000 }

    /// The next ones by number, and the number after which to go on; nil at the end.
    func unlinkedCustomers(
        after number: Int, limit: Int
    ) async throws(DatabaseError) -> (customers: [UnlinkedCustomer], next: Int?) {
        let results = try await batch([
            """
            SELECT c.customer_id, c.number, c.name, c.phone FROM (
                SELECT * FROM customers
                WHERE tenant_id = \(tenant) AND number > \(number) ORDER BY number LIMIT \(Self.lookedAt)) c
            WHERE \(Self.counted) AND NOT \(isLinked) ORDER BY c.number LIMIT \(limit)
            """,
            """
            SELECT number FROM customers WHERE tenant_id = \(tenant) AND number > \(number)
            ORDER BY number OFFSET \(Self.lookedAt - 1) LIMIT 1
            """,
        ])
        let found: [UnlinkedCustomer] = try results[0].read()
        let reached: Int? = try results[1].first?.read("number")
        return (found, found.count == limit ? found.last?.number : reached)
    }

    func linkedShare() async throws(DatabaseError) -> LinkedShare? {
        try await first(
            """
            SELECT count(*) FILTER (WHERE \(isLinked)) AS linked, count(*) AS total FROM customers c
            WHERE c.tenant_id = \(tenant) AND \(Self.counted)
            """)
    }
}

private struct CustomerChatPage: View {
    let heading: CustomerHeading
    let customer: Customer
    let conversations: [Conversation]
    let code: String?
    let consent: ConsentCard
    let fault: Message?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        heading
        if let fault { p(.class("notice error"), .role("alert")) { fault.text(for: reader) } }
        h2 { InboxWords.conversation.text(for: reader) }
        if conversations.isEmpty {
            p(.class("hint")) { InboxWords.noConversations.text(for: reader) }
        } else {
            ul(.class("cards")) {
                for conversation in conversations {
                    li(.class("card")) {
                        p {
                            a(.href("\(InboxQuery.path)/\(conversation.id)#write")) {
                                "\(conversation.channel.name) · \(conversation.phone ?? conversation.name)"
                            }
                            " "
                            StateMark(conversation.state, for: reader)
                        }
                        p { conversation.lastMessage }
                        p(.class("hint")) {
                            conversation.lastMessageAt.text(.short, in: visit.tenant.timeZone, for: reader)
                        }
                    }
                }
            }
        }
        if visit.mayAct(with: .conversationsAnswer) { acts }
        consent
    }

    private var acts: Markup {
        div(.class("acts")) {
            if !conversations.contains(where: { $0.channel == .portal }) {
                form(.method(.post), .action("\(customer.panelPath)/conversation")) {
                    button(.type("submit")) { InboxWords.writeOnPortal.text(for: reader) }
                    p(.class("hint")) { InboxWords.portalHint.text(for: reader) }
                }
            }
            form(.method(.post), .action("\(customer.panelPath)/link-code")) {
                button(.type("submit")) { InboxWords.makeCode.text(for: reader) }
                p(.class("hint")) { InboxWords.codeHint.text(for: reader) }
            }
            if let code {
                section(.class("card"), .role("status")) {
                    p { InboxWords.codeMade.text(for: reader) }
                    p { output(.class("code")) { "vincular \(code)" } }
                    if let phone = Phone(e164: customer.phone) {
                        p {
                            a(.class("button"), .href(invitation(code, to: phone)), .rel("noopener"), .target("_blank"))
                            {
                                "WhatsApp"
                            }
                        }
                    }
                }
            }
        }
    }

    private func invitation(_ code: String, to phone: Phone) -> String {
        let text = InboxWords.codeText.text(
            for: visit.tenant.reader, .text("company", visit.tenant.name), .text("code", code))
        return "https://wa.me/\(phone.e164.dropFirst())?text=\(PercentCoding.escape(text))"
    }
}

private struct UnlinkedPage: View {
    let share: LinkedShare?
    let customers: [UnlinkedCustomer]
    let next: Int?
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = InboxWords.unlinkedCustomers.text(for: reader)
        PageHeading(InboxWords.linking.text(for: reader)) {
            if visit.may(.customersExport) {
                a(.class("button"), .href("\(CustomerChatRoutes.unlinked).csv"), .download()) { "CSV" }
            }
        }
        p(.class("hint lead")) { InboxWords.linkingIntro.text(for: reader) }
        if let share {
            p(.class("large")) {
                InboxWords.linkedShare.text(
                    for: reader, .number("linked", share.linked), .number("total", share.total),
                    .number("percent", share.percent))
            }
        }
        if customers.isEmpty, next != nil {
            p(.class("empty")) { InboxWords.noneHere.text(for: reader) }
        } else if customers.isEmpty {
            EmptyState(.messages, InboxWords.everyoneLinked.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead {
                        tr {
                            th(.scope("col")) { Customer.fields[0].label.text(for: reader) }
                            th(.scope("col")) { InboxWords.name.text(for: reader) }
                            th(.scope("col")) { InboxWords.telephone.text(for: reader) }
                        }
                    }
                    tbody { for customer in customers { row(customer) } }
                }
            }
        }
        if !isFirst || next != nil {
            nav(.class("pager"), .aria("label", title)) {
                if !isFirst { a(.href(CustomerChatRoutes.unlinked)) { InboxWords.newer.text(for: reader) } }
                if let next {
                    a(.href("\(CustomerChatRoutes.unlinked)?after=\(next)")) { InboxWords.following.text(for: reader) }
                }
            }
        }
    }

    private func row(_ customer: UnlinkedCustomer) -> Markup {
        tr {
            td(.class("number")) { "\(customer.number)" }
            td(.class("name")) {
                a(.href("/panel/customers/\(customer.id)/conversation")) { customer.name }
            }
            td(.data("label", InboxWords.telephone.text(for: reader))) {
                Phone.text(of: customer.phone, in: visit.tenant.region)
            }
        }
    }
}
