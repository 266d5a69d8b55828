import Access
import Assembly
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Letters
import Locale
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let noticesRead = Permission("notices.read")
    package static let noticesManage = Permission("notices.manage")
}

extension EventKind {
    package static let noticeSent = EventKind(
        "notice.sent", Message(es: "Avisó a un cliente", en: "Told a customer", pt: "Avisou um cliente"),
        told: Message(es: "Aviso enviado", en: "Notice sent", pt: "Aviso enviado"), to: .noticesRead)
    package static let noticeDelivered = EventKind(
        "notice.delivered",
        Message(es: "Entregó un aviso a un cliente", en: "Delivered a notice", pt: "Entregou um aviso a um cliente"),
        told: Message(es: "Aviso entregado", en: "Notice delivered", pt: "Aviso entregue"), to: .noticesRead)
    package static let noticeFailed = EventKind(
        "notice.failed",
        Message(es: "No pudo avisar a un cliente", en: "Could not tell a customer", pt: "Não pôde avisar um cliente"),
        told: Message(
            es: "Un aviso no se pudo entregar", en: "A notice could not be delivered",
            pt: "Um aviso não pôde ser entregue"), to: .noticesRead)
    package static let noticeOrderChanged = EventKind(
        "notice.order_changed",
        Message(
            es: "Cambió por dónde se avisa a los clientes", en: "Changed how customers are told",
            pt: "Alterou por onde os clientes são avisados"))
}

extension RoomDeclarations {
    package static let notices = RoomDeclarations(
        "Notices",
        permissions: [
            GrantablePermission(
                .noticesRead,
                Message(
                    es: "Ver los avisos a clientes", en: "See the notices to customers", pt: "Ver os avisos a clientes"),
                heldBy: [.accountant, .cashier, .collector, .support, .noc], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .noticesManage,
                Message(
                    es: "Decidir por dónde se avisa a los clientes", en: "Decide how customers are told",
                    pt: "Decidir por onde os clientes são avisados"), heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .settings(.channels, 20), NoticeWords.orders.message, path: NoticeRoutes.orders,
                permission: .noticesManage, icon: .messages,
                synonyms: Message(
                    es: "avisos orden whatsapp telegram correo", en: "notices order whatsapp telegram e-mail",
                    pt: "avisos ordem whatsapp telegram e-mail"))
        ],
        events: [.noticeSent, .noticeDelivered, .noticeFailed, .noticeOrderChanged],
        details: [
            DetailKind("notice", Message(es: "Aviso", en: "Notice", pt: "Aviso")),
            DetailKind("notice_kind", Message(es: "Clase", en: "Kind", pt: "Tipo")),
            DetailKind("notice_channel", Message(es: "Canal", en: "Channel", pt: "Canal")),
            DetailKind("notice_order", Message(es: "Orden", en: "Order", pt: "Ordem")),
        ],
        letters: [.notice],
        customerTabs: [
            CustomerTab(36, NoticeWords.notices.message, path: "/notices", permission: .noticesRead)
        ],
        parts: [
            NoticeCarrier.email,
            CustomerRows(
                60, "notices", Message(es: "Avisos", en: "Notices", pt: "Avisos"), in: "notices", by: "notice_id"),
        ])
}

extension Room {
    package static let notices = Room(
        .notices,
        panel: { routes, _ in NoticeRoutes.add(to: &routes) },
        api: { routes, _ in NoticeAPI.add(to: &routes) },
        jobs: { jobs, context in
            jobs.add(CarryNotice.self) { job, run in
                try await job.run(in: run, knowing: context.catalogue) { tenant in
                    NoticeDesk(
                        tenant, in: run.database, at: run.now, randomness: run.randomness,
                        address: context.directory.address(of: tenant), isMailed: context.mailing != nil)
                }
            }
        },
        letters: NoticeLetters.add)
}
