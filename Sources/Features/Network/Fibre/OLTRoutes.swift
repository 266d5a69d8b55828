import Access
import Declarations
import FibreProtocol
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Tenancy
import Time
import Zones

/// OLTs in the panel.
struct OLTRoutes: Sendable {
    private let acts: FibreActs

    init(_ acts: FibreActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/olts", .networkRead, "Las OLT y si responden", list)
        routes.get("/panel/olts/new", .networkManage, "Formulario para agregar una OLT", ask)
        routes.post("/panel/olts", .networkManage, "Agrega una OLT", create)
        routes.get("/panel/olts/:id", .networkRead, "Una OLT, sus puertos y sus comandos", show)
        routes.post("/panel/olts/:id/look", .networkOperate, "Lee una OLT ahora", look)
        routes.post("/panel/olts/:id/backup", .networkManage, "Pide un respaldo de una OLT", backUp)
        routes.get("/panel/olt-configurations/:id", .networkManage, "Una configuración guardada de una OLT", showBackup)
        routes.get("/panel/olts/:id/edit", .networkManage, "Formulario para cambiar una OLT", edit)
        routes.post("/panel/olts/:id", .networkManage, "Cambia una OLT", change)
        routes.get("/panel/olts/:id/delete", .networkManage, "Pregunta antes de eliminar una OLT", askToDelete)
        routes.post("/panel/olts/:id/delete", .networkManage, "Elimina una OLT", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(OLTUse.list, visit.request.query)
        let zones = try await visit.database.zones()
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.oltUses(query), counted: visit.database.oltsCounted(query))
        let new = (FibreWords.new.text(for: visit.reader), "\(OLT.path)/new")
        let page = ListPage(
            part,
            .init(
                .network, none: FibreWords.none.message, intro: FibreWords.intro.message,
                search: FibreWords.search.message),
            options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            links: [
                .init(FibreWords.asking.text(for: visit.reader), path: ONURoutes.asking),
                .init(FibreWords.onus.text(for: visit.reader), path: ONU.path),
                .init(FibreWords.templates.text(for: visit.reader), path: ONUTemplate.path),
            ], new: visit.mayAct(with: .networkManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: acts.blank(at: visit.now)), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<OLT>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let olt = form.applied(to: acts.blank(at: visit.now))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await acts.add(olt, to: visit.tenant, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(fibreRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: OLT.ID) async throws -> Response {
        let olt = try await found(id, in: visit.database)
        let zones = try await visit.database.zones()
        let page = OLTPage(
            olt: olt, health: try await visit.database.oltHealth(id) ?? OLTHealth(),
            ports: try await visit.database.portSummary(of: id),
            commands: try await visit.database.oltCommands(at: id, limit: 20),
            backups: visit.may(.networkManage) ? try await visit.database.oltConfigurations(of: id, limit: 20) : nil,
            options: ["zone": Zone.options(zones, for: visit)], visit: visit)
        return try await Panel.page(page, titled: olt.name, for: visit)
    }

    private func look(_ visit: Visit, id: OLT.ID) async throws -> Response {
        let olt = try await acts.look(at: id, by: visit.principal, in: visit.database)
        return Panel.done(.readingOLT, at: olt.panelPath)
    }

    private func backUp(_ visit: Visit, id: OLT.ID) async throws -> Response {
        let olt = try await acts.keepConfiguration(of: id, by: visit.principal, in: visit.database)
        return Panel.done(.readingOLT, at: olt.panelPath)
    }

    private func showBackup(_ visit: Visit, id: OLTConfiguration.ID) async throws -> Response {
        guard let kept = try await visit.database.oltConfiguration(id),
            let text = try await acts.text(of: id, in: visit.database)
        else { throw AccessRefusal.notFound }
        let olt = try await found(kept.olt, in: visit.database)
        let earlier = try await visit.database.oltConfigurations(of: kept.olt, below: kept.number, limit: 1).first
        var before: String?
        if let earlier { before = try await acts.text(of: earlier.id, in: visit.database) }
        let page = ConfigurationPage(
            olt: olt, kept: kept, difference: before.map { LineDifference(from: $0, to: text) }, text: text,
            visit: visit)
        return try await Panel.page(page, titled: "\(olt.name) · \(kept.number)", for: visit)
    }

    private func edit(_ visit: Visit, id: OLT.ID) async throws -> Response {
        let olt = try await found(id, in: visit.database)
        return try await page(NounForm(olt), olt, .ok, visit)
    }

    private func change(_ visit: Visit, id: OLT.ID) async throws -> Response {
        let olt = try await found(id, in: visit.database)
        var form = try NounForm<OLT>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, olt, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let olt = try await found(id, locked: true, in: database)
                if let late = sent.late(for: olt) { return NounForm<OLT>?.some(late) }
                _ = try await acts.change(olt, to: sent.applied(to: olt), by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, olt, .conflict, visit) }
            return Panel.done(.saved, at: olt.panelPath)
        } catch let refusal as any Refusal {
            try form.add(fibreRefusal: refusal)
            return try await page(form, olt, refusal.status, visit)
        }
    }

    private func askToDelete(_ visit: Visit, id: OLT.ID) async throws -> Response {
        let olt = try await found(id, in: visit.database)
        return try await Panel.confirm(
            FibreWords.deleteTitle.text(for: visit.reader, .name(olt.name)),
            text: FibreWords.deleteText.text(for: visit.reader), act: FibreWords.delete.text(for: visit.reader),
            action: "\(olt.panelPath)/delete", back: olt.panelPath, for: visit)
    }

    private func delete(_ visit: Visit, id: OLT.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: OLT.path)
    }

