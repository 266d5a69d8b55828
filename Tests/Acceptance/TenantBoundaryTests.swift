import JSON
import TestSupport
import Testing

@Suite(.servingMastil) struct TenantBoundaryTests {
    let mastil = RunningMastil.current

    private static let neighbours = [("norte", "sur"), ("sur", "norte")]

    private func path(of customer: StoredCustomer) -> String { "/api/v1/customers/\(customer.id)" }

    @Test(arguments: Installation.tenants)
    func `a program reads one of its tenant's customers`(slug: String) async throws {
        let customer = try await mastil.installation.customer(7, of: slug)
        let answer = try await mastil.program(of: slug).get(path(of: customer))
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        #expect(try answer.json.text("id") == customer.id)
        #expect(try answer.json.text("name") == customer.name)
        #expect(try answer.json["number"] == .integer(7))
    }

    @Test(arguments: neighbours)
    func `a person sees fifty of the tenant's customers and none of the neighbour's`(
        slug: String, neighbour: String
    ) async throws {
        let page = try await mastil.person(of: slug).get("/panel/customers")
        #expect(page.status == 200 && page.isPage)
        #expect(page.numbers == Array(1...50))
        #expect(page.text.ranges(of: " de \(slug)</a></td>").count == 50)
        #expect(!page.text.contains(" de \(neighbour)"))
    }

