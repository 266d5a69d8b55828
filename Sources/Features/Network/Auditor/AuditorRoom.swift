import API
import Assembly
import Backups
import Declarations
import Jobs
import Locale
import Nouns
import Panel
import Routers
import Vault

extension EventKind {
    package static let findingOpened = EventKind(
        "router.finding_opened",
        Message(
            es: "Encontró un error en un router", en: "Found a fault at a router",
            pt: "Encontrou um erro em um roteador"),
        told: Message(es: "Hallazgo abierto en un router", en: "Finding opened", pt: "Achado aberto em um roteador"),
        to: .networkRead)
    package static let findingClosed = EventKind(
        "router.finding_closed",
        Message(
            es: "Un error de un router quedó resuelto", en: "A router's fault is gone",
            pt: "Um erro de um roteador ficou resolvido"),
        told: Message(
            es: "Hallazgo resuelto en un router", en: "Finding closed", pt: "Achado resolvido em um roteador"),
        to: .networkRead)
    package static let findingIgnored = EventKind(
        "router.finding_ignored",
        Message(es: "Ignoró un hallazgo", en: "Ignored a finding", pt: "Ignorou um achado"))
    package static let findingHeeded = EventKind(
        "router.finding_heeded",
        Message(es: "Dejó de ignorar un hallazgo", en: "Heeded a finding again", pt: "Deixou de ignorar um achado"))
    package static let fixAsked = EventKind(
        "router.fix_asked",
        Message(es: "Mandó aplicar una corrección", en: "Had a fix applied", pt: "Mandou aplicar uma correção"))
    package static let fixKept = EventKind(
        "router.fix_kept",
        Message(
            es: "Aplicó y verificó una corrección", en: "Applied and verified a fix",
            pt: "Aplicou e verificou uma correção"),
        told: Message(es: "Corrección aplicada", en: "Fix applied", pt: "Correção aplicada"), to: .networkRead)
    package static let fixTakenBack = EventKind(
        "router.fix_taken_back",
        Message(
            es: "Perdió la gestión con una corrección, que el router deshace",
            en: "Lost management by a fix, which the router takes back",
            pt: "Perdeu a gestão com uma correção, que o roteador desfaz"),
        told: Message(
            es: "Corrección deshecha por el router", en: "Fix taken back by the router",
            pt: "Correção desfeita pelo roteador"), to: .networkRead)
    package static let fixFailed = EventKind(
        "router.fix_failed",
        Message(es: "No pudo aplicar una corrección", en: "Could not apply a fix", pt: "Não pôde aplicar uma correção"),
        told: Message(es: "Corrección no aplicada", en: "Fix not applied", pt: "Correção não aplicada"),
        to: .networkRead)
}

extension Notice {
    package static let auditing = Notice(
        "router_auditing",
        Message(
            es: "El router se audita ahora; vuelva a cargar la página en un momento.",
            en: "The router is being audited; reload the page in a moment.",
            pt: "O roteador está sendo auditado; recarregue a página em um momento."))
    package static let fixing = Notice(
        "router_fixing",
        Message(
            es: "La corrección se aplica ahora y se verifica en el router.",
            en: "The fix is being applied, and is verified on the router.",
            pt: "A correção está sendo aplicada e se verifica no roteador."))
}

extension RoomDeclarations {
    package static let auditor = RoomDeclarations(
        "Auditor",
        menu: [
            MenuEntry(
                .menu(.network, 60), Message(es: "Auditor", en: "Auditor", pt: "Auditor"), path: AuditRoutes.path,
                permission: .networkRead, icon: .check,
                synonyms: Message(
                    es: "errores configuración puntaje mikrotik seguridad", en: "faults configuration score security",
                    pt: "erros configuração pontuação segurança"))
        ],
        notices: [.auditing, .fixing],
        events: [
            .findingOpened, .findingClosed, .findingIgnored, .findingHeeded, .fixAsked, .fixKept, .fixTakenBack,
            .fixFailed,
        ],
        details: [
            DetailKind(
                "rule", Message(es: "Regla", en: "Rule", pt: "Regra"),
                values: Dictionary(uniqueKeysWithValues: AuditRule.allCases.map { ($0.rawValue, $0.title) })),
            DetailKind("thing", Message(es: "En", en: "At", pt: "Em")),
            DetailKind("commands", Message(es: "Comandos", en: "Commands", pt: "Comandos")),
        ],
        parts: [RouterPart(20, AuditRoutes.ofRouter)])
}

extension Crew {
    static let auditor = Crew("auditor", places: 16)
}

extension Room {
    package static let auditor = Room(
        .auditor, panel: { routes, _ in AuditRoutes().add(to: &routes) },
        api: { routes, _ in AuditAPI().add(to: &routes) },
        jobs: { jobs, context in
            let dialer = RouterDialer(context.devices, vault: context.vault)
            let backups = BackupVault(context)
            jobs.add(AuditRouters.self, to: .auditor) { try await $0.run(in: $1) }
            jobs.add(AuditRouter.self, to: .auditor) { try await $0.run(in: $1, with: dialer, keeping: backups) }
            jobs.add(ApplyFix.self, to: .auditor) { try await $0.run(in: $1, with: dialer) }
        },
        nightly: [AuditRouters.self])
}
