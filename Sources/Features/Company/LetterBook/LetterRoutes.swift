import Access
import Declarations
import Events
import HTTP
import Identifiers
import Letters
import Locale
import Panel
import Postgres

/// Sent letters with their outcome, and resending failed ones.
package enum LetterRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/letters", .lettersManage, "Correos enviados y qué pasó con ellos", list)
        routes.post("/panel/letters/:id/resend", .lettersManage, "Envía otra vez un correo que falló", resend)
    }

    private static func list(_ visit: Visit) async throws -> Response {
        let before = try visit.request.query.value("before", as: UUID.self)
        let letters = try await visit.database.letters(
            before: before.map { Letter.ID($0) }, limit: LetterListPage.length + 1)
        let page = LetterListPage(letters: letters, isFirst: before == nil, visit: visit)
        return try await Panel.page(page, titled: LetterWords.title.text(for: visit.reader), for: visit)
    }

    private static func resend(_ visit: Visit, id: Letter.ID) async throws -> Response {
        try await visit.database.transaction { database in
            guard let letter = try await database.letter(id), try await database.resendLetter(id, at: visit.now) else {
                throw AccessRefusal.notFound
            }
            try await database.record(
                Act(.letterResent, Act.Subject("letter", id.uuid, named: letter.recipient)),
                by: visit.principal.actor,
                at: visit.now)
        }
        return Panel.done(.mailed, at: "/panel/letters")
    }
}
