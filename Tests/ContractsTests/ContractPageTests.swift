import Access
import Crypto
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Contracts

/// Contracts over HTTP: the panel's pages and the portal's.
@Suite struct ContractPageTests {
    private static func id(in answer: Answer) throws -> String {
        let location = try #require(answer.headers["Location"]?.split(separator: "?").first)
        return String(try #require(location.split(separator: "/").last))
    }

    @Test func `who wants to print while all places are taken is told to come back`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            var routes = Panel.Routes()
            TemplateRoutes(ContractPrinter(in: .full)).add(to: &routes)
            let answer = try await norte.ask(
                norte.gate(routes, credential: Panel.credential, refuse: Panel.refuse),
                "/panel/contract-template/preview", method: "POST",
                headers: [
                    "Cookie": owner, "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                ], body: Array("text=%7Bcondiciones%7D&revision=0".utf8))
            #expect(answer.status == .serviceUnavailable && answer.headers["Retry-After"] == "2")
        }
    }

    @Test func `the owner publishes, staff make a contract, the customer signs it in the portal`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let empty = try await norte.see("/panel/contract-template", as: owner)
            #expect(empty.text.contains("abogado") && empty.text.contains("{condiciones}"))
            let wrong = try await norte.send(
                "/panel/contract-template", ["text": "Hola {nombre} {condiciones}", "revision": "0"], as: owner)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("{nombre} no es un dato"))
            let preview = try await norte.send(
                "/panel/contract-template/preview", ["text": StandardContract.text(in: .es), "revision": "0"], as: owner
            )
            #expect(preview.status == .ok && preview.headers["Content-Disposition"]?.contains(".pdf") == true)
            #expect(try await words(of: preview.bytes).contains("Ana Ejemplo Muestra"))
            #expect(
                try await norte.send(
                    "/panel/contract-template", ["text": StandardContract.text(in: .es), "revision": "0"], as: owner
                ).status == .seeOther)
            #expect(
                try await norte.send(
                    "/panel/contract-template", ["text": "x {condiciones}", "revision": "0"], as: owner
                )
                .status == .conflict)
            #expect(try await norte.see("/panel/contract-template/versions/1", as: owner).text.contains("Objeto"))
            #expect(try await norte.see("/panel/contract-template/versions/2", as: owner).status == .notFound)

            let ana = try await norte.customer("Ana Paz", email: "ana@example.com")
            let support = try await norte.signIn(Array(norte.site.catalogue.permissions(of: .support)), as: "Sara")
            let path = "/panel/customers/\(ana)/contracts"
            #expect(try await norte.see("\(path)/new", as: support).text.contains("Ana Paz"))
            let missing = try await norte.send(path, ["conditions": "", "identification": "1"], as: support)
            #expect(missing.status == .unprocessableContent && missing.text.contains("field-conditions-error"))
            let stale = try await norte.send(
                path, ["conditions": "Plan", "identification": "1", "version": "9"], as: support)
            #expect(stale.status == .conflict && stale.text.contains("otra versión del modelo"))
            let made = try await norte.send(
                path, ["conditions": "Plan: <b>Hogar</b>\r\nPrecio: 399", "identification": "DNI 7", "version": "1"],
                as: support)
            #expect(made.status == .seeOther)
            let id = try Self.id(in: made)
            let shown = try await norte.see("/panel/contracts/\(id)", as: support)
            #expect(
                shown.text.contains("Por firmar") && shown.text.contains("Plan: &lt;b&gt;Hogar&lt;/b&gt;\nPrecio: 399"))
            #expect(try await norte.see(path, as: support).text.contains("Contrato n.º 1"))

            let cookie = try await norte.enter(ana)
            #expect(try await norte.see("/portal/contracts", as: cookie).text.contains("Leer y firmar"))
            let page = try await norte.see("/portal/contracts/\(id)", as: cookie)
            #expect(page.text.contains("DNI 7") && page.text.contains("name=\"drawing\""))
            #expect(page.headers["Content-Security-Policy"]?.contains("script-src 'self'") == true)
            let sign = "/portal/contracts/\(id)/sign"
            let hasty = try await norte.send(sign, ["name": "", "drawing": "1.1"], as: cookie)
            #expect(hasty.status == .unprocessableContent)
            for field in ["field-name", "field-accept", "field-drawing"] { #expect(hasty.text.contains("#\(field)")) }
            let signed = try await norte.send(
                sign, ["name": "Ana Paz", "drawing": line, "accept": "yes"], as: cookie)
            #expect(signed.status == .seeOther)
            let done = try await norte.see("/portal/contracts/\(id)?notice=own_contract_signed", as: cookie)
            #expect(done.text.contains("Su contrato quedó firmado.") && done.text.contains("<polyline"))
            #expect(!done.text.contains("name=\"drawing\""))
            #expect(done.headers["Content-Security-Policy"]?.contains("script") == false)
            let again = try await norte.send(sign, ["name": "Ana Paz", "accept": "yes"], as: cookie)
            #expect(again.status == .conflict && again.text.contains("ya está firmado"))

            let files = try await [
                norte.see("/portal/contracts/\(id)/pdf", as: cookie).bytes,
                norte.see("/panel/contracts/\(id)/pdf", as: owner).bytes,
            ]
            #expect(files[0] == files[1] && files[0].starts(with: Array("%PDF".utf8)))
            let evidence = try await norte.see("/panel/contracts/\(id)", as: owner)
            #expect(evidence.text.contains("Firefox/140.0") && evidence.text.contains("Firma dibujada"))
            #expect(try await norte.kinds().first == "contract.signed")
        }
    }

    @Test func `in person, a typed name is the signature, and who helped is kept`() async throws {
        try await withTenants { norte, _ in
            let technician = try await norte.signIn(
                Array(norte.site.catalogue.permissions(of: .technician)), as: "Tomás")
            let ana = try await norte.customer("Ana Paz")
            try await norte.publish("{condiciones}")
            let path = "/panel/contracts/\(try await norte.contract(with: ana).id)"
            #expect(try await norte.see("\(path)/sign", as: technician).text.contains("He leído y acepto"))
            let form: KeyValuePairs = ["name": "Ana <i>Paz", "accept": "yes"]
            #expect(try await norte.send("\(path)/sign", form, as: technician).status == .seeOther)
            let shown = try await norte.see(path, as: technician).text
            #expect(shown.contains("<em>Ana &lt;i&gt;Paz</em>") && shown.contains("Nombre escrito como firma"))
            #expect(shown.contains("Tomás"))
            let text = try await words(of: norte.see("\(path)/pdf", as: technician).bytes)
            #expect(text.contains("Ana <i>Paz") && text.contains("En persona, con ayuda de"))
            #expect(try await norte.see("\(path)/sign", as: technician).status == .conflict)

            #expect(
                try await norte.send("\(path)/annul", ["reason": " "], as: technician).status == .unprocessableContent)
            #expect(try await norte.see("\(path)/annul", as: technician).text.contains("ya lo firmó"))
            #expect(try await norte.send("\(path)/annul", ["reason": "Se mudó"], as: technician).status == .seeOther)
            let annulled = try await norte.see(path, as: technician).text
            #expect(annulled.contains("Anulado por Tomás") && annulled.contains("Se mudó"))
            #expect(annulled.contains("Ana &lt;i&gt;Paz") && !annulled.contains("\(path)/annul"))
            #expect(try await words(of: norte.see("\(path)/pdf", as: technician).bytes) == text)
        }
    }

    @Test func `the list is filtered, turned and paged by its address`() async throws {
        try await withTenants { norte, sur in
            let viewer = try await norte.signIn([.contractsView], as: "Vera")
            #expect(try await norte.see("/panel/contracts", as: viewer).text.contains("Todavía no hay contratos"))
            let (ana, beto) = (try await norte.customer("Ana Paz"), try await norte.customer("Beto Ríos"))
            try await norte.publish("{condiciones}")
            let first = try await norte.contract(with: ana)
            for _ in 0..<52 { _ = try await norte.contract(with: beto) }
            try await norte.sign(first)
            let newest = try await norte.see("/panel/contracts", as: viewer)
            #expect(newest.text.contains("after=4\"") && !newest.text.contains("\(first.id)"))
            #expect(try await norte.see("/panel/contracts?order=oldest", as: viewer).text.contains("\(first.id)"))
            #expect(try await norte.see("/panel/contracts?after=4", as: viewer).text.contains("\(first.id)"))
            for query in ["q=1", "q=ana+pa", "state=signed"] {
                let found = try await norte.see("/panel/contracts?\(query)", as: viewer).text
                #expect(found.contains("\(first.id)") && !found.contains("Beto"), "\(query)")
            }
            for query in ["q=nadie", "state=annulled", "q=54"] {
                let found = try await norte.see("/panel/contracts?\(query)", as: viewer)
                #expect(found.text.contains("Ningún contrato coincide"), "\(query)")
            }
            #expect(try await norte.see("/panel/contracts?after=x", as: viewer).status == .badRequest)
            let neighbour = try await sur.signIn(sur.everything, as: "Susana")
            #expect(!(try await sur.see("/panel/contracts", as: neighbour).text.contains("Ana Paz")))
            // Seeing is all they may.
            let path = "/panel/contracts/\(first.id)"
            #expect(!(try await norte.see(path, as: viewer).text.contains("/annul")))
            for page in ["\(path)/sign", "\(path)/annul", "/panel/contract-template"] {
                #expect(try await norte.see(page, as: viewer).status == .forbidden)
            }
        }
    }

    @Test func `whoever is limited to zones has the contracts of their customers and no others`() async throws {
        try await withTenants { norte, _ in
            let (ana, beto) = (try await norte.customer("Ana Paz"), try await norte.customer("Beto Ríos"))
            let zone = UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness)
            let tenant = norte.database.tenant
            try await norte.database.execute(
                "INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(tenant), \(zone), 'La Loma')")
            try await norte.database.execute(
                "UPDATE customers SET zone_id = \(zone) WHERE tenant_id = \(tenant) AND customer_id = \(ana)")
            try await norte.publish("{condiciones}")
            let (mine, other) = (try await norte.contract(with: ana), try await norte.contract(with: beto))
            try await norte.sign(other)
            let luz = try await norte.signIn([.contractsView, .contractsManage], as: "Luz")
            try await norte.database.execute(
                "UPDATE staff SET zones = ARRAY[\(zone)] WHERE tenant_id = \(tenant) AND name = 'Luz'")
            let list = try await norte.see("/panel/contracts", as: luz).text
            #expect(list.contains("\(mine.id)") && !list.contains("\(other.id)"))
            #expect(try await norte.see("/panel/contracts/\(mine.id)/pdf", as: luz).status == .ok)
            for path in ["", "/pdf", "/sign", "/annul"] {
                #expect(try await norte.see("/panel/contracts/\(other.id)\(path)", as: luz).status == .notFound)
            }
            #expect(
                try await norte.send("/panel/contracts/\(other.id)/annul", ["reason": "x"], as: luz).status == .notFound
            )
            #expect(
                try await norte.send("/panel/customers/\(beto)/contracts", ["conditions": "x"], as: luz).status
                    == .notFound)
            let made = try await norte.send("/panel/customers/\(ana)/contracts", ["conditions": "x"], as: luz)
            #expect(made.status == .seeOther)
        }
    }

    /// However long a word is, it is printed.
    @Test(arguments: ["a", "W ", "# ", "- ", "\u{202E}ñ", "👩‍👩‍👧", "<b>&", "\n", "# x\n"])
    func `whatever an owner writes can be looked at as a paper`(piece: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let count = piece.contains("\n") ? 1490 : 30_000 / piece.unicodeScalars.count
            let text = String(repeating: piece, count: count) + "\n{condiciones}"
            let preview = try await norte.send("/panel/contract-template/preview", ["text": text], as: owner)
            #expect(preview.status == .ok && preview.bytes.starts(with: Array("%PDF".utf8)))
            let many = String(repeating: "{condiciones}", count: 3000)
            let refused = try await norte.send("/panel/contract-template/preview", ["text": many], as: owner)
            #expect(refused.status == .unprocessableContent)
        }
    }

    @Test func `nothing of ours shows, in each language`() async throws {
        try await withTenants { norte, _ in
            let ana = try await norte.customer("Ana Paz")
            try await norte.publish("{condiciones}")
            let contract = try await norte.contract(with: ana)
            let cookie = try await norte.enter(ana)
            for (language, word) in [("es", "Firmar contrato"), ("en", "Sign contract"), ("pt", "Assinar contrato")] {
                let page = try await norte.see("/portal/contracts/\(contract.id)", as: cookie, language: language).text
                #expect(page.contains(word) && !page.lowercased().contains("mastil"))
            }
        }
    }
}
