import Access
import Declarations
import HTML
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Tenancy
import Time
import Zones

struct TokenListPage: View {
    let tokens: [APIToken]
    let zones: [Zone]
    let visit: Visit

    private var mayAct: Bool { visit.mayAct(with: .tokensManage) }

    var body: Markup {
        let reader = visit.reader
        PageHeading(TokenWords.tokens.text(for: reader)) {
            if mayAct { NewLink(TokenWords.create.text(for: reader), path: "/panel/tokens/new") }
        }
        p(.class("hint lead")) { TokenWords.intro.text(for: reader) }
        p { a(.href("/api/v1/docs")) { TokenWords.description.text(for: reader) } }
        if tokens.isEmpty {
            EmptyState(
                .tokens, TokenWords.none.text(for: reader),
                act: mayAct ? (TokenWords.create.text(for: reader), "/panel/tokens/new") : nil)
        }
        ul(.class("cards")) { for token in tokens { TokenCard(token: token, zones: zones, visit: visit) } }
    }
}

struct TokenCard: View {
    let token: APIToken
    let zones: [Zone]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        li(.class("card")) {
            p {
                strong { token.name }
                code { " mst_live_…\(token.lastFour)" }
            }
            p {
                visit.catalogue.permissions.filter { token.permissions.contains($0.permission) }
                    .map { $0.words.text(for: reader) }.joined(separator: " · ")
            }
            if let reach { p { "\(ZoneWords.zones.text(for: reader)): \(reach)" } }
            p(.class("hint")) { facts(reader) }
            if visit.mayAct(with: .tokensManage) {
                p {
                    a(.class("button danger"), .href("/panel/tokens/\(token.id)/revoke"), .data("dialog", "")) {
                        TokenWords.revoke.text(for: reader)
                    }
                }
            }
        }
    }

    /// The names of its zones.
    private var reach: String? {
        token.zones.map { own in zones.filter { own.contains($0.id.uuid) }.map(\.name).joined(separator: ", ") }
    }

    private func facts(_ reader: Reader) -> String {
        func text(_ moment: Instant) -> String { moment.text(.short, in: visit.tenant.timeZone, for: reader) }
        let used = token.usedAt.map(text) ?? TokenWords.never.text(for: reader)
        let places =
            token.addresses.isEmpty
            ? TokenWords.anywhere.text(for: reader) : token.addresses.joined(separator: ", ")
        return
            "\(TokenWords.used.text(for: reader)): \(used) · \(TokenWords.ends.text(for: reader)): \(text(token.expiresAt)) · \(places)"
    }
}

struct NewTokenPage: View {
    let form: TokenForm
    let zones: [Zone]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { TokenWords.newToken.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/tokens")) {
            FormHead(form.faults, visit: visit)
            FormField(TokenWords.name.text(for: reader), name: "name", error: form.fault("name", for: reader)) {
                wiring in
                input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(form.name))
            }
            permissions(reader)
            if zones.isEmpty {
                input(.type("hidden"), .name(ZoneReach.fields.one), .value("all"))
            } else {
                ZoneReach(
                    form.zones, among: zones, hint: TokenWords.zonesHint.text(for: reader),
                    fault: form.fault("zone", for: reader), for: reader)
            }
            FormField(
                TokenWords.addresses.text(for: reader), name: "addresses",
                hint: TokenWords.addressesHint.text(for: reader), error: form.fault("addresses", for: reader)
            ) { wiring in input(wiring, .autocomplete("off"), .maxlength(400), .value(form.addressText)) }
            FormField(TokenWords.days.text(for: reader), name: "days", error: form.fault("days", for: reader)) {
                wiring in
                input(wiring, .type("number"), .min("1"), .max("365"), .required(), .value(form.days))
            }
            button(.type("submit"), .class("primary")) { TokenWords.create.text(for: reader) }
        }
    }

    private func permissions(_ reader: Reader) -> Markup {
        fieldset(.id("field-permission")) {
            legend { TokenWords.permissions.text(for: reader) }
            if let fault = form.fault("permission", for: reader) { p(.class("error")) { fault } }
            for declared in visit.catalogue.permissions where visit.may(declared.permission) {
                label(.class("choice")) {
                    input(
                        .type("checkbox"), .name("permission"), .value(declared.permission.rawValue),
                        .checked(form.permissions.contains(declared.permission)))
                    span { declared.words.text(for: reader) }
                }
            }
        }
    }
}

/// Shown once: nobody can read the secret again.
struct MadeTokenPage: View {
    let name: String
    let secret: String
    let reader: Reader

    var body: Markup {
        h1 { TokenWords.ready.text(for: reader, .name(name)) }
        div(.class("card")) {
            p { TokenWords.shownOnce.text(for: reader) }
            FormField(TokenWords.secret.text(for: reader), name: "secret") { wiring in
                input(wiring, .readonly(), .value(secret), .autocomplete("off"))
            }
            p { a(.href("/panel/tokens")) { TokenWords.back.text(for: reader) } }
        }
    }
}
