import Access
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import Workbooks
import Zones

@testable import Customers

/// The list, the page and the forms, as somebody at the ISP uses them.
@Suite struct CustomerPanelTests {
    static func person(
        _ tenant: TestTenant, _ permissions: [Permission] = [.customersRead, .customersWrite, .customersExport]
    ) async throws -> Person {
        try await Person(tenant, permissions) { routes, randomness in
            CustomerRoutes(randomness: randomness, files: .tests).add(to: &routes)
            ZoneRoutes(randomness: randomness).add(to: &routes)
        }
    }

    private static func fill(_ tenant: TestTenant, _ count: Int) async throws {
        _ = try await InventedCustomers.fill(
            upTo: count, at: tenant.now, zone: tenant.tenant.timeZone, from: tenant.site.randomness, in: tenant.database
        )
    }

    /// The path of the customer that a form made.
    private static func create(_ form: String, by person: Person) async throws -> String {
        let answer = try await person.send("/panel/customers", form)
        #expect(answer.status == .seeOther)
        return try #require(answer.place)
    }

    /// The numbers of the customers on a page and all that follow it, and those on the way back.
    static func follow(_ start: String, _ relation: String = "next", by person: Person) async throws -> [Int] {
        var target = start
        var shown: [Int] = []
        while shown.count < 500 {
            let text = try await person.see(target).text
            let cells = text.split(separator: "<td class=\"number\">").dropFirst()
            let numbers = cells.compactMap { Int($0.prefix { $0.isNumber }) }
            shown = relation == "next" ? shown + numbers : numbers + shown
            guard let end = text.firstRange(of: "\" rel=\"\(relation)\""),
                let start = text[..<end.lowerBound].split(separator: "href=\"").last
            else { break }
            target = String(start).replacing("&amp;", with: "&")
        }
        return shown
    }

