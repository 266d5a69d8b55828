import Access
import Events
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers

/// The list, the page and the forms, as somebody at the ISP uses them.
@Suite struct CustomerPanelTests {
    /// Somebody signed in at one tenant.
    struct Person {
        let tenant: TestTenant
        let cookie: String

        init(_ tenant: TestTenant, _ permissions: [Permission] = [.customersRead, .customersWrite]) async throws {
            self.tenant = tenant
            cookie = try await tenant.signIn(permissions)
        }

        func ask(_ target: String, method: String = "GET", form: String = "") async throws -> Answer {
            var routes = Panel.Routes()
            CustomerRoutes(randomness: tenant.site.randomness).add(to: &routes)
            let door = tenant.door(routes, credential: Panel.credential, refuse: Panel.refuse)
            return try await tenant.ask(
                door, target, method: method,
                headers: [
                    "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                ], body: Array(form.utf8))
        }

        func send(_ path: String, _ form: String) async throws -> Answer {
            try await ask(path, method: "POST", form: form)
        }

        /// The numbers of the customers on a page and all that follow it.
        func follow(_ start: String) async throws -> [Int] {
            var target = start
            var shown: [Int] = []
            while shown.count < 500 {
                let text = try await ask(target).text
                let cells = text.split(separator: "<td class=\"number\">").dropFirst()
                shown += cells.compactMap { Int($0.prefix { $0.isNumber }) }
                guard let link = text.split(separator: "<a class=\"button\" href=\"").last,
                    link.contains("rel=\"next\"")
                else { break }
                target = String(link.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
            }
            return shown
        }

        /// The path of the customer that a form made.
        func create(_ form: String) async throws -> String {
            let answer = try await send("/panel/customers", form)
            #expect(answer.status == .seeOther)
            return try #require(answer.headers["Location"]?.split(separator: "?").first.map(String.init))
        }
    }

    @Test func `somebody makes a customer, reads it and changes it, and the record says so`() async throws {
        try await withTenants { norte, sur in
            let ana = try await Person(norte, [.customersRead, .customersWrite, .auditRead])
            let path = try await ana.create("name=++In%C3%A9s++%C3%91and%C3%BA&phone=55+0000+1234&state=active")
            let page = try await ana.ask(path)
            for text in ["Inés Ñandú", "tel:5500001234", "Activo", "N.º 1", "Creó un cliente", "\(path)/edit"] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(try await ana.ask("\(path)/edit").text.contains(#"value="Inés Ñandú""#))
            let saved = try await ana.send(path, "name=In%C3%A9s&phone=55+0000+1234&state=in_debt&since=2026-01-31")
            #expect(saved.headers["Location"] == "\(path)?notice=saved")
            let event = try await norte.database.events(
                before: nil, kind: "customer.changed", actor: nil, subject: nil, limit: 9)
            #expect(event.count == 1 && event.first?.actor == "Ana")
            #expect(event.first?.before.map(\.name) == ["name", "state", "since"])
            #expect(try await Person(sur).ask(path).status == .notFound)
            #expect(try await Person(sur).send(path, "name=x").status == .notFound)
            #expect(try await Person(sur).ask("\(path)/edit").status == .notFound)
        }
    }

    @Test func `what cannot be taken is said beside its field, and nothing typed is lost`() async throws {
        try await withTenants { norte, _ in
            let ana = try await Person(norte)
            let answer = try await ana.send("/panel/customers", "name=+&phone=555&since=2026-02-30")
            #expect(answer.status == .unprocessableContent)
            for text in [
                "Escriba el nombre.", "Escriba una fecha que exista", "href=\"#field-since\"", #"value="555""#,
                #"aria-invalid="true""#,
            ] { #expect(answer.text.contains(text), "\(text)") }
            #expect(try await ana.send("/panel/customers", "name=x&state=gone").status == .badRequest)
            #expect(try await ana.send("/panel/customers", "name=x&colour=red").status == .badRequest)
            #expect(try await norte.database.customers(after: 0, limit: 9).isEmpty)
        }
    }

    @Test func `of two who edit the same customer, the second is told and decides`() async throws {
        try await withTenants { norte, _ in
            let ana = try await Person(norte)
            let path = try await ana.create("name=In%C3%A9s")
            func seen(_ answer: Answer) throws -> String {
                let part = try #require(answer.text.split(separator: #"name="seen" value=""#).dropFirst().first)
                return String(part.prefix { $0 != "\"" })
            }
            let form = try seen(try await ana.ask("\(path)/edit"))
            #expect(try await ana.send(path, "name=Primera&seen=\(form)").status == .seeOther)
            let told = try await ana.send(path, "name=Segunda&seen=\(form)")
            #expect(told.status == .conflict)
            #expect(told.text.contains("Otra persona cambió") && told.text.contains(#"value="Segunda""#))
            #expect(try await norte.database.customers(after: 0, limit: 1).first?.name == "Primera")
            #expect(try await ana.send(path, "name=Segunda&seen=\(seen(told))").status == .seeOther)
            #expect(try await norte.database.customers(after: 0, limit: 1).first?.name == "Segunda")
        }
    }

    @Test func `who may only read is offered no change, and makes none`() async throws {
        try await withTenants { norte, _ in
            let path = try await Person(norte).create("name=In%C3%A9s")
            let reader = try await Person(norte, [.customersRead])
            let page = try await reader.ask(path)
            #expect(page.status == .ok && !page.text.contains("/edit") && !page.text.contains("Historial"))
            #expect(try await !reader.ask("/panel/customers").text.contains("/panel/customers/new"))
            for answer in [
                try await reader.ask("\(path)/edit"), try await reader.ask("/panel/customers/new"),
                try await reader.send(path, "name=x"), try await reader.send("/panel/customers", "name=x"),
            ] { #expect(answer.status == .forbidden) }
        }
    }

    @Test(arguments: CustomerList.Order.allCases)
    func `following a sorted list shows everybody once, in its order`(order: CustomerList.Order) async throws {
        try await withTenants { norte, _ in
            _ = try await InventedCustomers.fill(
                upTo: 130, at: norte.now, zone: norte.tenant.zone, from: norte.site.randomness, in: norte.database)
            try await norte.database.execute(
                "UPDATE customers SET name = 'Ángel' WHERE tenant_id = \(norte.database.tenant) AND number % 40 = 7")
            let shown = try await Person(norte).follow("/panel/customers?order=\(order.rawValue)")
            #expect(shown.count == 130)
            #expect(Set(shown).count == 130)
            let all = try await norte.database.customers(after: 0, limit: 200)
            Self.check(shown.compactMap { number in all.first { $0.number == number } }, stand: order)
        }
    }

    private static func check(_ customers: [Customer], stand order: CustomerList.Order) {
        let numbers = customers.map(\.number)
        let days = customers.map(\.since)
        switch order {
        case .number: #expect(numbers == numbers.sorted())
        case .newestNumber: #expect(numbers == numbers.sorted(by: >))
        case .since: #expect(days == days.sorted())
        case .latest: #expect(days == days.sorted(by: >))
        // Á stands beside A, not behind Z.
        case .name: #expect(customers.prefix(26).contains { $0.name == "Ángel" })
        case .nameBackwards: #expect(customers.suffix(26).contains { $0.name == "Ángel" })
        }
    }

    @Test func `a filter stands in every address of its list`() async throws {
        try await withTenants { norte, _ in
            _ = try await InventedCustomers.fill(
                upTo: 120, at: norte.now, zone: norte.tenant.zone, from: norte.site.randomness, in: norte.database)
            let ana = try await Person(norte)
            let active = try await ana.ask("/panel/customers?state=active&order=-name&q=")
            #expect(active.text.contains("/panel/customers?state=active&amp;order=-name&amp;after="))
            #expect(active.text.contains("/panel/customers?state=active&amp;order=since"))
            #expect(!active.text.contains(#"data-state="in_debt""#))
            let none = try await ana.ask("/panel/customers?state=cancelled")
            #expect(none.text.contains("Ningún cliente coincide con el filtro.") && none.text.contains("Ver todos"))
        }
    }
}
