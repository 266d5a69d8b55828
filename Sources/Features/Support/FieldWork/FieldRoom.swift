import Access
import Assembly
import Customers
import Declarations
import Identifiers
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let fieldRead = Permission("field.read")
    package static let fieldWork = Permission("field.work")
    package static let fieldPlan = Permission("field.plan")
    package static let fieldManage = Permission("field.manage")
}

extension EventKind {
    package static let fieldJobPlanned = EventKind(
        "field_job.planned",
        Message(es: "Agendó un trabajo de campo", en: "Planned field work", pt: "Agendou um trabalho de campo"),
        told: Message(es: "Trabajo de campo agendado", en: "Field work planned", pt: "Trabalho de campo agendado"),
        to: .fieldRead)
    package static let fieldJobRescheduled = EventKind(
        "field_job.rescheduled",
        Message(
            es: "Reagendó un trabajo de campo", en: "Rescheduled field work", pt: "Reagendou um trabalho de campo"),
        told: Message(
            es: "Trabajo de campo reagendado", en: "Field work rescheduled", pt: "Trabalho de campo reagendado"),
        to: .fieldRead)
    package static let fieldJobStarted = EventKind(
        "field_job.started",
        Message(es: "Comenzó un trabajo de campo", en: "Began field work", pt: "Começou um trabalho de campo"),
        told: Message(es: "Trabajo de campo comenzado", en: "Field work begun", pt: "Trabalho de campo começado"),
        to: .fieldRead)
    package static let fieldJobDone = EventKind(
        "field_job.done",
        Message(es: "Finalizó un trabajo de campo", en: "Finished field work", pt: "Finalizou um trabalho de campo"),
        told: Message(
            es: "Trabajo de campo finalizado", en: "Field work finished", pt: "Trabalho de campo finalizado"),
        to: .fieldRead)
    package static let fieldJobCancelled = EventKind(
        "field_job.cancelled",
        Message(es: "Canceló un trabajo de campo", en: "Called off field work", pt: "Cancelou um trabalho de campo"),
        told: Message(
            es: "Trabajo de campo cancelado", en: "Field work called off", pt: "Trabalho de campo cancelado"),
        to: .fieldRead)
    package static let fieldChecklistsChanged = EventKind(
        "field_checklists.changed",
        Message(
            es: "Cambió las listas de revisión", en: "Changed the checklists", pt: "Alterou as listas de verificação"))
}

extension Notice {
    package static let fieldJobsRescheduled = Notice(
        "field_jobs_rescheduled",
        Message(es: "Los trabajos quedaron reagendados.", en: "Rescheduled.", pt: "Os trabalhos foram reagendados."),
        undoneAt: "\(FieldRescheduling.path)/undo")
}

extension NoticeKind {
    package static let fieldAppointment = NoticeKind(
        "field_appointment",
        Message(es: "Cita de un técnico", en: "Technician's appointment", pt: "Visita de um técnico"),
        blanks: ["kind", "day", "time"]
    ) { notice, database in
        try await database.isAppointed(notice.about)
    }
}

extension RoomDeclarations {
    package static let fieldWork = RoomDeclarations(
        "FieldWork",
        permissions: [
            GrantablePermission(
                .fieldRead,
                Message(
                    es: "Ver la agenda de técnicos", en: "See the field work", pt: "Ver a agenda de técnicos"),
                heldBy: [.technician, .support, .noc], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .fieldWork,
                Message(
                    es: "Ir a trabajos de campo y finalizarlos", en: "Go out and finish field work",
                    pt: "Ir a trabalhos de campo e finalizá-los"), heldBy: [.technician], isWithinZones: true),
            GrantablePermission(
                .fieldPlan,
                Message(
                    es: "Agendar y cancelar trabajos de campo", en: "Plan and call off field work",
                    pt: "Agendar e cancelar trabalhos de campo"), heldBy: [.support, .technician], isWithinZones: true),
            GrantablePermission(
                .fieldManage,
                Message(
                    es: "Cambiar las listas de revisión", en: "Change the checklists",
                    pt: "Alterar as listas de verificação"), heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.support, 20), FieldWords.agenda.message, path: FieldJob.path, permission: .fieldRead,
                icon: .calendar,
                synonyms: Message(
                    es: "instalaciones visitas órdenes técnicos retiros", en: "installations visits orders technicians",
                    pt: "instalações visitas ordens técnicos"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM field_jobs WHERE tenant_id = \(tenant) AND state = 'new' LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .task([.technician], 10), FieldWords.today.message, path: FieldRoutes.today, permission: .fieldRead,
                icon: .calendar),
            MenuEntry(
                .act, FieldWords.new.message, path: "\(FieldJob.path)/new", permission: .fieldPlan, icon: .plus),
            MenuEntry(
                .settings(.customers, 61), FieldWords.checklists.message, path: FieldRoutes.checklists,
                permission: .fieldManage, icon: .calendar),
        ],
        notices: [.fieldJobsRescheduled],
        events: [
            .fieldJobPlanned, .fieldJobRescheduled, .fieldJobStarted, .fieldJobDone, .fieldJobCancelled,
            .fieldChecklistsChanged,
        ],
        details: details,
        parts: [
            NoticeKind.fieldAppointment, FieldDoors.service, FieldDoors.customerCard, FieldDoors.ticket,
            CustomerNouns(at: FieldJob.path, for: .fieldRead) { database, customer in
                """
                SELECT job_id FROM field_jobs WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                ORDER BY number DESC LIMIT 50
                """
            },
            CustomerRows(71, "field_jobs", FieldWords.works.message, in: "field_jobs", by: "job_id"),
        ] + FieldDoors.staffNotices)

    private static let details: [DetailKind] =
        [
            DetailKind(
                "kind", FieldWords.kind.message,
                values: Dictionary(uniqueKeysWithValues: FieldJob.Kind.allCases.map { ($0.rawValue, $0.message) })),
            DetailKind("customer", FieldWords.customer.message), .day("day", FieldWords.day.message),
            DetailKind("begins", FieldWords.begins.message), DetailKind("technician", FieldWords.assignee.message),
            DetailKind("report", FieldWords.report.message), DetailKind("serials", FieldWords.serials.message),
            DetailKind("fetched", FieldWords.fetched.message),
        ] + FieldChecklists.detailKinds
}

extension Room {
    package static let fieldWork = Room(
        .fieldWork,
        panel: { routes, context in
            FieldRoutes(
                acts: FieldActs(randomness: context.randomness), files: context.files, vault: context.vault,
                sandbox: context.sandbox, randomness: context.randomness
            ).add(to: &routes)
        },
        api: { routes, context in
            FieldAPI(acts: FieldActs(randomness: context.randomness), randomness: context.randomness)
                .add(to: &routes)
        }, home: FieldDoors.homeParts, onPortal: FieldDoors.portalParts)
}
