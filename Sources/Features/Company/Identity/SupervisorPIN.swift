import Access
import Crypto
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Postgres
import Time

/// A supervisor's PIN: typed at a cashier's desk, it permits there what the cashier may not do alone.
package struct SupervisorPIN: Sendable {
    static let span = Duration.seconds(15 * 60)
    /// Tries at one supervisor's PIN within the span, by all askers together; the right one clears them.
    static let perSupervisor = 5
    /// Tries by one asker within the span, at all supervisors' PINs together, right ones too.
    static let perAsker = 10

    /// Shows that a supervisor's PIN was right; the act that it permits asks for it.
    package struct Proof: Sendable {
        package let supervisor: StaffMember
        fileprivate let hash: String
        fileprivate let permission: Permission
    }

    let text: String

    package init(_ text: String) throws(SupervisorPINRefusal) {
        let digits = Array(text.utf8)
        guard 6...8 ~= digits.count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .notDigits }
        let steps = Set(zip(digits, digits.dropFirst()).map { Int($1) - Int($0) })
        guard steps.count > 1 || ![-1, 0, 1].contains(steps.first) else { throw .tooSimple }
        self.text = text
    }
}

extension SignIn {
    /// Sets a person's own PIN. Who has a password confirms it with that.
    package func set(
        _ pin: SupervisorPIN, of member: StaffMember, password: String, at address: String, now: Instant,
        in database: TenantDatabase
    ) async throws {
        if member.hasPassword { try await verify(password, of: member, at: address, now: now, in: database) }
        let hash = try await hashing.hash(pin.text, for: database.tenant.uuid)
        try await database.transaction { database in
            try await database.execute(
                """
                INSERT INTO supervisor_pins (tenant_id, staff_id, digest, set_at)
                VALUES (\(database.tenant), \(member.id), \(hash), \(now))
                ON CONFLICT (tenant_id, staff_id) DO UPDATE SET digest = excluded.digest, set_at = excluded.set_at
                """)
            try await database.record(
                Act(.staffPINSet, member.subject), by: member.actor(at: Session.Place(device: "", address: address)),
                at: now)
        }
    }

    /// A try is counted before its digits are looked at.
    package func check(
        _ pin: String, of supervisor: StaffMember.ID, holding permission: Permission, for asker: UUID, at now: Instant,
        in database: TenantDatabase
    ) async throws -> SupervisorPIN.Proof {
        guard supervisor.uuid != asker else { throw SupervisorPINRefusal.ownPIN }
        let own = SHA256.digest(of: "pin \(supervisor)".utf8)
        let tries = (
            try await database.countTry(own, within: SupervisorPIN.span, at: now),
            try await database.countTry(
                SHA256.digest(of: "pin by \(asker)".utf8), within: SupervisorPIN.span, at: now)
        )
        guard tries.0 <= SupervisorPIN.perSupervisor, tries.1 <= SupervisorPIN.perAsker else {
            throw SupervisorPINRefusal.tooManyTries
        }
        let member = try await database.staffMember(supervisor)
        let stored = try await database.pin(of: supervisor, holding: permission)
        guard try await hashing.verify(pin, against: stored, for: database.tenant.uuid).matches, let member, let stored
        else { throw SupervisorPINRefusal.wrong }
        try await database.execute(
            "DELETE FROM sign_in_tries WHERE tenant_id = \(database.tenant) AND subject = \(own)")
        return SupervisorPIN.Proof(supervisor: member, hash: stored, permission: permission)
    }
}

extension TenantDatabase {
    /// The stored PIN; nil for who has none, is not active, or lost the permission.
    fileprivate func pin(
        of supervisor: StaffMember.ID, holding permission: Permission
    ) async throws(DatabaseError) -> String? {
        try await value(
            """
            SELECT p.digest FROM supervisor_pins p
            JOIN staff s ON s.tenant_id = p.tenant_id AND s.staff_id = p.staff_id
            WHERE p.tenant_id = \(tenant) AND p.staff_id = \(supervisor) AND s.state = 'active'
                AND \(permission.rawValue) = ANY (s.permissions)
            """)
    }

    /// Within the act's transaction: refuses where the PIN or the permission changed since it was checked.
    package func hold(_ proof: SupervisorPIN.Proof) async throws {
        guard try await pin(of: proof.supervisor.id, holding: proof.permission) == proof.hash else {
            throw SupervisorPINRefusal.wrong
        }
    }

    /// The supervisors to choose from: they hold the permission and have a PIN. The one who asks is left out.
    package func supervisors(
        holding permission: Permission, besides asker: UUID
    ) async throws(DatabaseError) -> [StaffMember] {
        try await staff().filter { $0.state == .active && $0.permissions.contains(permission) && $0.id.uuid != asker }
            .filter(among: try await staffWithPIN())
    }

    package func hasPIN(_ member: StaffMember.ID) async throws(DatabaseError) -> Bool {
        try await staffWithPIN().contains(member)
    }

    private func staffWithPIN() async throws(DatabaseError) -> Set<StaffMember.ID> {
        let found: [StaffWithPIN] = try await rows("SELECT staff_id FROM supervisor_pins WHERE tenant_id = \(tenant)")
        return Set(found.map(\.id))
    }
}

private struct StaffWithPIN: RowReadable {
    let id: StaffMember.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("staff_id") }
}

extension [StaffMember] {
    fileprivate func filter(among known: Set<StaffMember.ID>) -> [StaffMember] { filter { known.contains($0.id) } }
}

package enum SupervisorPINRefusal: Refusal, MessageCatalogue, Equatable {
    case notDigits, tooSimple, wrong, ownPIN, tooManyTries

    package var status: Status { self == .tooManyTries ? .tooManyRequests : .unprocessableContent }

    package var code: String {
        switch self {
        case .notDigits: "pin_not_digits"
        case .tooSimple: "pin_too_simple"
        case .wrong: "wrong_pin"
        case .ownPIN: "own_pin"
        case .tooManyTries: "too_many_tries"
        }
    }

    package var message: Message {
        switch self {
        case .notDigits:
            Message(
                es: "El PIN tiene de 6 a 8 cifras.", en: "A PIN has 6 to 8 digits.", pt: "O PIN tem de 6 a 8 dígitos.")
        case .tooSimple:
            Message(
                es: "Ese PIN se adivina: elija cifras que no sean iguales ni seguidas.",
                tu: "Ese PIN se adivina: elige cifras que no sean iguales ni seguidas.",
                vos: "Ese PIN se adivina: elegí cifras que no sean iguales ni seguidas.",
                en: "That PIN is easily guessed: choose digits that are neither the same nor in sequence.",
                pt: "Esse PIN é fácil de adivinhar: escolha dígitos que não sejam iguais nem seguidos.")
        case .wrong:
            Message(es: "El PIN no es de esa persona.", en: "That is not their PIN.", pt: "O PIN não é dessa pessoa.")
        case .ownPIN:
            Message(es: "Autoriza otra persona.", en: "Somebody else confirms it.", pt: "Outra pessoa autoriza.")
        case .tooManyTries:
            Message(
                es: "Demasiados intentos. Espere 15 minutos.", tu: "Demasiados intentos. Espera 15 minutos.",
                vos: "Demasiados intentos. Esperá 15 minutos.", en: "Too many tries. Wait 15 minutes.",
                pt: "Tentativas demais. Espere 15 minutos.")
        }
    }
}
