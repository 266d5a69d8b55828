import AirOS
import Antennas
import Assembly
import Assistant
import Audit
import Auditor
import Backups
import BankAccounts
import BankFiles
import Bot
import Branding
import Campaigns
import CashDesk
import Channels
import Collection
import Contracts
import Conversations
import Customers
import Declarations
import Domains
import Expenses
import Fibre
import FieldWork
import Fleet
import Gateways
import Home
import Imports
import Incidents
import Invoices
import Leaks
import Ledger
import LetterBook
import MetricExports
import Monitoring
import Notices
import OLTCommandLine
import Paging
import Payments
import Plans
import Platform
import PlatformBilling
import Portal
import Radius
import Receipts
import Reconciler
import Reports
import Rounds
import Routers
import Services
import Settings
import Signals
import Staff
import StaffChat
import Stock
import Telephony
import Tickets
import Tokens
import Topology
import UISP
import Vouchers
import Webhooks
import Zones

/// The program's rooms, in the order in which their declarations are listed.
enum Rooms {
    static let list: [Room] = [
        .home, .customers, .imports, .services, .plans, .portal, .contracts, .ledger, .invoices, .payments, .cashDesk,
        .expenses, .bankAccounts, .bankFiles, .gateways, .receipts, .notices, .collection, .rounds, .reports,
        .conversations, .channels, .campaigns, .bot, .assistant, .staffChat, .routers,
        .fibre(by: OLTCommandLineDriver()), .reconciler, .radius, .vouchers, .monitoring, .topology, .signals,
        .incidents, .paging, .metricExports, .fleet { UISPDriver($0) }, .telephony, .tickets, .fieldWork, .stock,
        .antennas { AirOSDriver(LabAntennas.shell($0)) }, .leaks, .backups, .auditor, .staff, .audit, .zones,
        .settings, .platformBilling, .branding, .domains, .shells, .letterBook, .tokens, .webhooks, .feed, .platform,
    ]

    static var declarations: [RoomDeclarations] { list.declarations }

    static func catalogue() throws(Complaint) -> Catalogue {
        do {
            return try Catalogue(declarations)
        } catch {
            throw Complaint(error.description)
        }
    }
}
