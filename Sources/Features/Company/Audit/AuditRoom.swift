import Assembly
import Declarations
import Events
import Locale
import Panel

extension RoomDeclarations {
    package static let audit = RoomDeclarations(
        "Audit",
        menu: [
            MenuEntry(
                .settings(.record, 10), Message(es: "Auditoría", en: "Audit trail", pt: "Auditoria"),
                path: "/panel/audit",
                permission: .auditRead, icon: .audit,
                synonyms: Message(
                    es: "historial bitácora registro movimientos quién", en: "history log activity who",
                    pt: "histórico registro movimentos quem")),
            MenuEntry(
                .settings(.record, 20),
                Message(es: "Visitas de la plataforma", en: "Platform visits", pt: "Visitas da plataforma"),
                path: "/panel/visits", permission: .auditRead, icon: .visits),
        ])
}

extension Room {
    package static let audit = Room(
        .audit,
        panel: { routes, context in
            AuditRoutes.add(to: &routes)
            ImpersonationRecordRoutes(context.impersonations).add(to: &routes)
        },
        home: AuditHome.parts,
        jobs: { jobs, context in jobs.add(SignHead.self) { try await $0.run(in: $1, with: context.signer) } },
        nightly: [SignHead.self])
}
