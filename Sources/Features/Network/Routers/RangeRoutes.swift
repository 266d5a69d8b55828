import Access
import Addresses
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Panel
import Tenancy

/// Redes de equipos: the networks of a company's devices, which we may dial.
struct RangeRoutes: Sendable {
    static let path = "/panel/device-ranges"
    static let most = 100

    private let acts: RouterActs

    init(_ acts: RouterActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/device-ranges", .networkManage, "Redes de equipos", ask)
        routes.post("/panel/device-ranges", .networkManage, "Cambia las redes de equipos", put)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let ranges = try await visit.database.deviceRanges()
        return try await page(ranges.joined(separator: "\n"), nil, .ok, visit)
    }

    private func put(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        try sent.allow(["ranges", FormID.field])
        let typed = FormText.lines(sent["ranges"] ?? "", each: 100)
        let lines = typed.split(separator: "\n").map { FormText.line(String($0)) }.filter { !$0.isEmpty }
        let ranges = lines.compactMap { AddressRange($0) }
        guard ranges.count == lines.count, ranges.count <= Self.most else {
            return try await page(typed, RouterRefusal.rangeUnreadable, .unprocessableContent, visit)
        }
        try await acts.put(ranges: Array(Set(ranges)), by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Self.path)
    }

    private func page(_ typed: String, _ fault: RouterRefusal?, _ status: Status, _ visit: Visit) async throws
        -> Response
    {
        try await Panel.page(
            RangesPage(typed: typed, fault: fault, visit: visit),
            titled: RouterWords.ranges.text(for: visit.reader), status: status, for: visit)
    }
}

private struct RangesPage: View {
    let typed: String
    let fault: RouterRefusal?
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { RouterWords.ranges.text(for: reader) }
        p(.class("hint lead")) { RouterWords.rangesIntro.text(for: reader) }
        if visit.mayAct(with: .networkManage) {
            change
        } else {
            ul(.class("plain")) { for range in typed.split(separator: "\n") { li { String(range) } } }
        }
    }

    private var change: Markup {
        let reader = visit.reader
        return form(.class("card form"), .method(.post), .action(RangeRoutes.path)) {
            FormHead(
                fault.map { [FormFault(name: "ranges", message: $0.message)] } ?? [], visit: visit)
            FormField(
                RouterWords.ranges.text(for: reader), name: "ranges", hint: RouterWords.rangesHint.text(for: reader),
                error: fault?.text(for: reader)
            ) { wiring in
                textarea(wiring, .rows(8), .autocomplete("off"), text: typed)
            }
            div(.class("form-acts")) {
                button(.type("submit"), .class("primary")) { NounWords.save.text(for: reader) }
            }
        }
    }
}
