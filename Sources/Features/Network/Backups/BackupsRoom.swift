import API
import Access
import Assembly
import Declarations
import Jobs
import Locale
import Loop
import Nouns
import Panel
import Routers
import Vault

extension Permission {
    /// Grants the passwords in the configurations too.
    package static let networkBackups = Permission("network.backups")
}

extension EventKind {
    package static let backupMissing = EventKind(
        "router.backup_missing",
        Message(
            es: "Un router lleva días sin respaldo", en: "A router has gone days without a backup",
            pt: "Um roteador está há dias sem backup"),
        told: Message(es: "Router sin respaldo", en: "Router without backup", pt: "Roteador sem backup"),
        to: .networkRead)
    package static let backupReturned = EventKind(
        "router.backup_returned",
        Message(
            es: "Un router volvió a tener respaldo", en: "A router has a backup again",
            pt: "Um roteador voltou a ter backup"),
        told: Message(
            es: "Router con respaldo otra vez", en: "Router backed up again", pt: "Roteador com backup de novo"),
        to: .networkRead)
    package static let backupRead = EventKind(
        "router.backup_read",
        Message(
            es: "Descargó el respaldo de un router", en: "Downloaded a router's backup",
            pt: "Baixou o backup de um roteador"))
    package static let backupRulesChanged = EventKind(
        "backup_rules.changed",
        Message(
            es: "Cambió las reglas de los respaldos", en: "Changed the rules of backups",
            pt: "Alterou as regras dos backups"))
}

extension Notice {
    package static let backingUp = Notice(
        "router_backing_up",
        Message(
            es: "El router se respalda ahora; aparece una versión nueva si algo cambió.",
            en: "The router is being backed up; a new version appears if something changed.",
            pt: "O backup do roteador está sendo feito; aparece uma versão nova se algo mudou."))
}

extension RoomDeclarations {
    package static let backups = RoomDeclarations(
        "Backups",
        permissions: [
            GrantablePermission(
                .networkBackups,
                Message(
                    es: "Descargar respaldos de routers, con sus contraseñas",
                    en: "Download routers' backups, with their passwords",
                    pt: "Baixar backups de roteadores, com as suas senhas"),
                heldBy: [.noc])
        ],
        menu: [
            MenuEntry(
                .menu(.network, 70), Message(es: "Respaldos", en: "Backups", pt: "Backups"), path: BackupRoutes.path,
                permission: .networkRead, icon: .versions,
                synonyms: Message(
                    es: "configuración export versiones restaurar", en: "configuration export versions restore",
                    pt: "configuração export versões restaurar"))
        ],
        notices: [.backingUp],
        events: [.backupMissing, .backupReturned, .backupRead, .backupRulesChanged],
        details: [DetailKind("backup", Message(es: "Versión", en: "Version", pt: "Versão"))]
            + BackupRules.detailKinds)
}

extension Crew {
    static let backups = Crew("backups", places: 16)
}

extension BackupVault {
    package init(_ context: RoomContext) {
        self.init(context.vault, randomness: context.randomness, workingOn: context.devices.loops.blocking)
    }
}

extension Room {
    package static let backups = Room(
        .backups,
        panel: { routes, context in
            BackupRoutes(BackupVault(context)).add(to: &routes)
        },
        api: { routes, context in
            BackupAPI(BackupVault(context)).add(to: &routes)
        },
        jobs: { jobs, context in
            let dialer = RouterDialer(context.devices, vault: context.vault)
            let backups = BackupVault(context)
            jobs.add(BackUpRouters.self, to: .backups) { try await $0.run(in: $1) }
            jobs.add(BackUpRouter.self, to: .backups) { try await $0.run(in: $1, with: dialer, keeping: backups) }
        },
        nightly: [BackUpRouters.self])
}
