import Access
import Declarations
import GatewayProtocol
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// The gateways' settings: keys, tested before they are stored, and the webhook address.
struct GatewayRoutes: Sendable {
    private let acts: GatewayActs

    init(_ acts: GatewayActs) { self.acts = acts }

    static let path = "/panel/gateways"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/gateways", .gatewaysManage, "Las pasarelas de pago", list)
        add(
            .stripe, at: "/panel/gateways/stripe", test: "/panel/gateways/stripe/test", on: "/panel/gateways/stripe/on",
            off: "/panel/gateways/stripe/off", to: &routes)
        add(
            .mercadopago, at: "/panel/gateways/mercadopago", test: "/panel/gateways/mercadopago/test",
            on: "/panel/gateways/mercadopago/on", off: "/panel/gateways/mercadopago/off", to: &routes)
        add(
            .conekta, at: "/panel/gateways/conekta", test: "/panel/gateways/conekta/test",
            on: "/panel/gateways/conekta/on", off: "/panel/gateways/conekta/off", to: &routes)
    }

    private func add(
        _ provider: GatewayProvider, at page: StaticString, test: StaticString, on: StaticString, off: StaticString,
        to routes: inout Panel.Routes
    ) {
        routes.get(page, .gatewaysManage, "Una pasarela de pago") { visit in
            try await self.page(of: provider, nil, nil, .ok, visit)
        }
        routes.post(page, .gatewaysManage, "Guarda las claves de una pasarela") { visit in
            try await save(visit, provider)
        }
        routes.post(test, .gatewaysManage, "Prueba las claves de una pasarela") { visit in
            try await self.test(visit, provider)
        }
        routes.post(on, .gatewaysManage, "Ofrece una pasarela a los clientes") { visit in
            try await set(visit, provider, isOn: true)
        }
        routes.post(off, .gatewaysManage, "Deja de ofrecer una pasarela") { visit in
            try await set(visit, provider, isOn: false)
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = GatewaysPage(
            providers: acts.providers, gateways: try await visit.database.gateways(), visit: visit)
        return try await Panel.page(page, titled: GatewayWords.gateways.text(for: visit.reader), for: visit)
    }

    private func save(_ visit: Visit, _ provider: GatewayProvider) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        try sent.allow(["secret", "notice_secret"])
        do {
            let (_, account) = try await acts.save(
                provider, secret: FormText.line(sent["secret"], upTo: 500),
                noticeSecret: FormText.secret(sent["notice_secret"], upTo: 4000), by: visit.principal,
                in: visit.database)
            return try await page(of: provider, account, nil, .ok, visit)
        } catch let refusal as GatewayRefusal {
            return try await page(of: provider, nil, refusal, refusal.status, visit)
        }
    }

    private func test(_ visit: Visit, _ provider: GatewayProvider) async throws -> Response {
        do {
            let account = try await acts.examine(provider, in: visit.database)
            return try await page(of: provider, account, nil, .ok, visit)
        } catch let refusal as GatewayRefusal {
            return try await page(of: provider, nil, refusal, refusal.status, visit)
        }
    }

    private func set(_ visit: Visit, _ provider: GatewayProvider, isOn: Bool) async throws -> Response {
        do {
            try await acts.set(provider, isOn: isOn, of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: "\(Self.path)/\(provider.rawValue)")
        } catch let refusal as GatewayRefusal {
            return try await page(of: provider, nil, refusal, refusal.status, visit)
        }
    }

    private func page(
        of provider: GatewayProvider, _ account: GatewayAccount?, _ fault: GatewayRefusal?, _ status: Status,
        _ visit: Visit
    ) async throws -> Response {
        let page = GatewayPage(
            provider: provider, gateway: try await visit.database.gateway(provider), account: account, fault: fault,
            visit: visit)
        return try await Panel.page(page, titled: provider.name, status: status, for: visit)
    }
}

extension FormText {
    /// A secret, possibly of several lines such as a public key, trimmed.
    fileprivate static func secret(_ text: String?, upTo length: Int) -> String {
        String((text ?? "").replacing("\r\n", with: "\n").prefix(length)).trimmed
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }
}

private struct GatewaysPage: View {
    let providers: [GatewayProvider]
    let gateways: [Gateway]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        PageHeading(GatewayWords.gateways.text(for: reader))
        p(.class("hint lead")) { GatewayWords.intro.text(for: reader) }
        ul(.class("cards")) { for provider in providers { card(of: provider, reader) } }
    }

    private func card(of provider: GatewayProvider, _ reader: Reader) -> Markup {
        let gateway = gateways.first { $0.provider == provider }
        return li(.class("card")) {
            p {
                strong { a(.href("\(GatewayRoutes.path)/\(provider.rawValue)")) { provider.name } }
                " "
                GatewayStateMark(gateway: gateway, reader: reader)
            }
            p(.class("hint")) { GatewayWords.what(of: provider).text(for: reader) }
        }
    }
}

