import Access
import AirOS
import AirOSLab
import Antennas
import Assembly
import Assistant
import Bot
import ChannelProtocol
import Channels
import Conversations
import Customers
import Declarations
import Fleet
import HTTP
import Identifiers
import Identity
import LanguageModels
import Locale
import Loop
import MessagingLab
import ModelLab
import Notices
import Paging
import Postgres
import Routers
import StaffChat
import Tenancy
import Time
import UISP
import WebClient

extension Command {
    static let labConnect = Command(
        "connect",
        "Connects a company to the labs that LAB_CHANNELS, LAB_UISP and LAB_ANTENNAS name, and lets its bot answer first.",
        arguments: [Argument("SLUG", "the tenant, such as norte")],
        options: [Option("pagerduty", "ADDRESS", "of `mastil lab pagerduty`, where its incidents go as well")],
        notes: "The company is to be served already: WhatsApp makes sure of its address. Doing it again is harmless."
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            let tenant = try await context.tenant(invocation.arguments[0])
            let web = HTTPClient(on: loops.all[0], resolver: .system(on: loops.blocking))
            do {
                for lab in context.configuration.labChannels {
                    try await connect(tenant, to: lab, over: web, in: context)
                }
                try await connectFleet(of: tenant, over: web, in: context)
                try await connectAntennas(of: tenant, in: context)
                let database = context.database.tenant(tenant.id.scope)
                var bot = try await database.botSettings()
                bot.isOn = true
                try await bot.put(by: .commandLine(of: context.catalogue, at: context.now), in: database)
                if let address = invocation.value("pagerduty") {
                    try await page(tenant, at: address, over: web, in: context)
                }
                if let models = context.configuration.labModels {
                    try await connect(to: models, over: web, in: context, database)
                }
                await web.close()
            } catch {
                await web.close()
                throw error
            }
        }
    }

    private static func page(
        _ tenant: Tenant, at address: String, over web: HTTPClient, in context: CommandContext
    ) async throws {
        let access = context.configuration.webAccess(by: web)
        var account = PagingAccount()
        (account.address, account.key) = (address, "pagerduty-lab")
        try await PagingActs(PagingLine(access.client, egress: access.egress), vault: try context.vault).save(
            account, by: .commandLine(of: context.catalogue, at: context.now),
            in: context.database.tenant(tenant.id.scope))
        Terminal.say("\(tenant.slug): PagerDuty at \(address)")
    }

    /// The company's antennas, which a lab of UISP keeps.
    private static func connectFleet(
        of tenant: Tenant, over web: HTTPClient, in context: CommandContext
    ) async throws {
        let database = context.database.tenant(tenant.id.scope)
        guard case .ip(let address, let port)? = context.configuration.labUISPs.first,
            try await database.controllers().isEmpty
        else { return }
        let acts = FleetActs(
            FleetReach(
                UISPDriver(web),
                dialer: RouterDialer(
                    context.configuration.deviceAccess(on: context.loops), vault: try context.vault),
                vault: try context.vault, web: WebAccess(web, egress: .publicOnly())), randomness: .system)
        try await InventedUISP.connect(
            to: "http://\(address):\(port)", of: tenant,
            by: .commandLine(of: context.catalogue, at: context.now), with: acts, in: database)
    }

    /// How the antennas behind the company's routers are entered.
    private static func connectAntennas(of tenant: Tenant, in context: CommandContext) async throws {
        guard case .ip(_, let port)? = context.configuration.labAntennas else { return }
        let (devices, vault) = (context.configuration.deviceAccess(on: context.loops), try context.vault)
        let acts = AntennaActs(
            AntennaReach(
                AirOSDriver(LabAntennas.shell(devices)), dialer: RouterDialer(devices, vault: vault), vault: vault),
            randomness: .system)
        try await InventedAntennas.connect(
            password: LabAntennas.password, connection: LabServer().connection, port: Int(port),
            by: .commandLine(of: context.catalogue, at: context.now), with: acts,
            in: context.database.tenant(tenant.id.scope))
    }

    /// The bot asks the lab's model about what it does not understand.
    private static func connect(
        to models: ListenAddress, over web: HTTPClient, in context: CommandContext, _ database: TenantDatabase
    ) async throws {
        guard try await database.models().isEmpty else { return }
        let acts = AssistantActs(
            vault: try context.vault, randomness: .system,
            over: ModelLine(web, egress: context.configuration.webAccess(by: web).egress))
        var access = ModelAccess(id: .make(milliseconds: context.now.milliseconds, from: .system))
        (access.model, access.address, access.key) = (ModelLab.model, "http://\(models)", ModelLab.key)
        (access.inputPrice, access.outputPrice) = (Money(minor: 100, .usd), Money(minor: 500, .usd))
        let principal = Principal.commandLine(of: context.catalogue, at: context.now)
        _ = try await acts.save(access, isNew: true, by: principal, in: database)
        var settings = try await database.assistantSettings()
        settings.isOn = true
        try await settings.put(by: principal, in: database)
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
                try await giveTemplates(to: account, by: acts, in: context, database)
                try await tell(
                    lab, "hook", Fields(["address": address + account.hookPath, "verify": account.verification]), web)
                for customer in try await customersToShow(of: database) {
                    try await tell(
                        lab, "people", Fields(["name": customer.name, "phone": whatsAppNumber(of: customer)]), web)
                }
            }
            if lab.provider == .telegram { try await linkOwner(of: tenant, at: lab, web, in: context) }
            Terminal.say("\(tenant.slug): \(account.provider.name) \(account.handle)")
        } catch let refusal as ChannelRefusal {
            throw Complaint("\(lab.provider.name): \(refusal.message.text(for: Reader(.en, in: .mexico)))")
        }
    }

    /// Approved texts for notices of collection and of outages, asked for as a company asks for them.
    private static func giveTemplates(
        to account: ChannelAccount, by acts: ChannelActs, in context: CommandContext, _ database: TenantDatabase
    ) async throws {
        let known = try await acts.prepareTemplates(
            of: account, business: WhatsAppLab.account, cap: 50_000, price: 20, at: context.now, in: database)
        for (name, template, text) in templates {
            guard let kind = context.catalogue.noticeKinds.first(where: { $0.name == name }) else { continue }
            try await acts.giveTemplate(
                to: kind, named: template, text, by: known,
                as: .commandLine(of: context.catalogue, at: context.now), in: database)
        }
        // WhatsApp decides after a while.
        _ = try await acts.prepareTemplates(
            of: known, business: WhatsAppLab.account, cap: 50_000, price: 20, at: context.now + .seconds(1),
            in: database)
    }

    private static let templates = [
        (
            "collection.notice", "cobranza_notice",
            "Hola [nombre]. Su factura de [mes] por [monto] ya está disponible. Fecha límite: [fecha]. Gracias."
        ),
        (
            "collection.reminder", "cobranza_reminder",
            "Hola [nombre], le recordamos su pago de [monto]. Puede pagar así: [banco]. Gracias."
        ),
        (
            "collection.warning", "cobranza_warning",
            "Hola [nombre], su servicio se suspenderá el [corte] si no registramos su pago de [monto]. Puede pagar así: [banco]. Gracias."
        ),
        (
            "collection.cut", "cobranza_cut",
            "Hola [nombre], su servicio fue suspendido por falta de pago. Total para reconectar: [total]. Puede pagar así: [banco]. Gracias."
        ),
        (
            "collection.missing", "cobranza_missing",
            "Hola [nombre], recibimos su pago. Para reconectar su servicio faltan [total]. Gracias."
        ),
        (
            "collection.reconnected", "cobranza_reconnected",
            "Hola [nombre], gracias por su pago. Quitamos el corte de su servicio."
        ),
        (
            "outage", "falla_abierta",
            "Tenemos una falla en [lugar] desde el [desde] y ya estamos trabajando ([hora]). No necesita reportarla."
        ),
        (
            "outage_over", "falla_resuelta",
            "El servicio de [lugar] quedó restablecido. La falla duró [duracion]. Gracias por su paciencia."
        ),
        ("campaign", "mensaje_general", "Hola [nombre], un mensaje de [empresa]: [texto] Gracias."),
    ]

    /// Links a telephone of the lab to the owner's user, from which staff commands such as /morosos can be tried.
    private static func linkOwner(
        of tenant: Tenant, at lab: LabChannelAddress, _ web: HTTPClient, in context: CommandContext
    ) async throws {
        let database = context.database.tenant(tenant.id.scope)
        let active = try await database.staff().filter { $0.state == .active }
        guard let owner = active.max(by: { $0.permissions.count < $1.permissions.count }),
            try await database.staffChats(of: owner.id).isEmpty
        else { return }
        try await database.put(["incident.opened", "incident.resolved", "payment.registered"], toldTo: owner.id)
        let person = try await tell(lab, "people", Fields(["name": owner.name, "phone": ""]), web)
        let code = try await database.makeStaffCode(
            for: owner.id, by: .commandLine(of: context.catalogue, at: context.now), from: .system)
        try await tell(lab, "write", Fields(["person": person, "text": "/vincular \(code)"]), web)
    }

    private static func keys(of provider: ChannelProvider) -> ChannelActs.GivenKeys {
        switch provider {
        case .whatsapp:
            let plan = WhatsAppLab.Plan()
            return .init(token: plan.token, number: plan.number, secret: plan.appSecret)
        case .telegram: return .init(token: TelegramLab.Plan().token)
        }
    }

    /// One customer in each of these states gets a telephone, so that the bot has something to tell them.
    private static func customersToShow(of database: TenantDatabase) async throws -> [Customer] {
        let customers = try await database.allCustomers()
        return [Customer.State.active, .inDebt, .suspended].compactMap { state in
            customers.first { $0.state == state && !$0.phone.isEmpty }
        }
    }

    /// Mexican numbers keep a 1 after the country's digits there.
    private static func whatsAppNumber(of customer: Customer) -> String {
        let digits = customer.phone.drop { $0 == "+" }
        return digits.hasPrefix("52") && digits.count == 12 ? "521\(digits.dropFirst(2))" : String(digits)
    }

    /// As somebody does on Meta's own pages, or with telephones.
    @discardableResult
    private static func tell(
        _ lab: LabChannelAddress, _ what: String, _ form: Fields, _ web: HTTPClient
    ) async throws -> String {
        let answer = try await web.send(
            WebRequest(
                "POST", "\(lab.origin)/lab/\(what)", egress: lab.egress,
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array(form.urlEncoded.utf8))))
        guard answer.status == 200 else {
            throw Complaint("WhatsApp's lab could not make sure of the company's address. Is the company served?")
        }
        return String(decoding: answer.body, as: UTF8.self)
    }
}