    private func found(_ id: OLT.ID, locked: Bool = false, in database: TenantDatabase) async throws -> OLT {
        guard let olt = try await database.olt(id, locked: locked) else { throw AccessRefusal.notFound }
        return olt
    }

    private func page(
        _ form: NounForm<OLT>, _ olt: OLT?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let zones = try await visit.database.zones()
        let title = olt?.name ?? FibreWords.new.text(for: visit.reader)
        let page = NounFormPage(
            title, form, options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            to: olt?.panelPath ?? OLT.path, cancel: olt?.panelPath ?? OLT.path,
            submit: olt == nil ? FibreWords.new.message : nil, visit: visit
        ) {
            if let olt {
                div(.class("acts")) {
                    a(.class("button danger"), .href("\(olt.panelPath)/delete"), .data("dialog", "")) {
                        FibreWords.delete.text(for: visit.reader)
                    }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension NounForm {
    /// Shows the refusal beside its field; one without a field is thrown on.
    mutating func add(fibreRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as FibreRefusal: add(refusal, beside: refusal.field)
        case let refusal as RouterRefusal: add(refusal, beside: "address")
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        default: throw refusal
        }
    }
}

/// An OLT's page: its state, its ports, what was sent to it.
private struct OLTPage: View {
    let olt: OLT
    let health: OLTHealth
    let ports: [PortSummary]
    let commands: [OLTCommandRow]
    /// Nil for those who may not see them.
    let backups: [OLTConfiguration]?
    let options: [String: FieldOptions]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(OLTUse.list, visit: visit)
        PageHeading(olt.name) {
            if visit.mayAct(with: .networkManage) {
                a(.class("button"), .href("\(olt.panelPath)/edit")) {
                    Icon.edit
                    span { FibreWords.edit.text(for: reader) }
                }
            }
        }
        LivePart(.network, for: visit) { present }
        if visit.mayAct(with: .networkOperate) {
            form(.method(.post), .action("\(olt.panelPath)/look"), .class("acts")) {
                button(.type("submit")) { FibreWords.look.text(for: reader) }
                a(.class("button"), .href(ONURoutes.asking)) { FibreWords.asking.text(for: reader) }
            }
        }
        NounFacts(olt, options: options, for: reader)
        if let backups { Backups(olt: olt, backups: backups, visit: visit) }
        CommandLog(commands: commands, visit: visit)
    }

    @MarkupBuilder private var present: Markup {
        p(.class("subject")) { StateMark(health.state, for: reader) }
        if olt.mode == .shadow { p(.class("notice")) { FibreWords.shadowHint.text(for: reader) } }
        dl(.class("facts card")) {
            fact(.seen, health.seenAt.map(moment))
            if !health.trouble.isEmpty { fact(.trouble, health.trouble) }
            if !health.model.isEmpty { fact(.model, health.model) }
            if !health.version.isEmpty { fact(.version, health.version) }
            fact(.compared, compared)
        }
        if !ports.isEmpty { PortTable(olt: olt, ports: ports, reader: reader) }
    }

    private var compared: String? {
        guard let at = health.comparedAt else { return nil }
        let span = health.comparedIn.map { milliseconds in
            " · "
                + FibreWords.comparedIn.text(
                    for: reader, .text("seconds", "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"))
        }
        return moment(at) + (span ?? "")
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }

    private func fact(_ words: FibreWords, _ text: String?) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd {
                if let text { text } else { span(.class("hint")) { FibreWords.never.text(for: reader) } }
            }
        }
    }
}

private struct Backups: View {
    let olt: OLT
    let backups: [OLTConfiguration]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card"), .aria("label", FibreWords.backups.text(for: reader))) {
            h2 { FibreWords.backups.text(for: reader) }
            if backups.isEmpty {
                p(.class("hint")) {
                    (olt.vendor == .fiberhome ? FibreWords.noBackupCommand : .noBackups).text(for: reader)
                }
            }
            ul {
                for kept in backups {
                    li {
                        a(.href(kept.panelPath)) {
                            kept.takenAt.text(.short, in: visit.tenant.timeZone, for: reader)
                        }
                        " · "
                        FibreWords.lines.text(for: reader, .count(kept.lines))
                        if kept.added + kept.removed > 0 {
                            " · +\(kept.added.text(for: reader)) −\(kept.removed.text(for: reader))"
                        }
                    }
                }
            }
            if olt.vendor != .fiberhome, visit.mayAct(with: .networkManage) {
                form(.method(.post), .action("\(olt.panelPath)/backup"), .class("acts")) {
                    button(.type("submit")) { FibreWords.backUp.text(for: reader) }
                }
            }
        }
    }
}

