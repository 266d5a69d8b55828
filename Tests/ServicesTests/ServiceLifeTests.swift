import Customers
import Identifiers
import Plans
import Testing
import Time

@testable import Services

/// What a service and its customer are, by what happened.
@Suite struct ServiceLifeTests {
    private static let today = Day(iso: "2026-11-20")!

    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let life: ServiceLife
        let state: Service.State

        init(
            _ what: String, activated: Int? = nil, cancelled: Int? = nil, cut: Bool = false,
            frozen: [(from: Int, to: Int?)] = [], is state: Service.State
        ) {
            var life = ServiceLife()
            life.activatedOn = activated.map { today + $0 }
            life.cancelledOn = cancelled.map { today + $0 }
            life.isCut = cut
            life.freezes = frozen.map { pause in .init(from: today + pause.from, to: pause.to.map { today + $0 }) }
            (self.what, self.life, self.state) = (what, life, state)
        }

        var testDescription: String { what }
    }

    /// Days are counted from today.
    private static let cases: [Case] = [
        Case("just sold", is: .pending),
        Case("activated today", activated: 0, is: .active),
        Case("activated tomorrow", activated: 1, is: .pending),
        Case("cancelled from tomorrow", activated: -9, cancelled: 1, is: .active),
        Case("cancelled from today", activated: -9, cancelled: 0, is: .cancelled),
        Case("cancelled before it was installed", cancelled: -1, is: .cancelled),
        Case("cut", activated: -9, cut: true, is: .cut),
        Case("cut and frozen", activated: -9, cut: true, frozen: [(-1, nil)], is: .cut),
        Case("cut and cancelled", activated: -9, cancelled: 0, cut: true, is: .cancelled),
        Case("frozen until further notice", activated: -9, frozen: [(0, nil)], is: .frozen),
        Case("the last day of a freeze", activated: -9, frozen: [(-5, 0)], is: .frozen),
        Case("the day after a freeze", activated: -9, frozen: [(-5, -1)], is: .active),
        Case("the day before a freeze", activated: -9, frozen: [(1, 5)], is: .active),
        Case("between two freezes", activated: -9, frozen: [(-5, -1), (1, 5)], is: .active),
    ]

    @Test(arguments: cases)
    func `a service is what its life makes it`(row: Case) {
        #expect(row.life.state(on: Self.today) == row.state)
    }

    typealias Standing = (state: Service.State, isFree: Bool)

    private static let customers: [(services: [Standing], owes: Bool, state: Customer.State?)] = [
        ([], false, nil), ([], true, nil),
        ([(.pending, false)], false, .awaitingInstallation),
        ([(.active, false)], false, .active), ([(.active, false)], true, .inDebt),
        ([(.active, true)], false, .courtesy), ([(.active, true), (.active, false)], false, .active),
        ([(.active, false), (.cut, false)], false, .active), ([(.cut, false), (.frozen, false)], false, .suspended),
        ([(.cut, false)], true, .suspended), ([(.frozen, false), (.pending, false)], false, .frozen),
        ([(.cancelled, false)], false, .cancelled),
        ([(.cancelled, false), (.pending, true)], false, .awaitingInstallation),
        ([(.cancelled, false), (.active, false)], false, .active),
    ]

    @Test(arguments: customers)
    func `a customer is what their services and their debt make them`(
        services: [Standing], owes: Bool, state: Customer.State?
    ) {
        #expect(Customer.State.derived(from: services, owes: owes) == state)
    }

    @Test func `what is desired of the network follows from the state`() {
        let plan = Plan.ID(UUID(high: 0, low: 1))
        let access = Service.State.allCases.map { DesiredService($0, plan).access }
        #expect(access == [.absent, .open, .closed, .closed, .absent])
    }
}
