import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Tenancy

/// The description as a page, in the tenant's colours.
struct DescriptionPage: View {
    let operations: [Operation]
    let visit: Visit

    private var tenant: Tenant { visit.tenant }
    private var reader: Reader { visit.reader }
    private var title: String { APIWords.title.text(for: reader, .name(tenant.name)) }

    var body: Markup {
        html(lang: reader.languageTag) {
            DescriptionHead(title: title)
            HTML.body(.class("document")) {
                header(.class("bar")) { span(.class("brand")) { tenant.name } }
                main(.id("content")) {
                    h1 { title }
                    p { APIWords.intro.text(for: reader, .name(tenant.name)) }
                    p { a(.href(Description.jsonPath.description)) { DescriptionWords.download.text(for: reader) } }
                    Conventions(address: visit.address, reader: reader)
                    OperationList(operations: operations, reader: reader)
                    for operation in operations { OperationCard(operation: operation, visit: visit) }
                    RefusalTable(reader: reader)
                }
            }
        }
    }
}

private struct DescriptionHead: View {
    let title: String

    var body: Markup {
        head {
            meta(.charset("utf-8"))
            meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
            meta(.name("color-scheme"), .content("light dark"))
            HTML.title { title }
            link(.rel("stylesheet"), .href("/assets/style.css"))
            link(.rel("stylesheet"), .href("/assets/brand.css"))
            link(.rel("icon"), .href("/assets/icon"))
        }
    }
}

/// Conventions common to all routes.
private struct Conventions: View {
    let address: String
    let reader: Reader

    private static let all: [(DescriptionWords, DescriptionWords)] = [
        (.token, .tokenText), (.onceOnly, .onceOnlyText), (.pages, .pagesText), (.changes, .changesText),
        (.quotas, .quotasText), (.refusals, .refusalsText),
    ]

    var body: Markup {
        h2 { DescriptionWords.conventions.text(for: reader) }
        dl(.class("card")) {
            for (name, text) in Self.all {
                dt { strong { name.text(for: reader) } }
                dd { text.text(for: reader) }
            }
        }
        pre(.class("card"), .tabindex(0), .aria("label", DescriptionWords.example.text(for: reader))) {
            code { "curl -H 'Authorization: Bearer mst_live_…' '\(address)/api/v1/customers?limit=10'" }
        }
    }
}

private struct OperationList: View {
    let operations: [Operation]
    let reader: Reader

    var body: Markup {
        let heading = DescriptionWords.operations.text(for: reader)
        h2 { heading }
        nav(.aria("label", heading)) {
            ul {
                for operation in operations {
                    li {
                        a(.href("#\(operation.id)")) { code { operation.title } }
                        " \(operation.summary.text(for: reader))"
                    }
                }
            }
        }
    }
}

