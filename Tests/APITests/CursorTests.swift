import Identifiers
import Tenancy
import Testing

@testable import API

@Suite struct CursorTests {
    private static let list = ListedPlace(tenant: Tenant.ID(UUID(high: 1, low: 2)), address: "/api/v1/customers?")

    @Test(arguments: [0, 1, 50, Int.max])
    func `a cursor comes back as the position it was made of`(position: Int) {
        let text = Cursor(after: position).text(in: Self.list)
        #expect(Cursor(text, in: Self.list)?.position == position)
    }

    /// The checksum is no secret, so anybody can make these.
    @Test(arguments: [-1, -2, Int.min, Int.min + 1])
    func `a forged cursor of a position that no list has is refused`(position: Int) {
        #expect(Cursor(Cursor(after: position).text(in: Self.list), in: Self.list) == nil)
    }
}
