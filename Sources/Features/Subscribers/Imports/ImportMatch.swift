import Customers
import Identifiers
import Locale
import Nouns
import Plans
import Search

/// Matches rows with existing customers and with earlier rows. A pure decision.
struct ImportMatch {
    /// A customer, or a row that will create one.
    private struct Known {
        let customer: Customer
        /// Nil for an existing customer.
        let line: Int?
        let words: Set<String>

        init(_ customer: Customer, line: Int? = nil) {
            (self.customer, self.line, words) = (customer, line, Set(SearchText.words(customer.name)))
        }

        var text: String { line.map { "\(customer.name) (#\($0))" } ?? "\(customer.name) (\(customer.number))" }
    }

    /// Data of earlier imports.
    struct Earlier: Sendable {
        var references: [String: Customer.ID] = [:]
        var digests: Set<[UInt8]> = []
        /// Customers with an imported balance.
        var balances: Set<Customer.ID> = []
        /// Customers' present services.
        var services: Set<Sold> = []

        struct Sold: Hashable {
            let customer: Customer.ID
            let plan: Plan.ID
        }
    }

    private var known: [Known] = []
    private var byIdentification: [String: [Int]] = [:]
    private var byPhone: [String: [Int]] = [:]
    private var byEmail: [String: [Int]] = [:]
    private var byName: [String: [Int]] = [:]
    private var byReference: [String: Int] = [:]
    /// People with a balance in this file, by index.
    private var withBalance: Set<Int> = []
    private let earlier: Earlier
    private let areDistinct: Bool

    init(customers: [Customer], earlier: Earlier, areDistinct: Bool) {
        (self.earlier, self.areDistinct) = (earlier, areDistinct)
        known.reserveCapacity(customers.count)
        let references = Dictionary(grouping: earlier.references.keys) { earlier.references[$0]! }
        for customer in customers { add(Known(customer), references[customer.id] ?? []) }
    }

    /// A row's outcome. The person of an accepted row can be matched by later rows.
    mutating func decide(_ person: ImportedPerson) -> ImportRow {
        func row(
            _ outcome: ImportRow.Outcome, _ found: Known? = nil, _ evidence: [ImportRow.Evidence] = [],
            _ faults: [ImportRow.Fault] = [], service: ImportRow.Sold? = nil, balance: Money? = nil
        ) -> ImportRow {
            let customer = found.flatMap { known in
                known.line == nil
                    ? ImportRow.Customer(
                        id: known.customer.id.uuid, number: known.customer.number, name: known.customer.name) : nil
            }
            return ImportRow(
                line: person.line, name: person.customer.name, reference: person.reference, outcome: outcome,
                customer: customer, sameAs: found?.line, evidence: evidence, faults: faults,
                service: service, balance: balance, isDone: false, filled: [], kept: nil)
        }
        guard person.faults.isEmpty else { return row(.refused, nil, [], person.faults) }
        if earlier.digests.contains(person.digest) { return row(.known, nil, [.row]) }
        switch match(person) {
        case .new:
            if person.balance != nil { withBalance.insert(known.count) }
            add(Known(person.customer, line: person.line), person.reference.isEmpty ? [] : [person.reference])
            return row(.created, service: person.service, balance: person.balance)
        case .same(let place, let evidence):
            let one = known[place]
            if person.balance != nil {
                guard !(one.line == nil && earlier.balances.contains(one.customer.id)), !withBalance.contains(place)
                else {
                    return row(.refused, nil, [], [.init(column: nil, reason: .balanceTwice, value: one.text)])
                }
                withBalance.insert(place)
            }
            let isFilled = one.line == nil && !one.customer.filled(by: person.customer).isEmpty
            let service = person.service.flatMap { sold in
                one.line == nil && earlier.services.contains(.init(customer: one.customer.id, plan: sold.plan))
                    ? nil : sold
            }
            if !person.reference.isEmpty { byReference[person.reference] = place }
            return row(
                isFilled || service != nil || person.balance != nil ? .merged : .known, one, evidence,
                service: service, balance: person.balance)
        case .doubtful(let places):
            let texts = places.prefix(3).map { known[$0].text }.joined(separator: ", ")
            return row(
                .refused, nil, [],
                [.init(column: nil, reason: places.count > 1 ? .severalAlike : .alike, value: texts)])
        }
    }

