import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import mastil

@Suite struct SchemaTests {
    @Test func `every table of the product keeps the rules that keep tenants apart`() async throws {
        let test = try await TestDatabase(from: .product)
        let problems = try Schema.lint.problems(on: test.owner()).joined(separator: "\n")
        #expect(problems == "", "\(problems)")
        try await test.close()
    }

    @Test func `a policy that is dropped is noticed`() async throws {
        let test = try await TestDatabase(from: .product)
        try test.owner().execute("DROP POLICY of_tenant ON customers")
        let problems = try Schema.lint.problems(on: test.owner())
        #expect(problems.contains { $0.contains("customers") })
        try await test.close()
    }
}