/// A kept configuration: what differs from the one before, and all of it.
private struct ConfigurationPage: View {
    let olt: OLT
    let kept: OLTConfiguration
    let difference: LineDifference?
    let text: String
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        p(.class("crumbs")) { a(.href(olt.panelPath)) { olt.name } }
        PageHeading("\(FibreWords.backups.text(for: reader)) · \(kept.number)") {}
        p(.class("hint")) { kept.takenAt.text(.short, in: visit.tenant.timeZone, for: reader) }
        if let difference {
            section(.class("card"), .aria("label", FibreWords.changes.text(for: reader))) {
                h2 { FibreWords.changes.text(for: reader) }
                ul {
                    for line in difference.removed.prefix(200) { li { code { "− \(line)" } } }
                    for line in difference.added.prefix(200) { li { code { "+ \(line)" } } }
                }
            }
        }
        details(.class("card")) {
            summary { FibreWords.wholeConfiguration.text(for: reader) }
            pre(.tabindex(0)) { text }
        }
    }
}

private struct PortTable: View {
    let olt: OLT
    let ports: [PortSummary]
    let reader: Reader

    var body: Markup {
        section(.class("card"), .aria("label", FibreWords.ports.text(for: reader))) {
            h2 { FibreWords.ports.text(for: reader) }
            ul {
                for port in ports {
                    li {
                        strong { port.port }
                        " · "
                        FibreWords.onlineCount.text(
                            for: reader, .number("online", port.online), .number("all", port.units))
                        count(port.dark, .dark)
                        count(port.weak, .weak)
                        count(port.unbound, .unbound)
                    }
                }
            }
            p {
                a(.class("button"), .href(Fields(["q": olt.name]).query(of: ONU.path))) {
                    FibreWords.onus.text(for: reader)
                }
            }
        }
    }

    @MarkupBuilder private func count(_ number: Int, _ words: FibreWords) -> Markup {
        if number > 0 { " · \(words.text(for: reader)): \(number.text(for: reader))" }
    }
}

/// What was sent to an OLT, newest first.
struct CommandLog: View {
    let commands: [OLTCommandRow]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        details(.class("card")) {
            summary { FibreWords.commands.text(for: reader) }
            if commands.isEmpty {
                p(.class("hint")) { FibreWords.noCommands.text(for: reader) }
            } else {
                ol {
                    for command in commands { entry(command) }
                }
            }
        }
    }

    private func entry(_ command: OLTCommandRow) -> Markup {
        li {
            code { command.content }
            if command.isUndo { " · \(FibreWords.taken.text(for: reader))" }
            if command.isRefused {
                " · "
                strong { FibreWords.refusedMark.text(for: reader) }
            }
            span(.class("hint")) {
                " \(command.sentAt.text(.short, in: visit.tenant.timeZone, for: reader))"
                if !command.answer.isEmpty { " · \(command.answer)" }
            }
        }
    }
}
