import API
import Access
import Crypto
import HTTP
import Identifiers
import Postgres
import ShellSupport
import TenantSupport
import Testing

@testable import Customers
@testable import Imports

@Suite struct ImportAPITests {
    @Test func `a program sends a file, says its columns, looks, imports and undoes`() async throws {
        try await withImports { norte, sur in
            let program = try await norte.importing()
            let content = Base64.standard.encode("Abonado;Cel\nAna Paz;55 0000 0055\n;55 0000 0056\n".utf8)
            let sent = try await program.create(
                "/api/v1/imports", #"{"name":"abonados.csv","content":"\#(content)"}"#)
            #expect(sent.status == .accepted)
            #expect(sent.text.contains(#""title":"Cel""#) && sent.text.contains(#""field":null"#))
            let path = try #require(sent.headers["Location"])
            let id = try #require(Import.ID(String(path.suffix(36))))

            #expect(try await program.create("\(path)/commits", "{}").text.contains("import_not_tried"))
            let short = try await program.create("\(path)/trials", #"{"fields":["name"]}"#)
            #expect(short.status == .unprocessableContent && short.text.contains("other_columns"))
            let tried = try await program.create("\(path)/trials", #"{"fields":["name","phone"]}"#)
            #expect(tried.status == .accepted)
            try await norte.goOn(id)

            let read = try await program.ask(path)
            #expect(read.text.contains(#""state":"tried""#) && read.text.contains(#""created_rows":1"#))
            let refused = try await program.ask("\(path)/rows?outcome=refused")
            #expect(refused.text.contains(#""reason":"missing""#) && !refused.text.contains("Ana Paz"))

            #expect(try await program.create("\(path)/commits", "{}").status == .accepted)
            try await norte.goOn(id)
            #expect(try await norte.customers().map(\.name) == ["Ana Paz"])
            #expect(try await program.ask(path).text.contains(#""done_rows":1"#))

            #expect(try await program.create("\(path)/undoings", "{}").status == .accepted)
            try await norte.goOn(id)
            #expect(try await norte.customers().isEmpty)

            let neighbour = try await sur.importing()
            #expect(try await neighbour.ask(path).status == .notFound)
            #expect(try await neighbour.ask("\(path)/rows").status == .notFound)
            #expect(try await neighbour.ask("/api/v1/imports").text.contains(#""items":[]"#))
        }
    }

    @Test func `what is no file, no base64 or no table is refused in words, and what was sent can be discarded`()
        async throws
    {
        try await withImports { norte, _ in
            let program = try await norte.importing()
            for (content, code) in [("", "file_missing"), ("%%%", "file_missing"), ("Tm9tYnJlCg==", "no_rows")] {
                let answer = try await program.create("/api/v1/imports", #"{"content":"\#(content)"}"#)
                #expect(answer.status == .unprocessableContent && answer.text.contains(code), "\(answer.text)")
            }
            let sent = try await program.create("/api/v1/imports", #"{"content":"Tm9tYnJlCkFuYQo="}"#)
            let path = try #require(sent.headers["Location"])
            #expect(
                try await program.ask(path, method: "DELETE", [("Idempotency-Key", "d"), ("If-Match", "*")]).status
                    == .noContent)
            #expect(try await program.ask(path).status == .notFound)
        }
    }
}

extension TestTenant {
    fileprivate func importing() async throws -> ShellSupport.Program {
        try await Program(self, [.customersRead, .customersImport]) { routes, _ in
            ImportAPI(acts: acts).add(to: &routes)
        }
    }
}
