import Access
import Assembly
import Declarations
import Locale

extension Notice {
    package static let paymentRegistered = Notice(
        "payment_registered", Message(es: "Pago registrado.", en: "Payment registered.", pt: "Pagamento registrado."))
    package static let retried = Notice(
        "retried",
        Message(es: "La tarea volvió a la cola.", en: "The job is queued again.", pt: "A tarefa voltou à fila."))
    package static let discarded = Notice(
        "discarded", Message(es: "La tarea se descartó.", en: "The job is discarded.", pt: "A tarefa foi descartada."))
}

extension EventKind {
    package static let platformRouteReopened = EventKind(
        "platform.route_reopened",
        Message(
            es: "Volvió a abrir una página cerrada por caídas", en: "Opened a page again that was closed after crashes",
            pt: "Reabriu uma página fechada por quedas"))
    package static let platformJobRetried = EventKind(
        "platform.job_retried",
        Message(es: "Reintentó una tarea fallida", en: "Retried a failed job", pt: "Repetiu uma tarefa que falhou"))
    package static let platformJobDiscarded = EventKind(
        "platform.job_discarded",
        Message(es: "Descartó una tarea fallida", en: "Discarded a failed job", pt: "Descartou uma tarefa que falhou"))
}

extension RoomDeclarations {
    package static let platform = RoomDeclarations(
        "Platform",
        menu: [
            MenuEntry(
                .menu(.companies, 10), Message(es: "Empresas", en: "Companies", pt: "Empresas"),
                path: "/platform/tenants", permission: PlatformPermission.see.permission, icon: .companies),
            MenuEntry(
                .menu(.companies, 20),
                Message(es: "Facturación de la plataforma", en: "Platform billing", pt: "Faturamento da plataforma"),
                path: "/platform/billing", permission: PlatformPermission.see.permission, icon: .billing),
            MenuEntry(
                .menu(.companies, 30), Message(es: "Dominios", en: "Domains", pt: "Domínios"),
                path: "/platform/domains", permission: PlatformPermission.see.permission, icon: .domains),
            MenuEntry(
                .menu(.companies, 40),
                Message(es: "Visitas a empresas", en: "Visits to companies", pt: "Visitas a empresas"),
                path: "/platform/visits", permission: PlatformPermission.see.permission, icon: .visits),
            MenuEntry(
                .menu(.system, 10), Message(es: "Salud y colas", en: "Health and queues", pt: "Saúde e filas"),
                path: "/platform/health", permission: PlatformPermission.see.permission, icon: .health),
            MenuEntry(
                .menu(.system, 15), BackupWords.title.message, path: "/platform/backups",
                permission: PlatformPermission.see.permission, icon: .audit),
            MenuEntry(
                .menu(.system, 20), Message(es: "Aislamiento", en: "Isolation", pt: "Isolamento"),
                path: "/platform/isolation", permission: PlatformPermission.see.permission, icon: .isolation),
            MenuEntry(
                .menu(.system, 30), Message(es: "Versiones", en: "Versions", pt: "Versões"), path: "/platform/versions",
                permission: PlatformPermission.see.permission, icon: .versions),
            MenuEntry(
                .menu(.platform, 10), Message(es: "Auditoría global", en: "Global audit trail", pt: "Auditoria global"),
                path: "/platform/audit", permission: PlatformPermission.see.permission, icon: .audit),
            MenuEntry(
                .menu(.platform, 20), Message(es: "Administradores", en: "Administrators", pt: "Administradores"),
                path: "/platform/admins", permission: PlatformPermission.administer.permission, icon: .staff),
        ],
        notices: [.paymentRegistered, .retried, .discarded],
        events: [
            .platformRouteReopened, .platformJobRetried, .platformJobDiscarded,
        ],
        details: [
            DetailKind("kind", Message(es: "Tipo", en: "Kind", pt: "Tipo"))
        ])
}

extension Room {
    /// The console has its own shell, see `Console`.
    package static let platform = Room(.platform)
}
