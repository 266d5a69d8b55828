import Access
import Branding
import Crypto
import Customers
import Events
import Identifiers
import Letters
import Locale
import Loop
import Mail
import Postgres
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Contracts

/// Templates, contracts and signatures, as acts on a database.
@Suite struct ContractTests {
    @Test func `templates are versions that stay, each ISP's its own`() async throws {
        try await withTenants { norte, sur in
            try await norte.publish("Primero {condiciones}")
            try await norte.publish("Segundo {condiciones}", after: 1)
            try await sur.publish("Del sur {condiciones}")
            await #expect(throws: ContractRefusal.templateChanged) {
                try await norte.publish("Tercero {condiciones}", after: 1)
            }
            await #expect(throws: ContractRefusal.templateUnchanged) {
                try await norte.publish("Segundo {condiciones}", after: 2)
            }
            // What was refused took no number.
            try await norte.publish("Tercero {condiciones}", after: 2)
            #expect(try await norte.database.contractTemplates().map(\.version) == [3, 2, 1])
            #expect(try await norte.database.contractTemplate(1)?.text == "Primero {condiciones}")
            #expect(try await sur.database.contractTemplate()?.text == "Del sur {condiciones}")
            #expect(try await sur.database.contractTemplate(2) == nil)
            #expect(try await norte.kinds().filter { $0 == "contract_template.published" }.count == 3)
            await #expect(throws: DatabaseError.self) {
                try await norte.database.execute(
                    "UPDATE contract_templates SET text = 'otro' WHERE tenant_id = \(norte.database.tenant)")
            }
        }
    }

    @Test func `a contract is frozen as it was made, counted by each ISP, and nobody can rewrite it`() async throws {
        try await withTenants { norte, sur in
            let ana = try await norte.customer("Ana Paz")
            await #expect(throws: ContractRefusal.noTemplate) { _ = try await norte.contract(with: ana) }
            try await norte.publish("{numero} {cliente} {direccion} {identificacion} {empresa} {condiciones}")
            let first = try await norte.contract(with: ana)
            #expect(first.number == 1)
            let text = "1 Ana Paz Calle Hidalgo 5, Centro DNI 1 Norte Inalámbrico Plan Hogar 100"
            #expect(try await norte.database.contractText(first.id) == text)

            try await norte.publish("Otro texto {condiciones}", after: 1)
            try await norte.database.execute(
                "UPDATE customers SET name = 'Ana Cambiada' WHERE tenant_id = \(norte.database.tenant)")
            try await norte.set("name = 'Norte Nuevo'")
            #expect(try await norte.database.contractText(first.id) == text)
            let second = try await norte.contract(with: ana, identification: "")
            #expect(second.number == 2 && second.version == 2)
            #expect(try await norte.database.contractText(second.id) == "Otro texto Plan Hogar 100")

            await #expect(throws: DatabaseError.self) {
                try await norte.database.execute(
                    "UPDATE contracts SET text = 'otro' WHERE tenant_id = \(norte.database.tenant)")
            }
            await #expect(throws: DatabaseError.self) {
                try await norte.database.execute("DELETE FROM contracts WHERE tenant_id = \(norte.database.tenant)")
            }
            #expect(try await sur.database.contract(first.id) == nil)
            #expect(try await sur.database.contractText(first.id) == nil)
            let beto = try await sur.customer("Beto")
            try await sur.publish("{condiciones}")
            #expect(try await sur.contract(with: beto).number == 1)
            await #expect(throws: ContractRefusal.unknownCustomer) { _ = try await sur.contract(with: ana) }
        }
    }

    @Test func `a contract needs its conditions, and the identification that its text names`() async throws {
        try await withTenants { norte, _ in
            let ana = try await norte.customer("Ana Paz")
            try await norte.publish("{identificacion} {condiciones}")
            await #expect(throws: ContractRefusal.conditionsMissing) {
                _ = try await norte.contract(with: ana, conditions: "")
            }
            for most in [String(repeating: "a", count: 4001), String(repeating: "a\n", count: 100)] {
                await #expect(throws: ContractRefusal.conditionsTooLong) {
                    _ = try await norte.contract(with: ana, conditions: most)
                }
            }
            await #expect(throws: ContractRefusal.identificationMissing) {
                _ = try await norte.contract(with: ana, identification: "")
            }
            #expect(try await norte.contract(with: ana).number == 1)
            // What could not be printed is not agreed.
            try await norte.publish(String(repeating: "{condiciones}", count: 100), after: 1)
            await #expect(throws: ContractRefusal.conditionsTooLong) {
                _ = try await norte.contract(with: ana, conditions: String(repeating: "a", count: 4000))
            }
        }
    }

    @Test func `signed, it is the same bytes for ever, whatever the brand becomes`() async throws {
        try await withTenants { norte, sur in
            try await norte.set("legal_name = 'Norte Inalámbrico, S. A.', tax_id_label = 'RFC', tax_id = 'NIN010203'")
            let ana = try await norte.customer("Ana Paz")
            try await norte.publish(
                "# Contrato {numero}\n\nEntre {empresa} ({identificacion_empresa}) y {cliente}.\n\n{condiciones}")
            let contract = try await norte.contract(with: ana, conditions: "Plan: Hogar 100\nPrecio: 399.00")
            let unsigned = try await words(of: try await norte.paper(of: contract.id))
            #expect(unsigned.contains("Por firmar") && !unsigned.contains("Constancia de firma"))

            try await norte.sign(contract)
            let signed = try await norte.paper(of: contract.id)
            let text = try await words(of: signed)
            for part in [
                "Norte Inalámbrico, S. A.", "RFC NIN010203", "Contrato 1", "Versión 1 del modelo", "Plan: Hogar 100",
                "Precio: 399.00", "Firmado", "Constancia de firma electrónica", "Ana Paz", "192.0.2.7",
                "18 de noviembre de 2026", "America/Lima", "Firma dibujada",
            ] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            let frozen = try #require(try await norte.database.contractText(contract.id))
            let hash = Hex.encode(SHA256.digest(of: frozen.utf8))
            #expect(text.filter { !$0.isWhitespace }.contains(hash))
            #expect(try await norte.database.contract(contract.id)?.signature?.textHash == hash)
            let stored: String? = try await norte.database.value(
                "SELECT pdf_sha256 FROM contract_signatures WHERE tenant_id = \(norte.database.tenant)")
            #expect(Hex.encode(SHA256.digest(of: signed)) == stored)
            #expect(!String(decoding: signed, as: UTF8.self).lowercased().contains("mastil"))
            let isExported: Bool? = try await norte.database.value(
                "SELECT 'pdf' = ANY (exported) FROM exported_tables() WHERE name = 'contract_signatures'")
            #expect(isExported == true)

            try await norte.set("legal_name = 'Otra', colour = 0")
            let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
            let logo = try await Logo.draw(Array(drawing.utf8), in: .tests, for: norte.tenant.id.uuid)
            _ = try await norte.present?.put(logo, by: .commandLine, at: norte.now, in: norte.database)
            try await norte.readAnew()
            try await norte.publish("Otro {condiciones}", after: 1)
            #expect(try await norte.paper(of: contract.id) == signed)
            #expect(try await sur.database.signedPaper(contract.id) == nil)
            // A new one has the new head.
            let next = try await norte.contract(with: ana)
            #expect(try await words(of: try await norte.paper(of: next.id)).contains("Otra"))
            await #expect(throws: DatabaseError.self) {
                try await norte.database.execute(
                    "UPDATE contract_signatures SET pdf = '' WHERE tenant_id = \(norte.database.tenant)")
            }
        }
    }

    @Test func `of ten who sign at once one does, and of signing and annulling at once both are true or one is told`()
        async throws
    {
        try await withTenants { norte, _ in
            let ana = try await norte.customer("Ana Paz", email: "ana@example.com")
            try await norte.publish("{condiciones}")
            let contract = try await norte.contract(with: ana)
            let outcomes = await outcomes(
                of: (0..<10).map { number in { try await norte.sign(contract, as: "Ana \(number)") } })
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.filter { $0 == .alreadySigned }.count == 9)
            #expect(try await norte.kinds().filter { $0 == "contract.signed" }.count == 1)

            for _ in 0..<5 {
                let raced = try await norte.contract(with: ana)
                let both = await Self.outcomes(of: [
                    { try await norte.sign(raced) },
                    { _ = try await norte.acts.annul(raced.id, for: "error", by: norte.principal, in: norte.database) },
                ])
                let after = try #require(try await norte.database.contract(raced.id))
                #expect(both[1] == nil && after.state == .annulled && after.annulment?.reason == "error")
                #expect(both[0] == (after.signature == nil ? .annulled : nil))
            }
            let last = try await norte.contract(with: ana)
            _ = try await norte.acts.annul(last.id, for: "error", by: norte.principal, in: norte.database)
            #expect(await Self.outcomes(of: [{ try await norte.sign(last) }]) == [.annulled])
            await #expect(throws: ContractRefusal.annulled) {
                _ = try await norte.acts.annul(last.id, for: "otra vez", by: norte.principal, in: norte.database)
            }
        }
    }

    private func outcomes(of acts: [@Sendable () async throws -> Void]) async -> [ContractRefusal?] {
        await Self.outcomes(of: acts)
    }

    /// What each was told, in their order, done at once.
    private static func outcomes(of acts: [@Sendable () async throws -> Void]) async -> [ContractRefusal?] {
        await withTaskGroup(of: (Int, ContractRefusal?).self) { group in
            for (index, act) in acts.enumerated() {
                group.addTask {
                    do {
                        try await act()
                        return (index, nil)
                    } catch {
                        return (index, error as? ContractRefusal ?? .noTemplate)
                    }
                }
            }
            return await group.reduce(into: [ContractRefusal?](repeating: nil, count: acts.count)) { $0[$1.0] = $1.1 }
        }
    }

    @Test func `the customer is told by mail that there is one to sign, and that it is signed`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, ContractLetters.add) { post in
                let ana = try await norte.customer("Ana Paz", email: "ana@example.com")
                try await norte.publish("{condiciones}")
                let contract = try await norte.contract(with: ana)
                let first = try await post.mail(1)
                #expect(first.subject == "Tiene un contrato por firmar con Norte Inalámbrico")
                #expect(first.recipient.address == "ana@example.com")
                #expect(first.text.contains("https://norte.test/portal/contracts/\(contract.id)"))
                try await norte.sign(contract)
                #expect(try await post.mail(2).subject == "Su contrato con Norte Inalámbrico quedó firmado")
                #expect(!first.html.lowercased().contains("mastil"))
            }
        }
    }
}
