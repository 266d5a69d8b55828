import Access
import Declarations
import HTTP
import JSON
import Locale
import Nouns
import Tenancy

/// The operations as an OpenAPI 3.1 document, in one reader's language.
struct OpenAPI: JSONWritable {
    let operations: [Operation]
    let tenant: Tenant
    let reader: Reader

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("openapi", "3.1.0" as StaticString)
            json.object("info") { json in
                json.member("title", APIWords.title.text(for: reader, .name(tenant.name)))
                json.member("description", APIWords.intro.text(for: reader, .name(tenant.name)))
                json.member("version", "1" as StaticString)
            }
            json.array("servers") { $0.object { $0.member("url", "/" as StaticString) } }
            json.object("paths") { json in
                let byPath = Dictionary(grouping: operations, by: \.path)
                for path in operations.map(\.path).uniqued {
                    json.name(path)
                    json.object { json in
                        for operation in byPath[path] ?? [] {
                            json.name(operation.route.method.name.description.lowercased())
                            write(operation, to: &json)
                        }
                    }
                }
            }
            json.object("components") { json in writeComponents(to: &json) }
        }
    }

    private func write(_ operation: Operation, to json: inout JSONWriter) {
        json.object { json in
            json.member("operationId", operation.id)
            json.member("summary", operation.summary.text(for: reader))
            json.array("security") { json in
                if operation.permission != .anyone { json.object { $0.array("token") { _ in } } }
            }
            if operation.permission != .anyone { json.member("x-permission", operation.permission.rawValue) }
            json.array("parameters") { json in writeParameters(of: operation, to: &json) }
            if let body = operation.body {
                json.object("requestBody") { json in
                    json.member("required", true)
                    json.object("content") { json in writeContent("application/json", body, to: &json) }
                }
            }
            json.object("responses") { json in
                for answer in operation.answers {
                    json.name("\(answer.status.code)")
                    write(answer, of: operation, to: &json)
                }
                for status in operation.refusals {
                    json.name("\(status.code)")
                    json.object { $0.member("$ref", "#/components/responses/\(Problem.name(of: status))") }
                }
            }
        }
    }

    private func writeParameters(of operation: Operation, to json: inout JSONWriter) {
        for parameter in operation.route.parameters {
            json.object { json in
                json.member("name", parameter.name)
                json.member("in", "path" as StaticString)
                json.member("required", true)
                json.object("schema") { json in
                    json.member("type", parameter.schema.type)
                    if let format = parameter.schema.format { json.member("format", format) }
                }
            }
        }
        for field in operation.query {
            json.object { json in
                json.member("name", field.name)
                json.member("in", "query" as StaticString)
                json.member("required", field.isRequired)
                json.member("description", field.meaning.text(for: reader))
                json.member("schema", field.schema)
            }
        }
        if let need = operation.idempotencyKey {
            json.object {
                $0.member("$ref", "#/components/parameters/IdempotencyKey\(need == .required ? "" : "Optional")")
            }
        }
        if operation.isResumable { json.object { $0.member("$ref", "#/components/parameters/LastEventID") } }
        if operation.isConditional { json.object { $0.member("$ref", "#/components/parameters/IfMatch") } }
    }

    private func write(_ answer: Operation.Answer, of operation: Operation, to json: inout JSONWriter) {
        json.object { json in
            json.member("description", answer.meaning.text(for: reader))
            json.object("headers") { json in
                for header in answer.headers { writeReference(toHeader: header.rawValue, to: &json) }
                if operation.permission != .anyone { writeRateHeaders(to: &json) }
            }
            switch answer.content {
            case .nothing: break
            case .json(let schema):
                json.object("content") { writeContent("application/json", schema, to: &$0) }
            case .other(let type): json.object("content") { writeContent(type.text, .text, to: &$0) }
            case .bytes(let type):
                json.object("content") { json in
                    json.name(type.text)
                    json.object { _ in }
                }
            }
        }
    }

    private func writeContent(_ type: String, _ schema: Schema, to json: inout JSONWriter) {
        json.name(type)
        json.object { json in
            json.name("schema")
            schema.writeReference(to: &json)
        }
    }

    private func writeReference(toHeader name: String, to json: inout JSONWriter) {
        json.name(name)
        json.object { $0.member("$ref", "#/components/headers/\(name)") }
    }

    private func writeRateHeaders(to json: inout JSONWriter) {
        for name in ["RateLimit", "RateLimit-Policy"] { writeReference(toHeader: name, to: &json) }
    }
}