    @Test func `somebody makes a customer, reads it and changes it, and the record says so`() async throws {
        try await withTenants { norte, sur in
            let ana = try await Self.person(norte, [.customersRead, .customersWrite, .auditRead])
            let path = try await Self.create(
                "name=++In%C3%A9s++%C3%91and%C3%BA&phone=55+0000+1234", by: ana)
            let page = try await ana.see(path)
            for text in ["Inés Ñandú", "tel:+525500001234", "Prospecto", "N.º 1", "Creó un cliente", "\(path)/edit"] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(try await ana.see("\(path)/edit").text.contains(#"value="Inés Ñandú""#))
            let saved = try await ana.send(path, "name=In%C3%A9s&phone=55+0000+1234&since=2026-01-31")
            #expect(saved.headers["Location"] == "\(path)?notice=saved")
            let event = try await norte.database.events(
                EventSelection(kind: "customer.changed"), limit: 9)
            #expect(event.count == 1 && event.first?.actor == "Ana")
            #expect(event.first?.before.map(\.name) == ["name", "since"])
            #expect(try await Self.person(sur).see(path).status == .notFound)
            #expect(try await Self.person(sur).send(path, "name=x").status == .notFound)
            #expect(try await Self.person(sur).see("\(path)/edit").status == .notFound)
        }
    }

    @Test func `what cannot be taken is said beside its field, and nothing typed is lost`() async throws {
        try await withTenants { norte, _ in
            let ana = try await Self.person(norte)
            let answer = try await ana.send("/panel/customers", "name=+&phone=555&since=2026-02-30")
            #expect(answer.status == .unprocessableContent)
            for text in [
                "Falta este campo.", "Debe ser una fecha que exista", "href=\"#field-since\"", #"value="555""#,
                #"aria-invalid="true""#,
            ] { #expect(answer.text.contains(text), "\(text)") }
            #expect(try await ana.send("/panel/customers", "name=x&state=active").status == .badRequest)
            #expect(try await ana.send("/panel/customers", "name=x&colour=red").status == .badRequest)
            #expect(try await norte.database.customers(after: 0, limit: 9).isEmpty)
        }
    }

    @Test func `of two who edit the same customer, the second is told and decides`() async throws {
        try await withTenants { norte, _ in
            let ana = try await Self.person(norte)
            let path = try await Self.create("name=In%C3%A9s", by: ana)
            func revision(_ answer: Answer) throws -> String {
                let part = try #require(answer.text.split(separator: #"name="revision" value=""#).dropFirst().first)
                return String(part.prefix { $0 != "\"" })
            }
            let form = try revision(try await ana.see("\(path)/edit"))
            #expect(try await ana.send(path, "name=Primera&revision=\(form)").status == .seeOther)
            let told = try await ana.send(path, "name=Segunda&revision=\(form)")
            #expect(told.status == .conflict)
            #expect(told.text.contains("Otra persona cambió") && told.text.contains(#"value="Segunda""#))
            #expect(try await norte.database.customers(after: 0, limit: 1).first?.name == "Primera")
            #expect(try await ana.send(path, "name=Segunda&revision=\(revision(told))").status == .seeOther)
            #expect(try await norte.database.customers(after: 0, limit: 1).first?.name == "Segunda")
        }
    }

    @Test func `who may only read is offered no change, and makes none`() async throws {
        try await withTenants { norte, _ in
            let path = try await Self.create("name=In%C3%A9s", by: Self.person(norte))
            let reader = try await Self.person(norte, [.customersRead])
            let page = try await reader.see(path)
            #expect(page.status == .ok && !page.text.contains("/edit"))
            #expect(try await !reader.see("/panel/customers").text.contains("/panel/customers/new"))
            for answer in [
                try await reader.see("\(path)/edit"), try await reader.see("/panel/customers/new"),
                try await reader.send(path, "name=x"), try await reader.send("/panel/customers", "name=x"),
            ] { #expect(answer.status == .forbidden) }
        }
    }

    @Test func `somebody with the name or telephone of another is made only when they are said to be distinct`()
        async throws
    {
        try await withTenants { norte, sur in
            let (ana, stranger) = (try await Self.person(norte), try await Self.person(sur))
            let path = try await Self.create("name=In%C3%A9s+%C3%91and%C3%BA&phone=55+0000+1234", by: ana)
            for form in ["name=Otra&phone=%2B52+55+0000+1234", "name=nandu+ines"] {
                let asked = try await ana.send("/panel/customers", form)
                #expect(asked.status == .conflict, "\(form)")
                #expect(
                    asked.text.contains("Ya hay clientes con ese nombre") && asked.text.contains("href=\"\(path)\""))
                #expect(try await stranger.send("/panel/customers", form).status == .seeOther)
            }
            #expect(try await norte.database.customers(after: 0, limit: 9).count == 1)
            let made = try await ana.send("/panel/customers", "name=nandu+ines&distinct=yes")
            #expect(made.status == .seeOther)
            #expect(try await ana.send("/panel/customers", "name=In%C3%A9s+Paz&phone=55+0000+1235").status == .seeOther)
        }
    }

    @Test(arguments: ["number", "-number", "name", "-name", "since", "-since"])
    func `following a sorted list shows everybody once, in its order, and so does the way back`(order: String)
        async throws
    {
        try await withTenants { norte, _ in
            try await Self.fill(norte, 130)
            try await norte.database.execute(
                """
                UPDATE customers SET name = (\(Self.names))[1 + number % \(Self.names.count)]
                WHERE tenant_id = \(norte.database.tenant)
                """)
            let ana = try await Self.person(norte)
            let shown = try await Self.follow("/panel/customers?order=\(order)", by: ana)
            #expect(shown.count == 130)
            #expect(Set(shown).count == 130)
            let all = try await norte.database.customers(after: 0, limit: 200)
            let customers = shown.compactMap { number in all.first { $0.number == number } }
            Self.check(customers, stand: order)
            let last = try #require(customers.last)
            let key = ["name": last.name, "since": last.since.iso][order.filter(\.isLetter)]
            let place = Fields(["before": "\(last.number)", "from": key]).urlEncoded
            let back = try await Self.follow("/panel/customers?order=\(order)&\(place)", "prev", by: ana)
            #expect(back == Array(shown.dropLast()))
        }
    }

    /// As people look for them: Á beside A, not behind Z, and small letters among the great.
    private static let names = ["Ana", "Ángel", "beto", "Nadia", "Ñandú", "Óscar", "Zoe"]

    private static func check(_ customers: [Customer], stand order: String) {
        let numbers = customers.map(\.number)
        let days = customers.map(\.since)
        let places = customers.map { names.firstIndex(of: $0.name) ?? .max }
        #expect(Set(places) == Set(names.indices))
        switch order {
        case "number": #expect(numbers == numbers.sorted())
        case "-number": #expect(numbers == numbers.sorted(by: >))
        case "since": #expect(days == days.sorted())
        case "-since": #expect(days == days.sorted(by: >))
        case "name": #expect(places == places.sorted())
        default: #expect(places == places.sorted(by: >))
        }
    }

    @Test func `a filter stands in every address of its list`() async throws {
        try await withTenants { norte, _ in
            _ = try await InventedCustomers.fill(
                upTo: 120, at: norte.now, zone: norte.tenant.timeZone, from: norte.site.randomness, in: norte.database)
            let ana = try await Self.person(norte)
            let active = try await ana.see("/panel/customers?state=active&order=-name&q=")
            #expect(active.text.contains("/panel/customers?state=active&amp;order=-name&amp;after="))
            #expect(active.text.contains("/panel/customers?state=active&amp;order=since"))
            #expect(!active.text.contains(#"data-tone="warning""#))
            let none = try await ana.see("/panel/customers?state=cancelled")
            #expect(none.text.contains("Nada coincide con el filtro.") && none.text.contains("Ver todos"))
        }
    }

    @Test func `twenty of the same form make one customer, and another form another`() async throws {
        try await withTenants { norte, sur in
            let ana = try await Self.person(norte)
            let form = try #require(try await ana.see("/panel/customers/new").hidden("form"))
            let places = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await ana.send("/panel/customers", "name=In%C3%A9s&form=\(form)").place }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(places.count == 1 && places.first??.hasPrefix("/panel/customers/") == true)
            let other = try #require(try await ana.see("/panel/customers/new").hidden("form"))
            _ = try await Self.create("name=In%C3%A9s&distinct=yes&form=\(other)", by: ana)
            #expect(try await norte.database.customers(after: 0, limit: 99).count == 2)
            // Somebody else's form of the same name is another.
            _ = try await Self.create("name=In%C3%A9s&form=\(form)", by: Self.person(sur))
        }
    }

    @Test func `the way back from a customer keeps the filter of the list`() async throws {
        try await withTenants { norte, _ in
            let ana = try await Self.person(norte)
            let path = try await Self.create("name=In%C3%A9s", by: ana)
            let cookie = try #require(
                try await ana.see("/panel/customers?state=active&order=-name").headers["Set-Cookie"])
            let kept = [("Cookie", String(cookie.prefix { $0 != ";" }))]
            #expect(
                try await ana.see(path, kept).text.contains(#"href="/panel/customers?state=active&amp;order=-name""#))
            #expect(try await ana.see(path).text.contains(#"<p class="crumbs"><a href="/panel/customers">"#))
            let strange = [("Cookie", "list=/panel/customers?state=x&colour=red")]
            #expect(try await ana.see(path, strange).text.contains(#"<p class="crumbs"><a href="/panel/customers">"#))
        }
    }

    @Test func `those selected are shown, moved to another zone, and moved back for ten minutes`() async throws {
        try await withTenants { norte, sur in
            let ana = try await Self.person(norte, [.customersRead, .customersWrite, .zonesManage])
            for name in ["La+Loma", "Centro"] { _ = try await ana.send("/panel/zones", "name=\(name)") }
            let zones = try await norte.database.zones()
            try await Self.fill(norte, 4)
            let all = try await norte.database.customers(after: 0, limit: 9)
            let ids = all.prefix(3).map { "id=\($0.id)" }.joined(separator: "&")
            #expect(
                try await ana.see("/panel/customers").text.contains(#"formaction="/panel/customers/zone-change/new""#))
            let asked = try await ana.send("/panel/customers/zone-change/new", ids)
            #expect(asked.status == .ok && asked.text.contains("3 elegidos:") && asked.text.contains(all[0].name))
            let done = try await ana.send("/panel/customers/zone-change", "\(ids)&zone=\(zones[0].id)")
            let place = try #require(done.headers["Location"])
            #expect(
                try await norte.database.customers(after: 0, limit: 9).map(\.zone?.uuid) == [
                    zones[0].id.uuid, zones[0].id.uuid, zones[0].id.uuid, nil,
                ])
            #expect(
                try await norte.database.events(EventSelection(kind: "customer.changed"), limit: 9).count == 3)
            // One is moved on by hand, and stays there.
            _ = try await ana.send(
                "/panel/customers/\(all[1].id)", "name=\(all[1].name.replacing(" ", with: "+"))&zone=\(zones[1].id)")
            let notice = try await ana.see(place)
            let undo = try #require(notice.hidden("undo"))
            #expect(notice.text.contains("Deshacer"))
            #expect(
                try await Self.person(sur).send("/panel/customers/zone-change/undo", "undo=\(undo)").status == .conflict
            )
            #expect(
                try await Self.person(norte).send("/panel/customers/zone-change/undo", "undo=\(undo)").status
                    == .conflict)
            #expect(try await ana.send("/panel/customers/zone-change/undo", "undo=\(undo)").status == .seeOther)
            #expect(
                try await norte.database.customers(after: 0, limit: 9).map(\.zone?.uuid) == [
                    nil, zones[1].id.uuid, nil, nil,
                ])
            #expect(try await ana.send("/panel/customers/zone-change/undo", "undo=\(undo)").status == .conflict)
            #expect(try await ana.send("/panel/customers/zone-change/new", "").text.contains("No eligió ninguno."))
        }
    }

    @Test func `after ten minutes nothing is taken back`() async throws {
        try await withTenants { norte, _ in
            let ana = try await Self.person(norte, [.customersRead, .customersWrite, .zonesManage])
            _ = try await ana.send("/panel/zones", "name=Centro")
            let zone = try #require(try await norte.database.zones().first)
            try await Self.fill(norte, 1)
            let customer = try #require(try await norte.database.customers(after: 0, limit: 1).first)
            let done = try await ana.send("/panel/customers/zone-change", "id=\(customer.id)&zone=\(zone.id)")
            let undo = try #require(done.headers["Location"]?.split(separator: "undo=").last)
            norte.site.clock.advance(by: .seconds(601))
            let late = try await ana.send("/panel/customers/zone-change/undo", "undo=\(undo)")
            #expect(late.status == .conflict && late.text.contains("Ya no se puede deshacer"))
            #expect(try await norte.database.customer(customer.id)?.zone == zone.id)
        }
    }

    @Test func `what is filtered is exported, with no cell that is a formula, and only to who may export`()
        async throws
    {
        try await withTenants { norte, sur in
            let ana = try await Self.person(norte)
            try await Self.fill(norte, 1201)
            let path = try await Self.create("name=%3DHYPERLINK(%22x%22)&phone=%2B57+300+000+1856", by: ana)
            let made = try #require(Customer.ID(String(path.suffix(36))))
            try await norte.make(made, .cancelled)
            let file = try await ana.download("/panel/customers.csv")
            let rows = try CSV.parse(file.bytes, most: 9999)
            #expect(rows.count == 1203 && rows[0].cells.starts(with: ["N.º", "Nombre", "Estado", "Teléfono"]))
            #expect(file.headers["Content-Disposition"]?.contains("customers-") == true)
            let cancelled = try await ana.download("/panel/customers.csv?state=cancelled")
            #expect(
                String(decoding: cancelled.bytes, as: UTF8.self).contains("'=HYPERLINK")
                    && cancelled.text.contains("'+573000001856"))
            #expect(cancelled.text.contains("Cancelado") && cancelled.text.split(separator: "\r\n").count == 2)
            #expect(try await ana.download("/panel/customers.xlsx").bytes.starts(with: Array("PK".utf8)))
            #expect(
                try await Self.person(sur).download("/panel/customers.csv").text.split(separator: "\r\n").count == 1)
            let reader = try await Self.person(norte, [.customersRead])
            #expect(try await reader.see("/panel/customers.csv").status == .forbidden)
            #expect(!(try await reader.see("/panel/customers").text.contains("/panel/customers.csv")))
        }
    }
}
