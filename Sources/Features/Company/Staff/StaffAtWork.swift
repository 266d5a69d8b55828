import Access
import Assembly
import Declarations
import HTML
import Identifiers
import Identity
import Locale
import Panel
import Postgres
import Roles
import Tenancy
import Time

/// A staff member with a session in use.
struct StaffAtWork: Sendable {
    let id: StaffMember.ID
    let name: String
    let seenAt: Instant
}

/// What the first page shows of staff: who has a session in use, and whether one's own account is complete.
enum StaffHome {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.staffRead) else { return [] }
        let people = try await visit.database.staffAtWork(at: visit.now)
        let parts = [HomePart(.card, 90, PeopleAtWork(people: people, visit: visit))]
        guard let id = try await nameless(visit) else { return parts }
        return parts + [HomePart(.top, 15, CompleteAccount(id: id, reader: visit.reader))]
    }

    /// The visitor, if a link of the command line made their account and its e-mail is still the invented one.
    private static func nameless(_ visit: Visit) async throws -> StaffMember.ID? {
        guard let admitted = visit.admitted, admitted.kind == .session, visit.mayAct(with: .staffManage) else {
            return nil
        }
        let email: String? = try await visit.database.value(
            "SELECT email FROM staff WHERE tenant_id = \(visit.database.tenant) AND staff_id = \(admitted.id)")
        return email?.hasSuffix(".invalid") == true ? StaffMember.ID(admitted.id) : nil
    }
}

struct CompleteAccount: View {
    let id: StaffMember.ID
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { StaffWords.completeAccount.text(for: reader) }
            p { StaffWords.completeAccountHint.text(for: reader) }
            div(.class("acts")) {
                a(.class("button"), .href("/panel/staff/\(id)")) { StaffWords.nameAndEmail.text(for: reader) }
                a(.class("button"), .href("/panel/account")) { StaffWords.choosePassword.text(for: reader) }
            }
        }
    }
}

struct PeopleAtWork: View {
    let people: [StaffAtWork]
    let visit: Visit

    var body: Markup {
        section(.class("card")) {
            h2 { StaffWords.atWork.text(for: visit.reader) }
            ul(.class("people")) {
                for person in people {
                    li {
                        Icon.account
                        a(.href("/panel/staff/\(person.id)")) { person.name }
                        time(.class("hint"), .datetime(person.seenAt.rfc3339)) {
                            person.seenAt.text(.short, in: visit.tenant.timeZone, for: visit.reader)
                        }
                    }
                }
            }
        }
    }
}

extension TenantDatabase {
    func staffAtWork(at now: Instant) async throws(DatabaseError) -> [StaffAtWork] {
        try await rows(
            """
            SELECT p.staff_id, p.name, max(s.seen_at) AS seen_at
            FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id
            WHERE s.tenant_id = \(tenant) AND s.ended_at IS NULL AND s.expires_at > \(now)
                AND s.seen_at > \(now - Credential.idleSpan) AND p.state = 'active'
            GROUP BY p.tenant_id, p.staff_id ORDER BY max(s.seen_at) DESC LIMIT 8
            """)
    }
}

extension StaffAtWork: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("staff_id")
        name = try row.read("name")
        seenAt = try row.read("seen_at")
    }
}
