import AccessProtocol
import Identifiers
import Search
import Services

/// Matches a router's secrets and queues to services by names, comments and telephones. Ambiguous ones are left to a
/// person.
struct RouterImport: Sendable {
    struct Account: Sendable, Equatable {
        let method: AccessPoint.Method
        let name: String
        let comment: String
        /// For queues only: a secret keeps its own.
        let address: String
        let profile: String
    }

    /// A service without a router.
    struct Unbound: Sendable, Equatable {
        let service: Service.ID
        let title: String
        let customer: String
        let phone: String
    }

    enum Evidence: String, Sendable {
        case phone, comment, login
    }

    struct Link: Sendable, Equatable {
        let account: Account
        let service: Unbound
        let evidence: [Evidence]
    }

    struct Tie: Sendable, Equatable {
        let account: Account
        let services: [Unbound]
    }

    private(set) var links: [Link] = []
    private(set) var ties: [Tie] = []
    private(set) var unknown: [Account] = []

    /// Only decides: nothing is changed.
    init(_ accounts: [Account], among services: [Unbound]) {
        let index = Index(services)
        let found = accounts.map { account in (account: account, matches: index.matches(account)) }
        var claims: [Int: Int] = [:]
        for one in found { for place in one.matches.keys { claims[place, default: 0] += 1 } }
        for (account, matches) in found {
            if let only = matches.first, matches.count == 1, claims[only.key] == 1 {
                links.append(Link(account: account, service: services[only.key], evidence: only.value))
            } else if matches.isEmpty {
                unknown.append(account)
            } else {
                ties.append(Tie(account: account, services: matches.keys.sorted().map { services[$0] }))
            }
        }
    }

    /// Services by words of their customers' names and by telephone.
    private struct Index {
        private var byWord: [String: [Int]] = [:]
        private var byJoinedName: [String: [Int]] = [:]
        private var byPhone: [String: [Int]] = [:]
        private var lengths: [Int] = []

        /// The last digits that identify a telephone.
        private static let phoneDigits = 8

        init(_ services: [Unbound]) {
            for (place, service) in services.enumerated() {
                let words = SearchText.words(service.customer)
                lengths.append(Set(words).count)
                // A single word is the name of many.
                if words.count > 1 {
                    for word in Set(words) { byWord[word, default: []].append(place) }
                    byJoinedName[words.joined(), default: []].append(place)
                }
                let digits = service.phone.filter(\.isWholeNumber)
                if digits.count >= Self.phoneDigits {
                    byPhone[String(digits.suffix(Self.phoneDigits)), default: []].append(place)
                }
            }
        }

        func matches(_ account: Account) -> [Int: [Evidence]] {
            var matches: [Int: [Evidence]] = [:]
            for (evidence, places) in [
                (Evidence.phone, phone(in: account.comment) + phone(in: account.name)),
                (.comment, name(in: account.comment)), (.login, name(in: account.name) + joinedName(account.name)),
            ] {
                for place in Set(places) { matches[place, default: []].append(evidence) }
            }
            // More kinds of evidence win.
            let most = matches.values.map(\.count).max() ?? 0
            return matches.filter { $0.value.count == most }
        }

        private func phone(in text: String) -> [Int] {
            text.split { !$0.isWholeNumber }.flatMap { digits in
                digits.count >= Self.phoneDigits ? byPhone[String(digits.suffix(Self.phoneDigits))] ?? [] : []
            }
        }

        /// Customers whose whole name occurs, in any order; the longest name wins.
        private func name(in text: String) -> [Int] {
            var counts: [Int: Int] = [:]
            for word in Set(SearchText.words(text)) {
                for place in byWord[word] ?? [] { counts[place, default: 0] += 1 }
            }
            let whole = counts.filter { $0.value == lengths[$0.key] }
            let longest = whole.values.max() ?? 0
            return whole.filter { $0.value == longest }.map(\.key)
        }

        private func joinedName(_ text: String) -> [Int] {
            byJoinedName[SearchText.words(text).joined().filter(\.isLetter)] ?? []
        }
    }
}