    private enum Found {
        case new
        case same(Int, [ImportRow.Evidence])
        case doubtful([Int])
    }

    private func match(_ person: ImportedPerson) -> Found {
        let customer = person.customer
        if let place = byReference[person.reference], !person.reference.isEmpty { return .same(place, [.reference]) }
        let own = Known(customer)
        if let places = byIdentification[customer.identificationKey] {
            return places.count == 1 ? .same(places[0], [.identification]) : .doubtful(places)
        }
        var evidence: [Int: [ImportRow.Evidence]] = [:]
        for (kind, places) in [
            (ImportRow.Evidence.phone, byPhone[customer.phone]), (.email, byEmail[customer.email]),
            (.name, byName[customer.nameKey]),
        ] {
            for place in places ?? [] { evidence[place, default: []].append(kind) }
        }
        // Different identifications mean different people, whatever else they share.
        evidence = evidence.filter { place, _ in
            customer.identificationKey.isEmpty || known[place].customer.identificationKey.isEmpty
        }
        let certain = evidence.filter { place, kinds in
            kinds != [.name] && (kinds.contains(.name) || known[place].words.isAlike(own.words))
        }
        if certain.count == 1, let (place, kinds) = certain.first { return .same(place, kinds) }
        if evidence.isEmpty || areDistinct && certain.isEmpty { return .new }
        return .doubtful((certain.isEmpty ? evidence : certain).keys.sorted())
    }

    private mutating func add(_ one: Known, _ references: [String]) {
        let place = known.count
        known.append(one)
        func put(_ key: String, into index: inout [String: [Int]]) {
            if !key.isEmpty { index[key, default: []].append(place) }
        }
        put(one.customer.identificationKey, into: &byIdentification)
        put(one.customer.phone, into: &byPhone)
        put(one.customer.email, into: &byEmail)
        put(one.customer.nameKey, into: &byName)
        for reference in references { byReference[reference] = place }
    }
}

extension Set<String> {
    /// Whether one name consists of some of the other's words: "Ana Paz" and "Ana Paz López".
    fileprivate func isAlike(_ other: Set<String>) -> Bool {
        !isEmpty && !other.isEmpty && (isSubset(of: other) || other.isSubset(of: self))
    }
}

extension Customer {
    /// Without punctuation; empty if too short to identify anybody.
    var identificationKey: String {
        let key = identification.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return key.utf8.count >= 5 ? key : ""
    }

    /// The empty fields that the other customer has.
    func filled(by other: Customer) -> [String] {
        Customer.fields.filter { field in
            ["phone", "email", "identification", "address", "neighbourhood", "zone"].contains(field.name)
                && field.get(self).isEmpty && !field.get(other).isEmpty
        }.map(\.name)
    }

    func taking(_ fields: [String], of other: Customer) -> Customer {
        var customer = self
        for field in Customer.fields where fields.contains(field.name) { field.set?(field.get(other), &customer) }
        return customer
    }
}

extension Customer {
    func values(of fields: [String]) -> [(field: String, value: String)] {
        Customer.fields.filter { fields.contains($0.name) }.map { ($0.name, $0.get(self).text) }
    }

    /// Empties the filled fields, unless changed since.
    func emptied(of filled: [(field: String, value: String)]) -> Customer {
        var customer = self
        for (name, value) in filled {
            guard let field = Customer.fields.first(where: { $0.name == name }), field.get(customer).text == value
            else { continue }
            field.set?(name == "zone" ? .none : .text(""), &customer)
        }
        return customer
    }
}

extension FieldValue {
    fileprivate var isEmpty: Bool { self == .none || self == .text("") }
}