private struct GatewayStateMark: View {
    let gateway: Gateway?
    let reader: Reader

    var body: Markup {
        let (words, tone): (GatewayWords, Tone) =
            switch gateway?.isOn {
            case nil: (.notSetUp, .quiet)
            case true?: (.isOn, .good)
            case false?: (.isOff, .warning)
            }
        span(.class("state"), .data("tone", tone.rawValue)) { words.text(for: reader) }
        if gateway?.isLive == false {
            " "
            span(.class("state"), .data("tone", "warning")) { GatewayWords.testMode.text(for: reader) }
        }
    }
}

private struct GatewayPage: View {
    let provider: GatewayProvider
    let gateway: Gateway?
    /// The provider's answer, where the keys were just tested.
    let account: GatewayAccount?
    let fault: GatewayRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(GatewayRoutes.path)/\(provider.rawValue)" }
    private var noticeAddress: String? { gateway.map { "\(visit.address)\($0.noticePath())" } }

    var body: Markup {
        Crumb(GatewayWords.gateways.text(for: reader), path: GatewayRoutes.path)
        PageHeading(provider.name) {
            if let gateway, visit.mayAct(with: .gatewaysManage) {
                form(.method(.post), .action("\(path)/test")) {
                    button(.type("submit")) { GatewayWords.test.text(for: reader) }
                }
                form(.method(.post), .action("\(path)/\(gateway.isOn ? "off" : "on")")) {
                    button(.type("submit"), .class(gateway.isOn ? "" : "primary")) {
                        (gateway.isOn ? GatewayWords.turnOff : .turnOn).text(for: reader)
                    }
                }
            }
        }
        p(.class("subject")) { GatewayStateMark(gateway: gateway, reader: reader) }
        if let fault { p(.class("notice error"), .role("alert")) { fault.message.text(for: reader) } }
        if let account { found(account) }
        if let gateway { facts(gateway) }
        if visit.mayAct(with: .gatewaysManage) { keys }
    }

    /// The keys' account, in plain words.
    private func found(_ account: GatewayAccount) -> Markup {
        var lines: [GatewayWords] = [account.mayCharge ? .keysWork : .mayNotCharge]
        if let currencies = account.currencies, !currencies.contains(visit.tenant.currency.code) {
            lines.append(.otherCurrency)
        }
        if let addresses = account.noticeAddresses, let noticeAddress {
            lines.append(addresses.contains(noticeAddress) ? .addressRegistered : .addressMissing)
        }
        return .group(
            lines.map { line in
                p(.class(line.isTrouble ? "notice error" : "notice"), .role("status")) {
                    line.text(for: reader, .name(account.name))
                }
            })
    }

    private func facts(_ gateway: Gateway) -> Markup {
        dl(.class("facts card")) {
            fact(.account, .text(gateway.account))
            fact(.secretKey, .text("•••• \(gateway.secretEnd)"))
            fact(.noticeAddress, code { noticeAddress ?? "" })
            fact(.notices, .text(notices(gateway)))
        }
    }

    private func fact(_ name: GatewayWords, _ value: Markup) -> Markup {
        div {
            dt { name.text(for: reader) }
            dd { value }
        }
    }

    private func notices(_ gateway: Gateway) -> String {
        func moment(_ at: Instant) -> String { at.text(.short, in: visit.tenant.timeZone, for: reader) }
        guard gateway.hasNoticeSecret else { return GatewayWords.noNoticeSecret.text(for: reader) }
        if let forged = gateway.forgedAt, gateway.noticedAt.map({ $0 < forged }) ?? true {
            return GatewayWords.forgedNotice.text(for: reader, .text("moment", moment(forged)))
        }
        return gateway.noticedAt.map { GatewayWords.lastNotice.text(for: reader, .text("moment", moment($0))) }
            ?? GatewayWords.noNoticeYet.text(for: reader)
    }

    private var keys: Markup {
        form(.class("card"), .method(.post), .action(path)) {
            h2 { GatewayWords.keys.text(for: reader) }
            FormField(
                GatewayWords.secretKey.text(for: reader), name: "secret",
                hint: GatewayWords.secretHint(of: provider).text(for: reader)
            ) { wiring in
                input(wiring, .type("password"), .maxlength(500), .autocomplete("off"), .required(gateway == nil))
            }
            FormField(
                GatewayWords.noticeSecret.text(for: reader), name: "notice_secret",
                hint: GatewayWords.noticeHint(of: provider).text(for: reader)
            ) { wiring in
                if provider == .conekta {
                    // A public key of several lines, which is no secret.
                    textarea(wiring, .rows(4), .maxlength(4000), text: "")
                } else {
                    input(wiring, .type("password"), .maxlength(500), .autocomplete("off"))
                }
            }
            button(.type("submit"), .class("primary")) { GatewayWords.saveKeys.text(for: reader) }
        }
    }
}