extension OpenAPI {
    private func writeComponents(to json: inout JSONWriter) {
        json.object("securitySchemes") { json in
            json.object("token") { json in
                json.member("type", "http" as StaticString)
                json.member("scheme", "bearer" as StaticString)
                json.member("description", APIWords.token.text(for: reader))
            }
        }
        json.object("schemas") { json in
            var written: Set<String> = []
            for schema in operations.flatMap(\.schemas) + [Problem.schema] {
                writeNamed(schema, to: &json, &written)
            }
        }
        json.object("responses") { json in
            for (status, words) in Problem.all {
                json.name(Problem.name(of: status))
                writeRefusal(status, words, to: &json)
            }
        }
        json.object("parameters") { json in
            writeHeaderParameter("IdempotencyKey", "Idempotency-Key", true, .key, IdempotencyKey.pattern, to: &json)
            writeHeaderParameter(
                "IdempotencyKeyOptional", "Idempotency-Key", false, .key, IdempotencyKey.pattern, to: &json)
            writeHeaderParameter("IfMatch", "If-Match", true, .ifMatch, "[!-~]", to: &json)
            writeHeaderParameter("LastEventID", "Last-Event-ID", false, .lastEventID, "^[0-9]{1,18}$", to: &json)
        }
        json.object("headers") { json in
            for (name, type, words) in Self.headers {
                json.object(name) { json in
                    json.member("description", words.text(for: reader))
                    json.object("schema") { $0.member("type", type) }
                }
            }
        }
    }

    private static let headers: [(name: StaticString, type: StaticString, words: APIWords)] = [
        ("ETag", "string", .etag), ("Location", "string", .location), ("Link", "string", .link),
        ("Idempotency-Replayed", "string", .replayed), ("Retry-After", "integer", .retryAfter),
        ("RateLimit", "string", .rateLimit), ("RateLimit-Policy", "string", .ratePolicy), ("Allow", "string", .allow),
        ("WWW-Authenticate", "string", .challenge),
    ]

    /// With the fields' descriptions, which references to it do not repeat.
    private func writeNamed(_ schema: Schema, to json: inout JSONWriter, _ written: inout Set<String>) {
        if case .list(let element) = schema.kind { return writeNamed(element, to: &json, &written) }
        guard let name = schema.name, written.insert(name).inserted else { return }
        for field in schema.fields { writeNamed(field.schema, to: &json, &written) }
        json.name(name)
        json.value(schema.described(for: reader))
    }

    private func writeRefusal(_ status: Status, _ words: ProblemWords, to json: inout JSONWriter) {
        json.object { json in
            json.member("description", words.text(for: reader))
            json.object("headers") { json in
                switch status {
                case .unauthorized: writeReference(toHeader: "WWW-Authenticate", to: &json)
                case .methodNotAllowed: writeReference(toHeader: "Allow", to: &json)
                case .serviceUnavailable: writeReference(toHeader: "Retry-After", to: &json)
                case .tooManyRequests:
                    writeReference(toHeader: "Retry-After", to: &json)
                    writeRateHeaders(to: &json)
                default: break
                }
            }
            json.object("content") { writeContent("application/problem+json", Problem.schema, to: &$0) }
        }
    }

    private func writeHeaderParameter(
        _ component: StaticString, _ name: StaticString, _ isRequired: Bool, _ words: APIWords, _ pattern: String,
        to json: inout JSONWriter
    ) {
        json.object(component) { json in
            json.member("name", name)
            json.member("in", "header" as StaticString)
            json.member("required", isRequired)
            json.member("description", words.text(for: reader))
            json.object("schema") { json in
                json.member("type", "string" as StaticString)
                json.member("pattern", pattern)
            }
        }
    }
}

extension Operation {
    fileprivate var schemas: [Schema] {
        (body.map { [$0] } ?? [])
            + answers.compactMap { if case .json(let schema) = $0.content { schema } else { nil } }
    }
}

extension [String] {
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
