import Access
import Crypto
import Customers
import HTTP
import Identity
import Panel
import Portal
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Platform

@Suite struct ClosingTests {
    @Test func `a company is closed for a reason, by its name, and after an export`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let path = "/platform/tenants/\(norte.tenant.id)"
            #expect(try await fixture.get(path, as: petra).text.contains("\(path)/close"))
            let asked = try await fixture.get("\(path)/close", as: petra)
            #expect(
                asked.text.contains("Todavía no se exportó.") && asked.text.contains("Escriba norte para confirmar"))
            let wrong = try await fixture.post("\(path)/close", "why=&slug=sur", as: petra)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Escriba el motivo."))
            #expect(wrong.text.contains("No es el identificador de la empresa."))

            let form = "why=Se+fueron&slug=norte"
            let early = try await fixture.post("\(path)/close", form, as: petra)
            #expect(early.status == .conflict && early.text.contains("Exporte todo primero"))
            #expect(early.text.contains("value=\"Se fueron\""))
            #expect(try await fixture.export(norte, as: petra).status == .ok)
            #expect(try await fixture.get("\(path)/close", as: petra).text.contains("Última exportación"))
            norte.site.clock.advance(by: .seconds(86_400))
            let nextDay = try await fixture.platform.signInAdmin(named: "Petra")
            #expect(try await fixture.post("\(path)/close", form, as: nextDay).status == .conflict)
            #expect(norte.present?.state == .active)
            #expect(try await fixture.export(norte, as: nextDay).status == .ok)
            #expect(try await fixture.post("\(path)/close", form, as: nextDay).status == .seeOther)
            #expect(norte.present == nil && sur.present?.state == .active)
            #expect(
                try await norte.record().suffix(3)
                    == Array(repeating: "company.exported Plataforma (Petra)", count: 2)
                    + ["company.closed Plataforma (Petra)"])
            #expect(
                try await fixture.platform.record().suffix(2)
                    == ["platform.company_exported Petra", "platform.company_closed Petra"])
            let closed = try await fixture.get(path, as: nextDay).text
            #expect(closed.contains("Se fueron") && closed.contains("Reactivar la empresa"))
            #expect(!closed.contains("\(path)/close") && closed.contains("\(path)/export"))
            #expect(try await fixture.get("\(path)/close", as: nextDay).status == .notFound)
            // What is closed can still be taken out.
            #expect(try await fixture.export(norte, as: nextDay).status == .ok)
        }
    }

    @Test func `at a closed company's address nobody is at home, until it is open again`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            var routes = Portal.Routes()
            PortalSignInRoutes(mailing: nil, randomness: norte.site.randomness).add(to: &routes)
            let portal = norte.gate(routes, credential: Portal.credential, refuse: Portal.refuse)
            #expect(try await norte.ask(portal, "/portal/sign-in").status == .ok)
            let path = "/platform/tenants/\(norte.tenant.id)"
            _ = try await fixture.export(norte, as: petra)
            #expect(try await fixture.post("\(path)/close", "why=Se+fueron&slug=norte", as: petra).status == .seeOther)
            for answer in [
                try await fixture.get(at: norte, "/panel/customers", as: olga),
                try await fixture.get(at: norte, "/panel/customers"), try await norte.ask(portal, "/portal/sign-in"),
            ] {
                #expect(answer.status == .misdirectedRequest)
                for text in ["Norte Inalámbrico", "Se fueron", "cerr"] { #expect(!answer.text.contains(text)) }
            }
            #expect(try await fixture.post("\(path)/resume", "why=Volvieron", as: petra).status == .seeOther)
            #expect(try await fixture.get(at: norte, "/panel/customers", as: olga).status == .ok)
            #expect(try await norte.ask(portal, "/portal/sign-in").status == .ok)
        }
    }

    @Test func `the download is a whole archive of the company's rows, and of nobody else's`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let token = try await norte.token([.customersRead])
            _ = try await norte.staff([], as: "Beto")
            _ = try await sur.staff([], as: "CANARIO")
            let response = try await fixture.export(norte, as: petra)
            #expect(response.headers["Content-Disposition"] == "attachment; filename=\"norte-2026-11-18.tar\"")
            let bytes = try await response.wholeBody()
            let files = try Self.files(in: bytes)
            #expect(files.keys.allSatisfy { $0.hasPrefix("norte/") } && files["norte/README.txt"] != nil)
            let manifest = try #require(files["norte/manifest.json"])
            for (name, content) in files where name.hasSuffix(".jsonl") {
                let digest = Hex.encode(SHA256.digest(of: content))
                #expect(String(decoding: manifest, as: UTF8.self).contains(digest), "\(name)")
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("Beto") && !text.contains("CANARIO") && !text.contains(token))
            #expect(try await norte.record().last == "company.exported Plataforma (Petra)")
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            let audit = try await fixture.get(at: norte, "/panel/audit", as: olga).text
            #expect(audit.contains("Exportó todos los datos de la empresa") && audit.contains("Filas"))
        }
    }

    /// Their clients may stop reading: what is written for them stays on the disk meanwhile.
    @Test func `one export of a company waits on the disk at a time`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let unread = try await fixture.export(norte, as: petra)
            #expect(unread.status == .ok)
            let second = try await fixture.export(norte, as: petra)
            #expect(second.status == .serviceUnavailable && second.headers["Retry-After"] != nil)
            #expect(try await second.wholeBody().contains("Ya se está descargando una exportación".utf8))
            #expect(try await fixture.export(sur, as: petra).status == .ok)
            withExtendedLifetime(unread) {}
        }
    }

    @Test func `nothing leaves that is not recorded, and nobody takes it who may not`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await PlatformFixture(norte)
            let petra = try await fixture.platform.signInAdmin()
            let observer = try await fixture.platform.signInAdmin(as: .observer, named: "Quim")
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            #expect(try await fixture.export(norte, as: observer).status == .forbidden)
            #expect(try await fixture.export(norte, as: olga).status == .unauthorized)
            try norte.site.test.superuser().execute(
                "ALTER TABLE unsealed_events ADD CONSTRAINT refused CHECK (kind <> 'platform.company_exported') NOT VALID"
            )
            let refused = try await fixture.export(norte, as: petra)
            #expect(refused.status == .internalServerError)
            #expect(try await !refused.wholeBody().contains("manifest.json".utf8))
            #expect(try await norte.record().allSatisfy { !$0.hasPrefix("company.exported") })
        }
    }

    /// As POSIX has it, read anew.
    private static func files(in archive: [UInt8]) throws -> [String: [UInt8]] {
        var (files, place): ([String: [UInt8]], Int) = ([:], 0)
        func text(_ header: ArraySlice<UInt8>, _ range: Range<Int>) -> String {
            let field = header[(header.startIndex + range.lowerBound)..<(header.startIndex + range.upperBound)]
            return String(decoding: field.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
        while archive[place..<(place + 512)].contains(where: { $0 != 0 }) {
            let header = archive[place..<(place + 512)]
            var sum = header.reduce(0) { $0 + Int($1) }
            for index in 148..<156 { sum += 32 - Int(header[place + index]) }
            #expect(Int(text(header, 148..<156), radix: 8) == sum)
            let size = try #require(Int(text(header, 124..<136), radix: 8))
            files[text(header, 0..<100)] = Array(archive[(place + 512)..<(place + 512 + size)])
            place += 512 + (size + 511) / 512 * 512
        }
        #expect(archive.count == place + 1024)
        return files
    }
}

extension PlatformFixture {
    fileprivate func export(_ tenant: TestTenant, as cookie: String) async throws -> Response {
        let request = try DirectRequests(on: .tests).request(
            "POST", "/platform/tenants/\(tenant.tenant.id)/export", host: platform.host,
            headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"])
        return await console.answer(request)
    }
}
