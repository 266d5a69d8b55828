import AccessProtocol
import Identifiers
import Locale
import Testing

@testable import Routers
@testable import Services

/// Whose the secrets of a living router are.
@Suite struct ImportTests {
    private static func account(_ name: String, _ comment: String = "") -> RouterImport.Account {
        RouterImport.Account(method: .pppoe, name: name, comment: comment, address: "", profile: "Plan10")
    }

    private static func unbound(_ customer: String, phone: String = "") -> RouterImport.Unbound {
        let id = Service.ID(UUID.v7(milliseconds: 1, from: .system))
        return RouterImport.Unbound(service: id, title: "Plan (1)", customer: customer, phone: phone)
    }

    @Test(arguments: [
        ("x1", "Muñoz José", RouterImport.Evidence.comment), ("x1", "El Mirador, José  MUÑOZ", .comment),
        ("jose.munoz", "", .login), ("josemunoz22", "", .login), ("munoz_jose", "", .login),
        ("c-5512345678", "", .phone), ("x1", "tel. +52 55 12345678", .phone),
    ])
    func `accents, order and capitals do not matter`(name: String, comment: String, by evidence: RouterImport.Evidence)
    {
        let (jose, eva) = (Self.unbound("José Muñoz", phone: "55 1234 5678"), Self.unbound("Eva Ríos"))
        let found = RouterImport([Self.account(name, comment)], among: [jose, eva])
        #expect(found.links.map(\.service) == [jose] && found.links.first?.evidence == [evidence])
    }

    @Test func `what fits two is left to a person, and so is what two fit`() {
        let (one, other) = (Self.unbound("Ana Paz"), Self.unbound("Ana Paz"))
        let both = RouterImport([Self.account("ana.paz")], among: [one, other])
        #expect(both.links.isEmpty && both.ties.map(\.services) == [[one, other]])
        let twice = RouterImport([Self.account("ana.paz"), Self.account("anapaz2")], among: [one])
        #expect(twice.links.isEmpty && twice.ties.count == 2)
    }

    @Test func `a longer name goes before a part of it, and one name alone is nobody's`() {
        let (short, long) = (Self.unbound("Ana Paz"), Self.unbound("Ana Paz Ruiz"))
        #expect(RouterImport([Self.account("x", "Ana Paz Ruiz")], among: [short, long]).links.map(\.service) == [long])
        #expect(RouterImport([Self.account("ana"), Self.account("x", "Ana")], among: [short]).unknown.count == 2)
    }

    @Test func `two things that are said go before one`() {
        let (ana, eva) = (Self.unbound("Ana Paz", phone: "5512345678"), Self.unbound("Eva Paz"))
        let found = RouterImport([Self.account("eva.paz", "Ana Paz 5512345678")], among: [ana, eva])
        #expect(found.links.map(\.service) == [ana] && found.links.first?.evidence == [.phone, .comment])
        // And where they contradict each other, neither.
        #expect(RouterImport([Self.account("eva.paz", "5512345678")], among: [ana, eva]).ties.count == 1)
    }

    @Test func `the words of both pages are whole in every language`() {
        #expect(RouterImportWords.problems + RouterSessionWords.problems == [])
    }
}
