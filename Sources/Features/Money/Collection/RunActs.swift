import Access
import Declarations
import Events
import HTTP
import Identifiers
import Jobs
import Locale
import Postgres
import Tenancy
import Time

package enum RunRefusal: Refusal, MessageCatalogue {
    case notWaiting, anotherPerson, signInAgain, off, changed

    package var status: Status {
        switch self {
        case .notWaiting, .off, .changed: .conflict
        case .anotherPerson, .signInAgain: .forbidden
        }
    }

    package var code: String {
        switch self {
        case .notWaiting: "run_not_waiting"
        case .anotherPerson: "another_person_confirms"
        case .signInAgain: "sign_in_again"
        case .off: "collection_off"
        case .changed: "run_changed"
        }
    }

    package var message: Message {
        switch self {
        case .notWaiting:
            Message(
                es: "La corrida ya no espera a nadie.", en: "The run no longer waits for anybody.",
                pt: "A rodada já não espera ninguém.")
        case .anotherPerson:
            Message(
                es: "La pidió usted: la confirma otra persona con permiso.",
                tu: "La pediste tú: la confirma otra persona con permiso.",
                vos: "La pediste vos: la confirma otra persona con permiso.",
                en: "You asked for it: another permitted person confirms it.",
                pt: "Você a pediu: outra pessoa com permissão a confirma.")
        case .signInAgain:
            Message(
                es: "Nadie más puede confirmarla. Cierre la sesión, entre de nuevo y confírmela.",
                tu: "Nadie más puede confirmarla. Cierra la sesión, entra de nuevo y confírmala.",
                vos: "Nadie más puede confirmarla. Cerrá la sesión, entrá de nuevo y confirmala.",
                en: "Nobody else can confirm it. Sign out, sign in again and confirm it.",
                pt: "Ninguém mais pode confirmá-la. Saia, entre novamente e confirme.")
        case .off:
            Message(
                es: "La cobranza automática está apagada.", en: "Automatic collection is off.",
                pt: "A cobrança automática está desligada.")
        case .changed:
            Message(
                es: "Cortaría a otro número que el que usted vio. Revíselo y confirme de nuevo.",
                tu: "Cortaría a otro número que el que viste. Revísalo y confirma de nuevo.",
                vos: "Cortaría a otro número que el que viste. Revisalo y confirmá de nuevo.",
                en: "It would cut another number than you saw. Look at it and confirm again.",
                pt: "Cortaria um número diferente do que você viu. Confira e confirme de novo.")
        }
    }
}

extension CollectionRun {
    /// Starts a run by hand, of one stage or all.
    package static func begin(
        _ stage: Stage?, of tenant: Tenant, by principal: Principal, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> CollectionRun {
        try await database.transaction { database in
            let policies = try await database.collectionPolicies(in: tenant.currency, at: principal.now)
            guard policies.company.rules.isOn, try await database.collectionStop(at: principal.now) == nil else {
                throw RunRefusal.off
            }
            let id: ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
            try await database.insertRun(
                id, on: tenant.timeZone.day(at: principal.now), stage: stage, isScheduled: false, by: principal)
            try await database.queue(RunCollection(id), at: principal.now)
            guard let run = try await database.collectionRun(id) else { throw AccessRefusal.notFound }
            return run
        }
    }

    /// Confirms a run stopped by the fuse, for the number of cuts shown. `signedInAt` is the start of the person's
    /// session.
    package static func confirm(
        _ id: ID, ofCuts shown: Int, signedInAt: Instant?, by principal: Principal, in database: TenantDatabase
    ) async throws -> CollectionRun {
        try await decide(id, .confirmed, by: principal, in: database) { run, database in
            guard run.toCut == shown else { throw RunRefusal.changed }
            guard !run.isScheduled, run.authorID == principal.actor.id else { return }
            guard try await database.othersMayConfirm(besides: principal.actor.id) == 0 else {
                throw RunRefusal.anotherPerson
            }
            guard let signedInAt, let stoppedAt = run.stoppedAt, signedInAt > stoppedAt else {
                throw RunRefusal.signInAgain
            }
        }
    }

    package static func callOff(
        _ id: ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> CollectionRun {
        try await decide(id, .calledOff, by: principal, in: database) { _, _ in }
    }

    private static func decide(
        _ id: ID, _ state: State, by principal: Principal, in database: TenantDatabase,
        _ check: (CollectionRun, TenantDatabase) async throws -> Void
    ) async throws -> CollectionRun {
        try await database.transaction { database in
            guard let run = try await database.collectionRun(id) else { throw AccessRefusal.notFound }
            guard run.state == .waiting else { throw RunRefusal.notWaiting }
            try await check(run, database)
            try await database.decide(id, state, by: principal)
            try await database.record(
                Act(state == .confirmed ? .collectionRunConfirmed : .collectionRunCalledOff, run.subject),
                by: principal.actor, at: principal.now)
            if state == .confirmed { try await database.queue(RunCollection(id), at: principal.now) }
            guard let decided = try await database.collectionRun(id) else { throw AccessRefusal.notFound }
            return decided
        }
    }
}

extension TenantDatabase {
    fileprivate func othersMayConfirm(besides person: UUID?) async throws(DatabaseError) -> Int {
        try await value(
            """
            SELECT count(*) FROM staff p WHERE p.tenant_id = \(tenant) AND p.state = 'active'
                AND p.staff_id IS DISTINCT FROM \(person)
                AND \(Permission.collectionConfirm.rawValue) = ANY (p.permissions)
            """) ?? 0
    }

    /// The start of the visitor's session; nil for an API token.
    func beganAt(session: UUID?) async throws(DatabaseError) -> Instant? {
        guard let session else { return nil }
        return try await value(
            "SELECT s.made_at FROM sessions s WHERE s.tenant_id = \(tenant) AND s.session_id = \(session)")
    }
}
