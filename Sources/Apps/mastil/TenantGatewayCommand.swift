import Access
import Declarations
import Events
import GatewayProtocol
import Gateways
import HTTP
import Identifiers
import Locale
import Loop
import Postgres
import Tenancy
import WebClient

extension Command {
    static let tenantGateway = Command(
        "gateway", "Gives a tenant's keys at a payment provider, once they are tried. Prints its address for notices.",
        arguments: [
            Argument("SLUG", "the tenant, such as norte"), Argument("PROVIDER", "stripe, mercadopago or conekta"),
        ],
        options: [
            Option("secret", "FILE", "its secret key, - for standard input; without it the key that it has"),
            Option("notice-secret", "FILE", "what the provider's notices are checked with, - for standard input"),
            Option("on", nil, "offer it to the tenant's customers"),
        ]
    ) { invocation, loops in
        guard let provider = GatewayProvider(rawValue: invocation.arguments[1]) else {
            throw Complaint("There is no provider '\(invocation.arguments[1])'.", status: ExitStatus.usage)
        }
        let (secret, notices) = (try read(invocation, "secret"), try read(invocation, "notice-secret"))
        return try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            let database = context.database.tenant(tenant.id.scope)
            let principal = Principal.commandLine(of: context.catalogue, at: context.now)
            let web = HTTPClient(on: loops.all[0], resolver: .system(on: loops.blocking))
            let acts = GatewayActs(
                context.configuration.gateways(by: web), vault: try context.vault, randomness: .system)
            do {
                let gateway = try await acts.save(
                    provider, secret: secret, noticeSecret: notices, by: principal, in: database
                ).gateway
                if invocation.has("on") {
                    try await acts.set(provider, isOn: true, of: tenant, by: principal, in: database)
                }
                await web.close()
                Terminal.say("\(context.directory.address(of: tenant))\(gateway.noticePath())")
            } catch {
                await web.close()
                guard let refusal = error as? any Refusal else { throw error }
                throw Complaint(refusal.message.text(for: Reader(.en, in: tenant.region)))
            }
        }
    }

    private static func read(_ invocation: Invocation, _ option: String) throws(Complaint) -> String {
        guard let path = invocation.value(option) else { return "" }
        guard let text = path == "-" ? File.standardInput() : File.text(path) else {
            throw Complaint("--\(option): \(path) cannot be read.")
        }
        return text.split(separator: "\n").joined(separator: "\n")
    }
}
