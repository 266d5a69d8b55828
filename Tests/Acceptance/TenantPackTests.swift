import JSON
import Loop
import TestSupport
import Testing

@Suite(.servingMastil, .serialized) struct TenantPackTests {
    let mastil = RunningMastil.current

    private var installation: Installation { mastil.installation }
    private var folders: [String] { Installation.tenants.map { "\(installation.directory)/\($0)" } }

    /// Of every row of every table.
    private func fingerprint() async throws -> [[String?]] {
        let tables = try await installation.sql(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).compactMap { $0[0] }.sorted()
        #expect(tables.contains("customers") && tables.contains("tenants"))
        let parts = tables.map {
            "SELECT '\($0)', count(*), md5(string_agg(t::text || xmin, '\n' ORDER BY t::text)) FROM \($0) t"
        }
        return try await installation.sql(parts.joined(separator: " UNION ALL "))
    }

    /// The workers beside it write rows too (seals of the record, kept figures), so one try can see their work. A
    /// command that writes changes rows in every try.
    private func changesNoRow(_ command: () async throws -> Void) async throws {
        try await eventually("the command ends and no row has changed") {
            let before = try await fingerprint()
            try await command()
            return try await fingerprint() == before
        }
    }

    @Test func `applying the same folder again changes no row`() async throws {
        try await changesNoRow {
            let said = try await installation.mastil("tenant", "apply", folders[0], folders[1] + "/")
            #expect(said == "norte: unchanged\nsur: unchanged")
        }
    }

    @Test func `a changed folder is what visitors soon see`() async throws {
        let person = try await mastil.person(of: "sur")
        #expect(try await person.get("/assets/brand.css").text.contains("--brand:#a4161a"))
        try installation.write(
            Installation.sur.replacing("Fibra del Sur", with: "Sur & Fibra").replacing("#a4161a", with: "#12AB90"),
            to: "sur/tenant.json")
        let said = try await installation.mastil("tenant", "apply", folders[1])
        #expect(said == "sur: name: 'Fibra del Sur' → 'Sur & Fibra'; colour: '#a4161a' → '#12ab90'")
        try await eventually("the new name and colour") {
            let css = try await person.get("/assets/brand.css")
            return css.text.contains("--brand:#12ab90")
        }
        #expect(try await person.get("/panel/customers").text.contains(">Sur &amp; Fibra</a>"))
        #expect(try await mastil.visitor(of: "sur").get("/api/v1").json.text("company") == "Sur & Fibra")
        #expect(try await mastil.visitor(of: "norte").get("/api/v1").json.text("company") == "Norte Inalámbrico")
    }

    @Test func `a logo that overflows its reader is refused in words, and what serves does not link that reader`()
        async throws
    {
        let uses = (0..<1200).map { "<g id='a\($0)'><use href='#a\($0 + 1)'/></g>" }.joined()
        try installation.write(Installation.sur, to: "sur-bomb/tenant.json")
        try installation.write(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>\(uses)<g id='a1200'/></svg>",
            to: "sur-bomb/logo.svg")
        let outcome = try await Programs.mastil(
            ["tenant", "apply", "\(installation.directory)/sur-bomb"], environment: installation.environment)
        #expect(outcome.status == 1 && outcome.errors.contains("logo.svg: it is too heavy to draw"))
        let libraries = try await Programs.shell("ldd \"$1\"", Programs.mastil)
        #expect(libraries.contains("libpq"))
        for heavy in ["librsvg", "libcairo", "libpango", "libjpeg", "libturbojpeg", "libwebp", "libxml2"] {
            #expect(!libraries.contains(heavy))
        }
    }

