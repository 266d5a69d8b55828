import Access
import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Search

/// The global search for programs; a token finds what its permissions show.
enum SearchAPI {
    static func add(to routes: inout API.Routes) {
        routes.query("/api/v1/search", .signedIn, SearchAPIWords.search, by: SearchInput.self) { visit, query in
            try await visit.admit()
            return SearchAnswer(
                hits: try await visit.database.find(
                    SearchQuery(query.text, in: visit.reader.region), among: visit.findable, limit: query.limit))
        }
    }
}

private struct SearchInput: Input {
    static let schema = Schema.object(
        "SearchQuery",
        [
            .required("q", .line(1...100), SearchAPIWords.text),
            .optional("limit", .integer(1...50), SearchAPIWords.limit),
        ])

    let text: String
    let limit: Int

    init(_ members: Members) {
        text = members.text("q") ?? ""
        limit = members.integer("limit") ?? 20
    }
}

private struct SearchAnswer: Resource {
    let hits: [SearchHit]

    private static let hit = Schema.object(
        "SearchHit",
        [
            .required("kind", .words(of: { $0.searchKinds.map(\.name) }), SearchAPIWords.kind),
            .required("id", .id, SearchAPIWords.id), .required("title", .text, SearchAPIWords.title),
            .required("detail", .text, SearchAPIWords.detail),
        ])

    static let schema = Schema.object("SearchAnswer", [.required("items", .list(of: hit), SearchAPIWords.items)])

    var path: String { "/api/v1/search" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in for hit in hits { json.value(hit) } }
        }
    }
}

extension SearchHit: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", kind)
            json.member("id", id.description)
            json.member("title", title)
            json.member("detail", detail)
        }
    }
}

enum SearchAPIWords: MessageCatalogue {
    case search, text, limit, items, kind, id, title, detail

    var message: Message {
        switch self {
        case .search:
            Message(
                es: "Busca en todo lo que el token puede ver", en: "Finds everything the token may see",
                pt: "Busca em tudo o que o token pode ver")
        case .text:
            Message(
                es: "Comienzos de palabras, o un número de teléfono o de cliente.",
                en: "Beginnings of words, or a phone's or a customer's number.",
                pt: "Inícios de palavras, ou um número de telefone ou de cliente.")
        case .limit:
            Message(
                es: "Cuántos resultados de cada clase, como máximo.", en: "How many results of each kind, at most.",
                pt: "Quantos resultados de cada tipo, no máximo.")
        case .items:
            Message(
                es: "Los resultados, primero los más cercanos.", en: "The results, the closest first.",
                pt: "Os resultados, primeiro os mais próximos.")
        case .kind: Message(es: "Qué es.", en: "What it is.", pt: "O que é.")
        case .id: Message(es: "Lo identifica.", en: "Stands for it.", pt: "Identifica-o.")
        case .title: Message(es: "Cómo se llama.", en: "What it is called.", pt: "Como se chama.")
        case .detail: Message(es: "Lo que lo distingue.", en: "What tells it apart.", pt: "O que o distingue.")
        }
    }
}
