import Events
import Identifiers
import JSON
import Locale
import Postgres
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Tenancy

@Suite struct TenantActsTests {
    @Test func `suspending, closing and resuming need a reason and stand in the tenant's record`() async throws {
        try await withTenants { norte, sur in
            let platform = norte.site.test.database.platform
            let now = norte.now
            await #expect(throws: TenantActRefusal.reasonMissing) {
                try await Tenant.suspend("norte", because: " ", by: .commandLine, at: now, in: platform)
            }
            await #expect(throws: TenantActRefusal.unknown(slug: "oeste")) {
                try await Tenant.suspend("oeste", because: "x", by: .commandLine, at: now, in: platform)
            }
            let suspended = try await Tenant.suspend(
                "norte", because: "Falta un pago", by: .commandLine, at: now, in: platform)
            #expect(suspended.standing(at: now) == .suspended(reason: "Falta un pago"))
            await #expect(throws: TenantActRefusal.already(.suspended)) {
                try await Tenant.suspend("norte", because: "otra vez", by: .commandLine, at: now, in: platform)
            }
            await #expect(throws: TenantActRefusal.exportMissing) {
                try await Tenant.close("norte", because: "Se fue", by: .commandLine, at: now, in: platform)
            }
            try await norte.set("exported_at = '2026-11-18 03:00+00'")
            _ = try await Tenant.close("norte", because: "Se fue", by: .commandLine, at: now, in: platform)
            let back = try await Tenant.resume("norte", because: "Volvió", by: .commandLine, at: now, in: platform)
            #expect(back.standing(at: now) == .active)
            let kinds = try await norte.database.events(limit: 4)
                .map(\.kind)
            #expect(kinds == ["company.resumed", "company.closed", "company.suspended", "company.created"])
            #expect(try await EventChain.verify(in: norte.database).sequence >= 4)
            #expect(
                try await sur.database.events(EventSelection(kind: "company.closed"), limit: 9)
                    .isEmpty)
        }
    }

    @Test(arguments: [
        (Tenant.State.active, -1, Standing.active), (.trial, 1, .trial(daysLeft: 1)), (.trial, 0, .trial(daysLeft: 0)),
        (.trial, -1, .trialOver), (.suspended, 5, .suspended(reason: "x")), (.closed, 5, .closed),
    ])
    func `a trial ends with its last day by the tenant's own clock`(
        state: Tenant.State, days: Int, standing: Standing
    ) throws {
        let zone = try TimeZone.named("America/Lima")
        // Ten at night in Lima is the next day in UTC.
        let now = zone.instant(of: Day(iso: "2026-11-21")!, at: TimeOfDay(hour: 22, minute: 0)!)
        var tenant = Tenant(
            id: .make(milliseconds: 0, from: .system), slug: "x", state: state, region: .peru, currency: .pen,
            company: Company(name: "X", language: .es, timeZone: zone), brand: Brand(colour: .black))
        tenant.stateReason = "x"
        tenant.trialEndsOn = zone.day(at: now) + days
        #expect(tenant.standing(at: now) == standing)
    }

    @Test func `what a person suspended no folder resumes, and what a folder does not say stays`() async throws {
        try await withTenants { norte, _ in
            let platform = norte.site.test.database.platform
            _ = try await Tenant.suspend("norte", because: "Pago", by: .commandLine, at: norte.now, in: platform)
            func pack(_ more: String) throws -> TenantPack {
                try TenantPack(
                    Array(
                        """
                        {slug: "norte", name: "Norte Inalámbrico", state: "active", country: "MX", language: "es",
                         currency: "MXN", zone: "America/Lima", colour: "#0b6e4f" \(more)}
                        """.utf8))
            }
            let full = try pack(
                """
                , legalName: "Norte SA de CV", courtesy: "tu", trialEnds: "2027-01-31", accent: "#ff8800",
                plan: {name: "Crece", customers: 500, staff: 5, price: "49.00 USD", cycle: "yearly"},
                tax: {name: "IVA", rate: "16", included: true, idLabel: "RFC", id: "NIN010101AB1"}
                """)
            guard case .changed(let differences) = try await full.differences(in: platform).outcome else {
                Issue.record("nothing would change")
                return
            }
            #expect(differences.contains("tax.rate: '0' → '16'") && differences.contains("plan.staff: '' → '5'"))
            #expect(differences.contains("plan.price: '' → '49.00 USD'"))
            let first = try await full.apply(at: norte.now, from: .system, in: norte.site.test.database)
            #expect(first.outcome == .changed(differences) && first.tenant.state == .suspended)
            #expect(
                try await full.apply(at: norte.now, from: .system, in: norte.site.test.database).outcome == .unchanged)
            #expect(
                try await pack("").apply(at: norte.now, from: .system, in: norte.site.test.database).outcome
                    == .unchanged)
            #expect(try await platform.tenant(slug: "norte") == first.tenant)
            #expect(first.tenant.reader.courtesy == .tu)
        }
    }

    @Test(arguments: ["49.00", "49 usd", "-1 USD", "49.005 USD", "gratis USD", "1.500 USD", "49.00 CLP"])
    func `a folder's price is an amount in a currency`(price: String) {
        let text = """
            {slug: "norte", name: "N", state: "active", country: "MX", language: "es", currency: "MXN",
             zone: "America/Lima", colour: "#0b6e4f", plan: {name: "Crece", price: "\(price)"}}
            """
        #expect(throws: JSONError.self) { try TenantPack(Array(text.utf8)) }
    }

    @Test(arguments: ["suspended", "closed"])
    func `a folder cannot suspend or close`(state: String) {
        let text = """
            {slug: "norte", name: "N", state: "\(state)", country: "MX", language: "es", currency: "MXN",
             zone: "America/Lima", colour: "#0b6e4f"}
            """
        #expect(throws: JSONError.self) { try TenantPack(Array(text.utf8)) }
    }

    @Test(arguments: [
        ("16", 1600), ("10.5", 1050), ("10,5", 1050), ("0", 0), ("100", 10_000), ("19.25", 1925), ("7.05", 705),
    ])
    func `a rate is an exact percentage`(text: String, hundredths: Int) throws {
        let rate = try #require(TaxRate(text))
        #expect(rate.hundredths == hundredths)
        #expect(TaxRate(rate.text) == rate)
    }

    @Test(arguments: ["", "-1", "100.01", "101", "1.234", "1.", ".5", "1,2,3", "16%", "１６", "+1"])
    func `what is no percentage is refused`(text: String) { #expect(TaxRate(text) == nil) }
}

@Suite struct ColourTests {
    private static let colours = (0..<200).map { _ in Colour(rgb: .random(in: 0...0xFFFFFF)) }

    @Test(arguments: colours)
    func `text on any brand's colour, and any brand's colour as text, can be read`(colour: Colour) {
        #expect(colour.contrast(with: colour.readableText) >= 4.5)
        let light = [Colour(rgb: 0xFFFFFF), Colour(rgb: 0xF4F6F8)]
        let dark = [Colour(rgb: 0x14181D), Colour(rgb: 0x0D1014)]
        for grounds in [light, dark] {
            let corrected = colour.readable(on: grounds)
            #expect(grounds.allSatisfy { corrected.contrast(with: $0) >= 4.5 })
        }
    }

    @Test func `a colour that can be read already stays as it is`() {
        let colour = Colour(rgb: 0x0B57A4)
        #expect(colour.readable(on: [.white]) == colour)
        #expect(Colour.black.contrast(with: .white) == 21)
    }
}
