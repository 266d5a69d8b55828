import ChannelProtocol
import DNS
import Declarations
import Events
import Feed
import GatewayProtocol
import Identifiers
import Identity
import Letters
import Panel
import Postgres
import Sandbox
import Tenancy
import Vault
import WebClient

/// The rooms' external dependencies: the database, the network, the disk, keys and randomness. The program creates one.
package struct RoomContext: Sendable {
    package let rooms: [Room]
    package let catalogue: Catalogue
    package let database: Database
    package let directory: TenantDirectory
    package let vault: Vault
    package let randomness: Randomness
    /// Nil without a mail server.
    package let mailing: Mailing?
    /// Draws and prints.
    package let sandbox: Sandbox
    package let files: ListFiles
    package let records: TextRecords
    package let web: WebAccess
    package let devices: DeviceAccess
    /// The on-line payment gateways.
    package let gateways: [any PaymentGateway]
    /// Where customers write.
    package let channels: [any MessagingChannel]
    /// The folder of the files that are served as they are.
    package let assets: String
    package let signIn: SignIn
    /// Nil without an external identity provider.
    package var external: ExternalSignIn?
    package let liveUpdates: LiveUpdates
    // Only in processes that run jobs.
    package var letters: LetterSender?
    package var signer: HeadSigner?

    package init(
        rooms: [Room], catalogue: Catalogue, database: Database, directory: TenantDirectory, vault: Vault,
        randomness: Randomness, mailing: Mailing?, sandbox: Sandbox, files: ListFiles, records: TextRecords,
        web: WebAccess, devices: DeviceAccess,
        gateways: [any PaymentGateway] = [], channels: [any MessagingChannel] = [], assets: String, signIn: SignIn,
        external: ExternalSignIn? = nil,
        liveUpdates: LiveUpdates
    ) {
        self.rooms = rooms
        self.catalogue = catalogue
        self.database = database
        self.directory = directory
        self.vault = vault
        self.randomness = randomness
        self.mailing = mailing
        self.sandbox = sandbox
        self.files = files
        self.records = records
        self.web = web
        self.devices = devices
        self.gateways = gateways
        self.channels = channels
        self.assets = assets
        self.signIn = signIn
        self.external = external
        self.liveUpdates = liveUpdates
    }

    package var impersonations: Impersonations { Impersonations(database: database) }
}

/// A client for addresses given by companies, with its egress rules.
package struct WebAccess: Sendable {
    package let client: HTTPClient
    package let egress: Egress
    package let trust: WebRequest.Trust

    package init(_ client: HTTPClient, egress: Egress, trust: WebRequest.Trust = .system) {
        self.client = client
        self.egress = egress
        self.trust = trust
    }
}