private struct OperationCard: View {
    let operation: Operation
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card operation"), .id(operation.id)) {
            h2 { code { operation.title } }
            p { operation.summary.text(for: reader) }
            p(.class("hint")) { permission }
            if !taken.isEmpty {
                DescriptionTable(DescriptionWords.takes, [.name, .place, .kind, .meaning], taken, reader)
            }
            DescriptionTable(DescriptionWords.answers, [.status, .kind, .meaning], answers, reader)
            for schema in given { SchemaTable(schema: schema, reader: reader) }
        }
    }

    private var permission: String {
        guard operation.permission != .anyone else { return DescriptionWords.forEverybody.text(for: reader) }
        let (words, name) = (visit.catalogue.words(of: operation.permission), operation.permission.rawValue)
        return DescriptionWords.asksFor.text(
            for: reader, .name(words.map { "\($0.text(for: reader)) (\(name))" } ?? name))
    }

    private var taken: [[String]] {
        func place(_ words: DescriptionWords, _ isRequired: Bool) -> String {
            words.text(for: reader) + (isRequired ? " *" : "")
        }
        var rows: [[String]] = operation.route.parameters.map {
            [$0.name, place(.inPath, true), $0.schema.format ?? $0.schema.type, ""]
        }
        rows += operation.query.map {
            [$0.name, place(.inQuery, $0.isRequired), $0.schema.words, $0.meaning.text(for: reader)]
        }
        if let need = operation.idempotencyKey {
            rows.append([
                "Idempotency-Key", place(.inHeader, need == .required), "string", APIWords.key.text(for: reader),
            ])
        }
        if operation.isConditional {
            rows.append(["If-Match", place(.inHeader, true), "string", APIWords.ifMatch.text(for: reader)])
        }
        rows += (operation.body?.fields ?? []).map {
            [$0.name, place(.inBody, $0.isRequired), $0.schema.words, $0.meaning.text(for: reader)]
        }
        return rows
    }

    private var answers: [[String]] {
        operation.answers.map { answer in
            ["\(answer.status.code)", answer.contentWords, answer.meaning.text(for: reader)]
        } + [
            [
                operation.refusals.map { "\($0.code)" }.joined(separator: " "), "Problem",
                DescriptionWords.see.text(for: reader),
            ]
        ]
    }

    private var given: [Schema] {
        operation.answers.compactMap { answer in
            guard case .json(let schema) = answer.content, !schema.fields.isEmpty else { return nil }
            return schema
        }
    }
}

private struct SchemaTable: View {
    let schema: Schema
    let reader: Reader

    var body: Markup {
        DescriptionTable(
            title: schema.name ?? "", [.name, .kind, .meaning],
            schema.fields.map { [$0.name, $0.schema.words, $0.meaning.text(for: reader)] }, reader)
    }
}

private struct RefusalTable: View {
    let reader: Reader

    var body: Markup {
        section(.class("card"), .id("problems")) {
            h2 { DescriptionWords.refusals.text(for: reader) }
            DescriptionTable(
                title: DescriptionWords.refusals.text(for: reader), [.status, .name, .meaning],
                Problem.all.map { ["\($0.status.code)", $0.status.reason.description, $0.words.text(for: reader)] },
                reader)
            SchemaTable(schema: Problem.schema, reader: reader)
        }
    }
}

private struct DescriptionTable: View {
    let title: String
    let headings: [DescriptionWords]
    let cells: [[String]]
    let reader: Reader

    init(title: String, _ headings: [DescriptionWords], _ cells: [[String]], _ reader: Reader) {
        self.title = title
        self.headings = headings
        self.cells = cells
        self.reader = reader
    }

    init(_ title: DescriptionWords, _ headings: [DescriptionWords], _ cells: [[String]], _ reader: Reader) {
        self.init(title: title.text(for: reader), headings, cells, reader)
    }

    var body: Markup {
        h3 { title }
        div(.class("table prose"), .role("group"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead { tr { for heading in headings { th(.scope("col")) { heading.text(for: reader) } } } }
                tbody { for row in cells { tr { for cell in row { td { cell } } } } }
            }
        }
    }
}

extension Operation.Answer {
    fileprivate var contentWords: String {
        switch content {
        case .nothing: "—"
        case .json(let schema): schema.words
        case .other(let type), .bytes(let type): type.text
        }
    }
}

extension Schema {
    /// Abbreviated: `string(date)`, `Customer[]`, `integer 1…200`, `a | b`.
    fileprivate var words: String {
        let word =
            switch kind {
            case .text(.any), .text(.token), .text(.declared): "string"
            case .text(.line(let length)), .text(.lines(let length)): "string \(length.lowerBound)…\(length.upperBound)"
            case .text(.words(let words)): words.joined(separator: " | ")
            case .text(.format(let format)): "string (\(format.rawValue))"
            case .integer(let range):
                range.upperBound == .max ? "integer" : "integer \(range.lowerBound)…\(range.upperBound)"
            case .flag: "boolean"
            case .list(let element): "\(element.words)[]"
            case .object, .anyObject: name ?? "object"
            }
        return isNullable ? "\(word) | null" : word
    }
}
