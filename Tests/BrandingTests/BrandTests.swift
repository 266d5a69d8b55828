import Access
import Events
import HTTP
import Identifiers
import Images
import Locale
import Panel
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Branding

@Suite struct BrandTests {
    private static let drawing =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><rect width='40' height='20' fill='#a00'/></svg>"

    private static func gate(of tenant: TestTenant) -> RequestGate {
        var routes = Panel.Routes()
        BrandRoutes(drawingIn: .tests).add(to: &routes)
        BrandAssets.add(to: &routes)
        AssetRoutes(directory: Repository.path("Public")).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private static func get(_ tenant: TestTenant, _ path: String, as cookie: String = "") async throws -> Answer {
        try await tenant.ask(gate(of: tenant), path, headers: ["Cookie": cookie])
    }

    private static func post(
        _ tenant: TestTenant, _ path: String, _ body: String, as cookie: String,
        type: String = "application/x-www-form-urlencoded"
    ) async throws -> Answer {
        let answer = try await tenant.ask(
            gate(of: tenant), path, method: "POST",
            headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": type], body: Array(body.utf8))
        try await tenant.readAnew()
        return answer
    }

    private static func upload(
        _ content: String, named name: String, at tenant: TestTenant, as cookie: String
    ) async throws -> Answer {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"\(name)\"\r\n"
            + "Content-Type: image/png\r\n\r\n\(content)\r\n--x--\r\n"
        return try await post(tenant, "/panel/brand/logo", body, as: cookie, type: "multipart/form-data; boundary=x")
    }

    private static let texts = "sender_name=&reply_to=&invoice_footer=&receipt_footer=&mail_footer="

    @Test func `of eight who change the texts at once the last one's stand, and nobody reads of a fault`() async throws
    {
        try await withTenants { norte, sur in
            let cookie = try await norte.signIn([.settingsManage], as: "Olga")
            for round in 0..<4 {
                let statuses = try await withThrowingTaskGroup(of: Status.self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            let form = "colour=%230b6e4f&accent=%230b6e4f&sender_name=Norte+\(round)+\(number)"
                            return try await norte.ask(
                                Self.gate(of: norte), "/panel/brand", method: "POST",
                                headers: [
                                    "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                                    "Content-Type": "application/x-www-form-urlencoded",
                                ], body: Array(form.utf8)
                            ).status
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(statuses.allSatisfy { $0 == .seeOther }, "\(statuses)")
                #expect(try await norte.database.brandTexts()[.senderName]?.hasPrefix("Norte \(round)") == true)
            }
            #expect(try await sur.database.brandTexts().isEmpty)
        }
    }

    @Test func `colours and texts are saved, recorded, corrected for reading, and nobody else's`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let form =
                "colour=%23ffe600&accent=%23fff7b0&sender_name=Norte&reply_to=hola%40norte.example"
                + "&invoice_footer=Pague+aqu%C3%AD%0D%0AGracias&receipt_footer=&mail_footer="
            #expect(try await Self.post(norte, "/panel/brand", form, as: owner).status == .seeOther)
            #expect(norte.present?.brand.colour == Colour("#ffe600"))
            let css = try await Self.get(norte, "/assets/brand.css").text
            #expect(css.contains("--brand:#ffe600") && css.contains("--on-brand:#000000"))
            let sheet = try #require(norte.present?.brand.sheet)
            #expect(css.contains("light-dark(\(sheet.accentOnLight.text),\(sheet.accentOnDark.text))"))
            #expect(sheet.accentOnLight.contrast(with: .white) >= 4.5)
            #expect(sheet.accentOnDark == Colour("#fff7b0"))
            #expect(try await norte.database.brandTexts()[.invoiceFooter] == "Pague aquí\nGracias")
            #expect(sur.present == sur.tenant)
            #expect(try await sur.database.brandTexts().isEmpty)
            let page = try await Self.get(norte, "/panel/brand", as: owner)
            #expect(page.status == .ok && page.text.contains("value=\"#ffe600\""))
            try await norte.database.sealEvents()
            let events: Int? = try await norte.database.value(
                "SELECT count(*) FROM events WHERE tenant_id = \(norte.database.tenant) AND kind = 'brand.changed'")
            #expect(events == 2)
        }
    }

    @Test func `a preview shows what was typed and saves nothing`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let page = try await Self.post(
                norte, "/panel/brand/preview", "colour=%23123456&accent=%23654321&" + Self.texts, as: owner)
            #expect(
                page.status == .ok && page.text.contains("/assets/brand-preview.css?colour=123456&amp;accent=654321"))
            #expect(norte.present == norte.tenant)
            let sheet = try await Self.get(norte, "/assets/brand-preview.css?colour=123456&accent=654321", as: owner)
            #expect(sheet.text.hasPrefix(".preview{--brand:#123456;"))
            for query in ["", "?colour=123456", "?colour=red&accent=654321", "?colour=12345%7D&accent=654321"] {
                let answer = try await Self.get(norte, "/assets/brand-preview.css\(query)", as: owner)
                #expect(answer.status == .badRequest)
            }
        }
    }

    @Test(arguments: [
        "colour=red&accent=%23000000", "colour=%23fff%3B%7D&accent=%23000000",
        "colour=%23000000&accent=%23000000&reply_to=a%40b.example%0D%0ABcc%3A+x%40y.example",
        "colour=%23000000&accent=%23000000&reply_to=nada",
        "colour=%23000000&accent=%23000000&sender_name=\(String(repeating: "x", count: 61))",
        // Few characters to a reader, many to the column.
        "colour=%23000000&accent=%23000000&sender_name=e\(String(repeating: "%CC%81", count: 3000))",
        "colour=%23000000&accent=%23000000&mail_footer=\(String(repeating: "e\(String(repeating: "%CC%81", count: 5))%0A", count: 150))",
    ])
    func `what is no colour, address or short text is refused`(form: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let answer = try await Self.post(norte, "/panel/brand", form, as: owner)
            #expect(answer.status == .unprocessableContent)
            #expect(norte.present == norte.tenant)
        }
    }

    @Test func `a logo is drawn in every size, served to everybody for good, and gone when removed`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            #expect(try await Self.get(norte, "/assets/logo").text.contains(">N</text>"))
            #expect(try await Self.upload(Self.drawing, named: "../../x.svg", at: norte, as: owner).status == .seeOther)
            let brand = try #require(norte.present?.brand)
            for name in Logo.names {
                let path = try #require(brand.path(of: name))
                let answer = try await Self.get(norte, path)
                #expect(answer.status == .ok && answer.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
                #expect(answer.headers["Cache-Control"]?.contains("immutable") == true)
                #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
                #expect(
                    answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox")
                #expect(try await Self.get(sur, path).status == .notFound)
            }
            #expect(try await Self.get(norte, "/assets/icon").bytes.starts(with: [0x89, 0x50]))
            let manifest = try await Self.get(norte, "/assets/app.webmanifest")
            #expect(manifest.text.contains("Norte Inalámbrico") && manifest.text.contains("maskable"))
            // The same picture again is no change.
            _ = try await Self.upload(Self.drawing, named: "otra.svg", at: norte, as: owner)
            #expect(norte.present?.brand == brand)
            _ = try await Self.post(norte, "/panel/brand/logo/remove", "", as: owner)
            #expect(norte.present?.brand.logo == nil)
            let kept: Int? = try await norte.database.value(
                "SELECT count(*) FROM brand_pictures WHERE tenant_id = \(norte.database.tenant)")
            #expect(kept == 0)
        }
    }

    @Test(arguments: [
        ("GIF89a=1/*<script>alert(1)</script>*/", "no es una imagen"), ("%PDF-1.7 <html>", "no es una imagen"),
        ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='x'/></svg>", "imágenes incrustadas"),
        ("<svg", "está dañada"),
    ])
    func `what is no picture is told beside its field`(content: String, told: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let answer = try await Self.upload(content, named: "logo.png\u{202E}gpj.exe", at: norte, as: owner)
            #expect(answer.status == .unprocessableContent && answer.text.contains(told))
            #expect(norte.present == norte.tenant)
        }
    }

    /// What ended this process before it was drawn in another.
    @Test func `a drawing that overflows its reader costs its own upload only`() async throws {
        try await withTenants { norte, sur in
            let (owner, other) = (
                try await norte.signIn([.settingsManage], as: "Olga"),
                try await sur.signIn([.settingsManage], as: "Sol")
            )
            let uses = (0..<1200).map { "<g id='a\($0)'><use href='#a\($0 + 1)'/></g>" }.joined()
            let bomb = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>\(uses)<g id='a1200'/></svg>"
            let answer = try await Self.upload(bomb, named: "logo.svg", at: norte, as: owner)
            #expect(answer.status == .unprocessableContent && answer.text.contains("demasiado pesada de dibujar"))
            #expect(norte.present == norte.tenant)
            #expect(try await Self.upload(Self.drawing, named: "logo.svg", at: sur, as: other).status == .seeOther)
        }
    }

    @Test(arguments: ["", "x", "...png", String(repeating: "0", count: 32) + "-logo.png", "-logo.png"])
    func `a picture that is not there is not found`(file: String) async throws {
        try await withTenants { norte, _ in
            let answer = try await Self.get(norte, "/assets/brand/\(file)")
            #expect(answer.status == .notFound)
        }
    }

    @Test func `every text of the brand is whole`() { #expect(BrandWords.problems == []) }
}
