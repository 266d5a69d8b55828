import Access
import HTTP
import TenantSupport
import TestSupport

/// The forms that a company's pages offer to somebody, filled in from what they ask: a new noun is furnished by its own
/// form. Nouns are made through the forms that make them, so that the pages about one are looked at too.
struct FormCrawl {
    /// By the pattern of the route that takes it.
    private(set) var bodies: [String: String] = [:]
    /// Where each is sent to: the same pattern with the tenant's own ids.
    private(set) var places: [String: String] = [:]
    private let gate: RequestGate
    private let routes: RouteLookup
    private let tenant: TestTenant
    private let cookie: String
    private var seen: Set<String> = []

    init(of gate: RequestGate, at tenant: TestTenant, as cookie: String) async throws {
        (self.gate, self.tenant, self.cookie) = (gate, tenant, cookie)
        routes = RouteLookup(gate.routes.declarations)
        let starts = gate.routes.declarations.filter { $0.method == .get && $0.parameters.isEmpty }.map(\.pattern)
        for start in starts { try await look(at: start, depth: 3) }
    }

    private mutating func look(at path: String, depth: Int) async throws {
        guard depth > 0, seen.insert(path).inserted, seen.count < 400 else { return }
        guard let page = try await ask(path), page.status == .ok else { return }
        for form in HTMLForm.all(in: page.text) where form.method == "post" {
            guard let pattern = routes.route(.post, form.action)?.pattern else { continue }
            let isKnown = bodies[pattern] != nil
            if !isKnown { (bodies[pattern], places[pattern]) = (form.filled, form.action) }
            // A page that asks for something new makes one, whose own pages follow.
            guard !isKnown, path.hasSuffix("/new"), !form.isMultipart,
                let made = try await ask(form.action, form.filled),
                let place = made.headers["Location"]?.split(separator: "?").first
            else { continue }
            try await look(at: String(place), depth: depth)
        }
        for link in HTMLForm.links(in: page.text) where routes.route(.get, link) != nil {
            try await look(at: link, depth: depth - 1)
        }
    }

    private func ask(_ target: String, _ body: String? = nil) async throws -> Answer? {
        guard target.hasPrefix("/"), !target.contains("sign-out") else { return nil }
        let type = [("Content-Type", "application/x-www-form-urlencoded")]
        let request = try DirectRequests(on: .tests).request(
            body == nil ? "GET" : "POST", target, host: tenant.host,
            fields: [("Cookie", cookie), ("Sec-Fetch-Site", "same-origin")] + (body == nil ? [] : type),
            body: Array((body ?? "").utf8))
        return Answer(await gate.answer(request))
    }
}

/// Which route answers at a path. Patterns are taken apart once: a crawl asks for thousands of paths.
struct RouteLookup {
    private let routes: [String: [(segments: [Substring], route: RouteDeclaration)]]

    init(_ declarations: [RouteDeclaration]) {
        let known = declarations.map { (segments: $0.pattern.split(separator: "/"), route: $0) }
        routes = Dictionary(grouping: known) { Self.key($0.route.method, $0.segments.count) }
    }

    func route(_ method: HTTP.Method, _ path: String) -> RouteDeclaration? {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        return routes[Self.key(method, parts.count), default: []]
            .filter { zip($0.segments, parts).allSatisfy { $0 == $1 || $0.hasPrefix(":") } }
            .map(\.route).min { $0.parameters.count < $1.parameters.count }
    }

    private static func key(_ method: HTTP.Method, _ count: Int) -> String { "\(method.name) \(count)" }
}

/// A form of one of our pages.
struct HTMLForm {
    let action: String
    let method: String
    let isMultipart: Bool
    /// With something in each field that its page allows.
    let filled: String

    static func all(in page: String) -> [HTMLForm] {
        page.split(separator: "<form").dropFirst().compactMap { text in
            guard let end = text.firstIndex(of: ">"), let close = text.firstRange(of: "</form>") else { return nil }
            return HTMLForm(head: text[..<end], content: text[end..<close.lowerBound])
        }
    }

    static func links(in page: String) -> [String] {
        page.split(separator: "<a ").dropFirst().compactMap { text in
            value("href", in: text.prefix { $0 != ">" }).map { $0.replacing("&amp;", with: "&") }
        }.filter { $0.hasPrefix("/") && !$0.contains("notice=") }
    }

    private init?(head: Substring, content: Substring) {
        guard let action = Self.value("action", in: head) else { return nil }
        self.action = action.replacing("&amp;", with: "&")
        method = Self.value("method", in: head) ?? "get"
        isMultipart = head.contains("multipart")
        var pairs: [(String, String)] = []
        for tag in content.split(separator: "<") {
            let open = tag.prefix { $0 != ">" }
            guard let name = Self.value("name", in: open) else { continue }
            let isRepeated = ["checkbox", "radio"].contains(Self.value("type", in: open))
            if isRepeated, pairs.contains(where: { $0.0 == name }) { continue }
            if tag.hasPrefix("input") || tag.hasPrefix("button") {
                pairs.append((name, Self.text(for: open)))
            } else if tag.hasPrefix("textarea") {
                let typed = tag.drop { $0 != ">" }.dropFirst().drop(while: \.isNewline)
                pairs.append((name, typed.isEmpty ? "Prueba" : String(typed)))
            } else if tag.hasPrefix("select") {
                let options = content[tag.endIndex...]
                let values = options[..<(options.firstRange(of: "</select>")?.lowerBound ?? options.endIndex)]
                    .split(separator: "<option").compactMap { Self.value("value", in: $0.prefix { $0 != ">" }) }
                pairs.append((name, values.first { !$0.isEmpty } ?? ""))
            }
        }
        filled = Fields(pairs.map { (name: $0.0, value: $0.1.replacing("&amp;", with: "&")) }).urlEncoded
    }

    private static func text(for input: Substring) -> String {
        if let value = value("value", in: input), !value.isEmpty { return value }
        return switch value("type", in: input) {
        case "email": "prueba@example.com"
        case "date": "2026-11-20"
        case "number": value("min", in: input) ?? "1"
        case "tel": "55 0000 0000"
        case "color": "#0b6e4f"
        default: "Prueba"
        }
    }

    private static func value(_ name: String, in tag: Substring) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
}
