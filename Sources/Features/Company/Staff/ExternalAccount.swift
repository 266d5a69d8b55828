import Access
import Declarations
import HTML
import HTTP
import Identity
import Locale
import Nouns
import Panel

/// The Google account linked to this one; without an address none is linked yet.
struct GoogleLink {
    let email: String?
}

/// The account page's card of the linked Google account.
struct ExternalCard: View {
    let email: String?
    let hasPassword: Bool
    let faults: [FormFault]
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { StaffWords.google.text(for: reader) }
            p {
                email.map { StaffWords.googleLinked.text(for: reader, .name($0)) }
                    ?? StaffWords.googleIntro.text(for: reader)
            }
            if hasPassword {
                form(.method(.post), .action("/panel/account/google\(email == nil ? "" : "/unlink")")) {
                    PresentPasswordField(
                        name: "google-password", fault: faults.first { $0.name == "google-password" }?.message,
                        reader: reader)
                    button(.type("submit"), .class(email == nil ? "" : "danger")) {
                        (email == nil ? StaffWords.linkGoogle : .unlinkGoogle).text(for: reader)
                    }
                }
            } else {
                p(.class("hint")) { StaffWords.passwordFirst.text(for: reader) }
            }
        }
    }
}

/// A link instead of a redirect: the CSP's form-action forbids redirecting a form to another site.
struct GoToGooglePage: View {
    let address: String
    let reader: Reader

    var body: Markup {
        h1 { StaffWords.google.text(for: reader) }
        section(.class("card")) {
            p { StaffWords.goToGoogleHint.text(for: reader) }
            p { a(.class("button primary"), .href(address)) { SecondStepWords.withGoogle.text(for: reader) } }
        }
    }
}

package struct ExternalAccountRoutes: Sendable {
    private let external: ExternalSignIn?

    package init(_ external: ExternalSignIn?) { self.external = external }

    package func add(to routes: inout Panel.Routes) {
        routes.post("/panel/account/google", .signedIn, "Vincula una cuenta de Google", link)
        routes.post("/panel/account/google/unlink", .signedIn, "Desvincula la cuenta de Google", unlink)
        routes.post("/panel/security/google", .securityManage, "Decide si se entra con Google", decide)
    }

    private func link(_ visit: Visit) async throws -> Response {
        guard let external else { throw AccessRefusal.notFound }
        let password = try await password(visit)
        let member = try await visit.member
        guard let session = visit.admitted?.session else { throw AccessRefusal.signInRequired }
        do {
            let (attempt, address) = try await external.begin(
                .link(member, session: session, password: password), from: visit.place.address,
                next: "/panel/account", back: visit.externalReturn, now: visit.now, in: visit.database)
            var response = try await Panel.page(
                GoToGooglePage(address: address, reader: visit.reader),
                titled: StaffWords.google.text(for: visit.reader), for: visit)
            Panel.setCookie(of: attempt, in: &response, visit)
            return response
        } catch let refusal as SignInRefusal {
            return try await account(visit, fault: refusal)
        }
    }

    private func unlink(_ visit: Visit) async throws -> Response {
        guard let external else { throw AccessRefusal.notFound }
        do {
            try await external.unlink(
                from: try await visit.member, password: try await password(visit), at: visit.place, now: visit.now,
                in: visit.database)
        } catch let refusal as SignInRefusal {
            return try await account(visit, fault: refusal)
        }
        return Panel.done(.saved, at: "/panel/account")
    }

    private func decide(_ visit: Visit) async throws -> Response {
        guard let external else { throw AccessRefusal.notFound }
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["google", "return-address", "client", "client-secret", "domain"])
        let domain = FormText.line(form["domain"]).lowercased()
        guard domain.isEmpty || ExternalRuleForm.isDomain(domain) else {
            return try await refuse(visit, FormFault(name: "domain", message: StaffWords.domainWrong.message))
        }
        let rule = ExternalSignInRule(
            isAllowed: form["google"] == "yes", client: Self.given(form["client"]), domain: Self.given(domain))
        do {
            try await external.save(
                rule, secret: Self.given(form["client-secret"]), by: visit.principal, in: visit.database)
        } catch ExternalRefusal.clientMissing {
            return try await refuse(
                visit, FormFault(name: "client", message: ExternalRefusal.clientMissing.message))
        }
        return Panel.done(.saved, at: "/panel/security")
    }

    private static func given(_ text: String?) -> String? {
        let line = FormText.line(text)
        return line.isEmpty ? nil : line
    }

    private func refuse(_ visit: Visit, _ fault: FormFault) async throws -> Response {
        try await SecurityRoutes(external).page(visit, .unprocessableContent, faults: [fault])
    }

    private func password(_ visit: Visit) async throws -> String {
        let form = try await visit.request.body.form(upTo: 4096)
        try form.allow(["google-password"])
        return form["google-password"] ?? ""
    }

    private func account(_ visit: Visit, fault: SignInRefusal) async throws -> Response {
        try await AccountRoutes.page(
            visit, external, faults: [FormFault(name: "google-password", message: fault.message)], fault.status)
    }
}

/// The security page's form for Google sign-in.
struct ExternalRuleForm: View {
    let rule: ExternalSignInRule
    /// The redirect URI to register at Google.
    let back: String
    let faults: [FormFault]
    let mayAct: Bool
    let reader: Reader

    var body: Markup {
        HTML.form(.class("card"), .method(.post), .action("/panel/security/google"), .autocomplete("off")) {
            h2 { StaffWords.google.text(for: reader) }
            p { StaffWords.googleRuleIntro.text(for: reader) }
            label(.class("choice")) {
                input(.type("checkbox"), .name("google"), .value("yes"), .checked(rule.isAllowed))
                span { StaffWords.googleAllowed.text(for: reader) }
            }
            field(.returnAddress, "return-address", hint: .returnAddressHint) { wiring in
                input(wiring, .readonly(), .value(back))
            }
            field(.clientID, "client") { wiring in
                input(wiring, .autocomplete("off"), .maxlength(200), .value(rule.client ?? ""))
            }
            field(.clientSecret, "client-secret", hint: rule.client == nil ? nil : .clientSecretHint) { wiring in
                input(wiring, .type("password"), .autocomplete("off"), .maxlength(200))
            }
            field(.domain, "domain", hint: .domainHint) { wiring in
                input(wiring, .autocomplete("off"), .maxlength(100), .value(rule.domain ?? ""))
            }
            if mayAct { button(.type("submit"), .class("primary")) { StaffWords.save.text(for: reader) } }
        }
    }

    private func field(
        _ words: StaffWords, _ name: String, hint: StaffWords? = nil, @MarkupBuilder control: (Attribute) -> Markup
    ) -> FormField {
        FormField(
            words.text(for: reader), name: name, hint: hint?.text(for: reader),
            error: faults.first { $0.name == name }?.message.text(for: reader), control: control)
    }

    static func isDomain(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1
            && labels.allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy {
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
                    }
            }
    }
}
