import Assembly
import Declarations
import Locale
import Panel
import Tenancy

extension Notice {
    package static let domainProven = Notice(
        "domain_proven",
        Message(
            es: "El dominio quedó comprobado y ya funciona.", en: "The domain is proven and works now.",
            pt: "O domínio foi comprovado e já funciona."))
}

extension EventKind {
    package static let domainClaimed = EventKind(
        "domain.claimed", Message(es: "Agregó un dominio", en: "Added a domain", pt: "Adicionou um domínio"))
    package static let domainProven = EventKind(
        "domain.proven", Message(es: "Comprobó un dominio", en: "Proved a domain", pt: "Comprovou um domínio"))
    package static let domainProofLost = EventKind(
        "domain.proof_lost",
        Message(
            es: "Notó que un dominio perdió su comprobación", en: "Noticed that a domain lost its proof",
            pt: "Notou que um domínio perdeu sua comprovação"))
    package static let domainFoundAgain = EventKind(
        "domain.found_again",
        Message(
            es: "Encontró otra vez la comprobación de un dominio", en: "Found a domain's proof again",
            pt: "Encontrou de novo a comprovação de um domínio"))
    package static let domainReleased = EventKind(
        "domain.released", Message(es: "Liberó un dominio", en: "Released a domain", pt: "Liberou um domínio"))
    package static let domainRemoved = EventKind(
        "domain.removed", Message(es: "Quitó un dominio", en: "Removed a domain", pt: "Removeu um domínio"))
    package static let domainVouched = EventKind(
        "domain.vouched",
        Message(es: "Respondió por un dominio", en: "Vouched for a domain", pt: "Respondeu por um domínio"))
}

extension RoomDeclarations {
    package static let domains = RoomDeclarations(
        "Domains",
        menu: [
            MenuEntry(
                .settings(.company, 30), Message(es: "Dominios", en: "Domains", pt: "Domínios"), path: "/panel/domains",
                permission: .settingsManage, icon: .domains,
                synonyms: Message(es: "dns subdominio web página", en: "dns subdomain web", pt: "dns subdomínio site"))
        ],
        notices: [.domainProven],
        events: [
            .domainClaimed, .domainProven, .domainProofLost, .domainFoundAgain, .domainReleased, .domainRemoved,
            .domainVouched,
        ])
}

extension Room {
    package static let domains = Room(
        .domains,
        panel: { routes, context in
            DomainRoutes(asking: context.records, base: context.directory.base, randomness: context.randomness).add(
                to: &routes)
        },
        jobs: { jobs, context in
            jobs.add(RecheckDomains.self) { try await $0.run(in: $1, asking: context.records) }
        },
        nightly: [RecheckDomains.self])
}
