import Search

extension SearchKind {
    /// Who may see such things finds them.
    package var permission: Permission {
        switch self {
        case .customer: .customersRead
        case .staff, .role: .staffRead
        }
    }
}

extension Visit {
    /// What may be found by whoever was let in.
    package var findable: [SearchKind] { SearchKind.allCases.filter { may($0.permission) } }
}
