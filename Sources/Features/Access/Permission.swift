/// What a person or a program may do. Every route names one; there is no other way to declare a route.
package enum Permission: String, Sendable, CaseIterable {
    /// Nobody is asked who they are: signing in, a public page.
    case anyone
    case customersRead = "customers.read"

    /// What can be granted.
    package static let grantable = allCases.filter { $0 != .anyone }
}
