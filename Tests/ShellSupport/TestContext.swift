import Assembly
import DNS
import Feed
import GatewayDrivers
import Identity
import Letters
import Loop
import Panel
import RouterOSAccess
import Sandbox
import TenantSupport
import TestSupport
import WebClient

extension TestSite {
    private static let pool = BlockingPool(threads: 2, queueLimit: 100, name: "context")
    private static let web = HTTPClient(on: Loops.tests.all[0], resolver: Resolver { _ in [] })

    /// What rooms need from outside, where no name server and nobody on the web answers.
    package func context(
        of rooms: [Room] = [], mailing: Mailing? = nil, external: ExternalSignIn? = nil
    ) -> RoomContext {
        var signIn = signIn
        signIn.mailing = mailing
        return RoomContext(
            rooms: rooms, catalogue: catalogue, database: test.database, directory: directory, vault: vault,
            randomness: randomness, mailing: mailing, sandbox: .tests, files: .tests,
            records: TextRecords(servers: "127.0.0.1:9", on: Self.pool),
            web: WebAccess(Self.web, egress: .publicOnly()),
            devices: DeviceAccess(RouterOSDriver(), on: .tests),
            gateways: [
                StripeGateway(GatewayLine(Self.web, egress: .publicOnly(), base: StripeGateway.address)),
                MercadoPagoGateway(GatewayLine(Self.web, egress: .publicOnly(), base: MercadoPagoGateway.address)),
                ConektaGateway(GatewayLine(Self.web, egress: .publicOnly(), base: ConektaGateway.address)),
            ],
            assets: Repository.path("Public"), signIn: signIn,
            external: external, liveUpdates: LiveUpdates(time: clock.source))
    }
}
