import Access
import ChannelProtocol
import Channels
import Declarations
import HTTP
import Identifiers
import Locale
import Loop
import MessagingLab
import Postgres
import Tenancy
import WebClient

extension Command {
    static let labConnect = Command(
        "connect",
        "Connects a company to the labs of channels that LAB_CHANNELS names, with the keys that they begin with.",
        arguments: [Argument("SLUG", "the tenant, such as norte")],
        notes: "The company is to be served already: WhatsApp makes sure of its address. Doing it again is harmless."
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            let web = HTTPClient(on: loops.all[0], resolver: .system(on: loops.blocking))
            do {
                for lab in context.configuration.labChannels {
                    try await connect(tenant, to: lab, over: web, in: context)
                }
                await web.close()
            } catch {
                await web.close()
                throw error
            }
        }
    }

    private static func connect(
        _ tenant: Tenant, to lab: LabChannelAddress, over web: HTTPClient, in context: CommandContext
    ) async throws {
        let database = context.database.tenant(tenant.id.scope)
        let acts = ChannelActs(
            context.configuration.channels(by: web), vault: try context.vault, randomness: .system)
        let address = context.directory.address(of: tenant)
        let known = try await database.channelAccounts().first { $0.provider == lab.provider }
        do {
            let (account, _) = try await acts.connect(
                lab.provider, keys(of: lab.provider), as: known, reachedAt: address,
                by: .commandLine(of: context.catalogue, at: context.now), in: database)
            if lab.provider == .whatsapp {
                try await tell(
                    lab, Fields(["address": address + account.hookPath, "verify": account.verification]), web)
            }
            Terminal.say("\(tenant.slug): \(account.provider.name) \(account.handle)")
        } catch let refusal as ChannelRefusal {
            throw Complaint("\(lab.provider.name): \(refusal.message.text(for: Reader(.en, in: .mexico)))")
        }
    }

    private static func keys(of provider: ChannelProvider) -> ChannelActs.GivenKeys {
        switch provider {
        case .whatsapp:
            let plan = WhatsAppLab.Plan()
            return .init(token: plan.token, number: plan.number, secret: plan.appSecret)
        case .telegram: return .init(token: TelegramLab.Plan().token)
        }
    }

    /// As somebody does on Meta's own pages.
    private static func tell(_ lab: LabChannelAddress, _ form: Fields, _ web: HTTPClient) async throws {
        let answer = try await web.send(
            WebRequest(
                "POST", "\(lab.origin)/lab/hook", egress: lab.egress,
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array(form.urlEncoded.utf8))))
        guard answer.status == 200 else {
            throw Complaint("WhatsApp's lab could not make sure of the company's address. Is the company served?")
        }
    }
}