    @Test func `a tenant that is closed answers nowhere until it is opened again`() async throws {
        let visitor = mastil.visitor(of: "norte")
        let export = "\(installation.directory)/norte-export"
        let closed = try await installation.mastil(
            "tenant", "close", "norte", "--reason", "Cambió de sistema", "--export", export)
        #expect(closed.hasSuffix("norte: closed"))
        try await eventually("norte is closed") { try await visitor.get("/api/v1").status == 421 }
        let kept = try await installation.mastil("tenant", "apply", folders[0])
        #expect(kept.contains("norte: stays closed"))
        #expect(try await visitor.get("/panel").status == 421)
        _ = try await installation.mastil("tenant", "resume", "norte", "--reason", "Volvió")
        try await eventually("norte is open") { try await visitor.get("/api/v1").status == 200 }

        let customers = try await Programs.shell("wc -l < \"$1\"/tables/customers.jsonl", export)
        #expect(customers.contains("120"))
        let sums = try await Programs.shell(
            """
            cd "$1" && /usr/bin/python3 -c '
            import hashlib, json
            for table in json.load(open("manifest.json"))["tables"]:
                content = open(table["file"], "rb").read()
                assert hashlib.sha256(content).hexdigest() == table["sha256"], table
                assert len(content.splitlines()) == table["rows"], table
                for line in content.splitlines(): assert "norte" in line.decode() or json.loads(line), line
            print("right")'
            """, export)
        #expect(sums.contains("right"))
    }

    @Test func `diff says what apply would change, and changes nothing`() async throws {
        try installation.write(
            Installation.sur.replacing("demo:", with: "plan: { name: \"Inicial\", customers: 300 }, demo:"),
            to: "sur-plan/tenant.json")
        try await changesNoRow {
            let said = try await installation.mastil("tenant", "diff", "\(installation.directory)/sur-plan", folders[0])
            #expect(said.contains("plan: '' → 'Inicial'; plan.customers: '' → '300'"))
            #expect(said.contains("norte: unchanged"))
        }
    }

    @Test func `a suspended company can be read and not changed, until it is resumed`() async throws {
        let program = try await mastil.program(of: "norte")
        _ = try await installation.mastil("tenant", "suspend", "norte", "--reason", "Falta un pago")
        let person = try await mastil.person(of: "norte")
        try await eventually("the notice is there") {
            try await person.get("/panel/customers").text.contains("Motivo: Falta un pago")
        }
        #expect(try await program.get("/api/v1/customers").status == 200)
        _ = try await installation.mastil("tenant", "resume", "norte", "--reason", "Pagó")
        try await eventually("the notice is gone") {
            try await !person.get("/panel/customers").text.contains("Motivo: Falta un pago")
        }
    }

    @Test func `a new tenant is served without a restart`() async throws {
        let pack = Installation.norte.replacing("\"norte\"", with: "\"este\"").replacing("120", with: "3")
        try installation.write(pack, to: "este/tenant.json")
        let said = try await installation.mastil("tenant", "apply", "\(installation.directory)/este")
        #expect(said == "este: made, 3 invented customers added")
        try await eventually("este is there") {
            try await mastil.visitor(of: "este").get("/api/v1").status == 200
        }
        let page = try await mastil.person(of: "este").get("/panel/customers")
        #expect(page.text.ranges(of: "<td class=\"number\">").count == 3)
        let list = try await installation.mastil("tenant", "list")
        #expect(list.contains("este\tactive\thttp://este.localhost:\(installation.port)\tNorte Inalámbrico"))
    }

    @Test func `a name that would be a script is shown as it is written`() async throws {
        let name = #"<script>alert("1")</script> & 'O\Neill' "#
        let rows = try await installation.sql(
            """
            INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
            SELECT tenant_id, gen_random_uuid(), 900000, $name$\(name)$name$, '"><img src=x>', '&lt;', '{{1}}', 'active',
                '2026-01-31'
            FROM tenants WHERE slug = 'norte' RETURNING customer_id
            """)
        let id = try #require(rows.first?[0])
        let page = try await mastil.person(of: "norte").get("/panel/customers?after=899999")
        let escaped = #"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;O\Neill&#39; </a></td>"#
        #expect(page.text.contains(escaped))
        for shown in [">&quot;&gt;&lt;img src=x&gt;</td>", ">&amp;lt;</td>", ">{{1}}</td>"] {
            #expect(page.text.contains(shown), "\(shown)")
        }
        #expect(!page.text.contains("<script>") && !page.text.contains("<img src=x"))
        #expect(page["content-security-policy"]?.hasPrefix("default-src 'none'; ") == true)
        let answer = try await mastil.program(of: "norte").get("/api/v1/customers/\(id)")
        #expect(try answer.json.text("name") == name)
        #expect(try answer.json.text("phone") == "\"><img src=x>")
        #expect(try answer.json.text("since") == "2026-01-31")
        try await installation.sql("DELETE FROM customers WHERE customer_id = '\(id)'")
    }
}