    @Test(arguments: neighbours)
    func `a neighbour's customer is answered like one that never was`(slug: String, neighbour: String) async throws {
        let foreign = try await mastil.installation.customer(3, of: neighbour)
        let program = try await mastil.program(of: slug)
        let answer = try await program.get(path(of: foreign))
        let nobody = try await program.get("/api/v1/customers/01900000-0000-7000-8000-000000000000")
        #expect(answer.status == 404 && answer.isProblem)
        #expect(answer.headers.map(\.name) == nobody.headers.map(\.name))
        #expect(
            try answer.json.members.filter { $0.name != "request_id" }.elementsEqual(
                nobody.json.members.filter { $0.name != "request_id" }
            ) { $0.name == $1.name && $0.value == $1.value })
        #expect(!answer.text.contains(foreign.id) && !answer.text.contains(foreign.name))
        #expect(try await mastil.program(of: neighbour).get(path(of: foreign)).status == 200)
    }

    @Test(arguments: neighbours)
    func `a token opens nothing of another tenant`(slug: String, neighbour: String) async throws {
        let customer = try await mastil.installation.customer(1, of: neighbour)
        let stranger = try await mastil.program(of: slug).asking(at: mastil.visitor(of: neighbour).host)
        let answer = try await stranger.get(path(of: customer))
        #expect(answer.status == 401 && answer.isProblem)
        #expect(answer["www-authenticate"] == "Bearer")
        #expect(!answer.text.contains(customer.name))
    }

    @Test(arguments: neighbours)
    func `a session opens nothing of another tenant`(slug: String, neighbour: String) async throws {
        let person = try await mastil.person(of: slug)
        let answer = try await person.asking(at: mastil.visitor(of: neighbour).host).get("/panel/customers")
        #expect(answer.status == 401 && answer.isPage)
        #expect(!answer.text.contains(" de \(neighbour)"))
        #expect(try await person.get("/panel/customers").status == 200)
    }

    @Test(arguments: ["/api/v1/customers/01900000-0000-7000-8000-000000000000", "/api/v1", "/panel/customers", "/nada"])
    func `a name of nobody's is misdirected`(path: String) async throws {
        let visitor = mastil.visitor(of: "nadie")
        #expect(try await visitor.get(path).status == 421)
        #expect(try await mastil.program(of: "norte").asking(at: visitor.host).get(path).status == 421)
        #expect(try await visitor.asking(at: "localhost").get(path).status == 421)
    }

    @Test func `who shows nothing is asked to sign in`() async throws {
        let customer = try await mastil.installation.customer(1, of: "norte")
        let visitor = mastil.visitor(of: "norte")
        let answer = try await visitor.get(path(of: customer))
        #expect(answer.status == 401 && answer.isProblem && answer["www-authenticate"] == "Bearer")
        #expect(try answer.json.text("code") == "sign_in_required")
        let page = try await visitor.get("/panel/customers")
        #expect(page.status == 401 && page.isPage)
        #expect(page.text.contains("Inicie sesión"))
    }

    @Test(arguments: ["", "Bearer", "Bearer x", "Bearer mst_live_", "Basic bm9ydGU6c3Vy", "bearer"])
    func `what is no token opens nothing`(value: String) async throws {
        let customer = try await mastil.installation.customer(1, of: "norte")
        let answer = try await mastil.visitor(of: "norte").with("Authorization", value).get(path(of: customer))
        #expect(answer.status == 401)
    }

    @Test func `a session is no token and a token no session`() async throws {
        let customer = try await mastil.installation.customer(1, of: "norte")
        let visitor = mastil.visitor(of: "norte")
        let session = try #require(try await mastil.person(of: "norte").headers["Cookie"]).dropFirst("sid=".count)
        let token = try #require(try await mastil.program(of: "norte").headers["Authorization"]).dropFirst(7)
        let asProgram = try await visitor.with("Authorization", "Bearer \(session)").get(path(of: customer))
        let asPerson = try await visitor.with("Cookie", "sid=\(token)").get("/panel/customers")
        #expect(asProgram.status == 401)
        #expect(asPerson.status == 401)
    }

    @Test func `a permission withdrawn is missed by the very next request`() async throws {
        let customer = try await mastil.installation.customer(1, of: "sur")
        let program = try await mastil.program(of: "sur")
        let person = try await mastil.person(of: "sur", email: "despedida@sur.example")
        #expect(try await program.get(path(of: customer)).status == 200)
        #expect(try await person.get("/panel/customers").status == 200)
        try await mastil.installation.set(
            Installation.withoutPermissions, of: program.headers["Authorization"], in: "api_tokens")
        try await mastil.installation.sql(
            "UPDATE staff SET \(Installation.withoutPermissions) WHERE email = 'despedida@sur.example'")
        let answer = try await program.get(path(of: customer))
        #expect(answer.status == 403 && answer.isProblem)
        #expect(try answer.json.text("code") == "not_permitted")
        let page = try await person.get("/panel/customers")
        #expect(page.status == 403 && page.isPage)
        #expect(!page.text.contains(" de sur"))
    }

    @Test(arguments: ["7", "x", "01900000-0000-7000-8000-00000000000", "null", "'"])
    func `what cannot be a customer's id is not there`(id: String) async throws {
        let answer = try await mastil.program(of: "norte").get("/api/v1/customers/\(id)")
        #expect(answer.status == 404 && answer.isProblem)
    }

    @Test func `HEAD says what GET would, without the body`() async throws {
        let customer = try await mastil.installation.customer(1, of: "norte")
        let program = try await mastil.program(of: "norte")
        let person = try await mastil.person(of: "norte")
        for (visitor, path) in [(program, path(of: customer)), (person, "/panel/customers")] {
            let whole = try await visitor.get(path)
            let head = try await visitor.head(path)
            #expect(head.status == 200)
            #expect(head["content-length"] == "\(whole.body.count)")
            #expect(head["content-type"] == whole["content-type"])
        }
        #expect(try await mastil.visitor(of: "norte").head("/panel/customers").status == 401)
    }

    @Test(arguments: Installation.tenants)
    func `following the pages shows every customer once`(slug: String) async throws {
        let person = try await mastil.person(of: slug)
        var seen: [Int] = []
        var path: String? = "/panel/customers"
        while let asked = path, seen.count <= 120 {
            let page = try await person.get(asked)
            #expect(page.status == 200)
            seen += page.numbers
            path = page.next
        }
        #expect(seen == Array(1...120))
    }

    @Test(arguments: [
        ("es-MX,es;q=0.9", "Lista de clientes", "Cerrar sesión", "Inicie sesión para continuar."),
        ("en-GB,en;q=0.8,es;q=0.2", "Customers", "Sign out", "Sign in to continue."),
        ("pt-BR", "Lista de clientes", "Sair", "Entre para continuar."),
        ("de", "Lista de clientes", "Cerrar sesión", "Inicie sesión para continuar."),
    ])
    func `each reads in the language asked for`(
        language: String, heading: String, button: String, refusal: String
    ) async throws {
        let page = try await mastil.person(of: "norte").with("Accept-Language", language).get("/panel/customers")
        #expect(page.text.contains("<h1>\(heading)</h1>"))
        #expect(page.text.contains(">\(button)</span></button>"))
        let visitor = mastil.visitor(of: "norte").with("Accept-Language", language)
        #expect(try await visitor.get("/panel/customers").text.contains("<p>\(refusal)</p>"))
        let answer = try await visitor.get("/api/v1/customers/01900000-0000-7000-8000-000000000000")
        #expect(try answer.json.text("detail") == refusal)
    }

    @Test(arguments: [("norte", "MXN", "America/Mexico_City"), ("sur", "PEN", "America/Lima")])
    func `the API says whose it is`(slug: String, currency: String, zone: String) async throws {
        let about = try await mastil.visitor(of: slug).get("/api/v1").json
        #expect(about.text("currency") == currency)
        #expect(about.text("time_zone") == zone)
    }
}

extension RawResponse {
    /// Of the customers in the list.
    fileprivate var numbers: [Int] {
        text.matches(of: /<td class="number">(\d+)<\/td>/).compactMap { Int($0.output.1) }
    }

    /// Where the next page is.
    fileprivate var next: String? {
        text.firstMatch(of: /<a [^>]*href="([^"]+)"[^>]* rel="next"/).map { String($0.output.1) }
    }
}
