import API
import Access
import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Time

/// Findings in the API.
package struct AuditAPI: Sendable {
    package init() {}

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/network/findings", .networkRead, AuditorWords.apiFindings) { visit in
            FindingList(items: try await visit.database.findings(limit: 5000), reader: visit.reader)
        }
        routes.get("/api/v1/routers/:id/audit", .networkRead, AuditorWords.apiAudit) { (visit, id: Router.ID) in
            try await Self.audit(of: id, visit)
        }
        routes.post("/api/v1/routers/:id/audits", .networkOperate, AuditorWords.apiAuditNow) {
            (visit, _: NoInput, id: Router.ID) in
            try await AuditActs.audit(id, by: visit.principal, in: visit.database)
            guard let audit = try await Self.audit(of: id, visit) else { throw AccessRefusal.notFound }
            return audit
        }
        routes.post("/api/v1/network/findings/:id/fixes", .networkManage, AuditorWords.apiFix) {
            (visit, _: NoInput, id: RouterFinding.ID) in
            let finding = try await AuditActs.applyFix(of: id, by: visit.principal, in: visit.database)
            return FindingResource(finding: finding, reader: visit.reader)
        }
        routes.post("/api/v1/network/findings/:id/ignores", .networkManage, AuditorWords.apiIgnore) {
            (visit, input: IgnoreInput, id: RouterFinding.ID) in
            let finding = try await AuditActs.ignore(
                id, because: input.reason, by: visit.principal, in: visit.database)
            return FindingResource(finding: finding, reader: visit.reader)
        }
        routes.delete("/api/v1/network/findings/:id/ignores", .networkManage, AuditorWords.apiHeed) {
            (visit, id: RouterFinding.ID) in
            try await AuditActs.heed(id, by: visit.principal, in: visit.database)
        }
    }

    private static func audit(of id: Router.ID, _ visit: Visit) async throws -> AuditOfRouterResource? {
        guard try await visit.database.router(id) != nil else { return nil }
        return AuditOfRouterResource(
            router: id, audit: try await visit.database.routerAudit(id),
            findings: try await visit.database.findings(of: id, limit: 5000), reader: visit.reader)
    }
}

struct IgnoreInput: Input {
    static let schema = Schema.object(
        "FindingIgnore", [.required("reason", .line(1...300), AuditorWords.apiReason)])

    let reason: String

    init(_ members: Members) { reason = members.text("reason") ?? "" }
}

struct FindingResource: Resource {
    let finding: RouterFinding
    let reader: Reader

    static let schema = Schema.object(
        "RouterFinding",
        [
            .required("id", .id, AuditorWords.apiID), .required("router", .id, AuditorWords.router),
            .required("rule", .words(AuditRule.allCases.map(\.rawValue)), AuditorWords.apiRule),
            .required("severity", .words(AuditRule.Severity.allCases.map(\.rawValue)), AuditorWords.apiSeverity),
            .required("subject", .text, AuditorWords.apiSubject), .required("text", .text, AuditorWords.apiText),
            .required("commands", .list(of: .text), AuditorWords.apiCommands),
            .required("applicable", .flag, AuditorWords.apiApplicable),
            .required("standing", .words(RouterFinding.Standing.allCases.map(\.rawValue)), AuditorWords.apiStanding),
            .required(
                "fix", Schema.words(RouterFinding.Fix.allCases.map(\.rawValue)).orNull, AuditorWords.apiFixState),
            .required("ignored_because", .text, AuditorWords.apiReason),
            .required("opened_at", .text, AuditorWords.apiOpened),
            .required("fixed_at", Schema.text.orNull, AuditorWords.apiFixed),
        ])

    var path: String { "/api/v1/routers/\(finding.router)/audit" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", finding.id.description)
            json.member("router", finding.router.description)
            json.member("rule", finding.rule.rawValue)
            json.member("severity", finding.rule.severity.rawValue)
            json.member("subject", finding.subject)
            json.member("text", finding.text(for: reader))
            json.array("commands") { json in for command in finding.commands { json.value(command) } }
            json.member("applicable", finding.isApplicable)
            json.member("standing", finding.standing.rawValue)
            json.member("fix", finding.fix?.rawValue)
            json.member("ignored_because", finding.ignoredBecause)
            json.member("opened_at", finding.openedAt.rfc3339)
            json.member("fixed_at", finding.fixedAt?.rfc3339)
        }
    }
}

private struct FindingList: Resource {
    let items: [RouterFinding]
    let reader: Reader

    static let schema = Schema.object(
        "RouterFindings", [.required("items", .list(of: FindingResource.schema), AuditorWords.apiFindings)])

    var path: String { "/api/v1/network/findings" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for finding in items { json.value(FindingResource(finding: finding, reader: reader)) }
            }
        }
    }
}

struct AuditOfRouterResource: Resource {
    let router: Router.ID
    let audit: RouterAudit?
    let findings: [RouterFinding]
    let reader: Reader

    static let schema = Schema.object(
        "RouterAudit",
        [
            .required("router", .id, AuditorWords.router),
            .required("score", Schema.integer(0...100).orNull, AuditorWords.apiScore),
            .required(
                "upgrade", Schema.words(UpgradeVerdict.allCases.map(\.rawValue)).orNull, AuditorWords.apiUpgrade),
            .required("audited_at", Schema.text.orNull, AuditorWords.audited),
            .required("findings", .list(of: FindingResource.schema), AuditorWords.findings),
        ])

    var path: String { "/api/v1/routers/\(router)/audit" }

    func write(to json: inout JSONWriter) {
        let isAudited = audit?.auditedAt != nil
        json.object { json in
            json.member("router", router.description)
            json.member("score", isAudited ? findings.score : nil)
            json.member("upgrade", isAudited ? audit?.verdict.rawValue : nil)
            json.member("audited_at", audit?.auditedAt?.rfc3339)
            json.array("findings") { json in
                for finding in findings { json.value(FindingResource(finding: finding, reader: reader)) }
            }
        }
    }
}
