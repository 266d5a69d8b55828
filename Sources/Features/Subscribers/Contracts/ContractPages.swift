import Access
import Audit
import Customers
import Declarations
import Events
import HTML
import Identifiers
import Locale
import Panel
import Tenancy
import Time

struct ContractListPage: View {
    /// One more than is shown, if there are more.
    let contracts: [Contract]
    let list: ContractList
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(ContractWords.contracts.text(for: reader))
        filter
        LivingList {
            if contracts.isEmpty { nothing } else { ContractTable(contracts: shown, list: list, visit: visit) }
            Pager(
                first: list.after == nil ? nil : list.following(nil).address,
                next: contracts.count > ContractList.length ? list.following(shown.last).address : nil, reader: reader)
        }
    }

    private var shown: [Contract] { Array(contracts.prefix(ContractList.length)) }

    private var filter: Markup {
        FilterBar(ContractList.path, button: ContractWords.filter.text(for: reader)) {
            if list.order != .newest { input(.type("hidden"), .name("order"), .value(list.order.rawValue)) }
            FormField(ContractWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .value(list.text), .maxlength(100), .autocomplete("off"))
            }
            FormField(ContractWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { ContractWords.everyState.text(for: reader) }
                    for state in Contract.State.allCases {
                        option(.value(state.rawValue), .selected(state == list.state)) {
                            state.words.text(for: reader)
                        }
                    }
                }
            }
        }.body
    }

    private var nothing: Markup {
        if list.after != nil { return EmptyState(.contracts, ContractWords.noMore.text(for: reader)).body }
        if list.isFiltered {
            return EmptyState(
                .search, ContractWords.noneMatch.text(for: reader),
                act: (ContractWords.showAll.text(for: reader), ContractList.path)
            ).body
        }
        return EmptyState(.contracts, ContractWords.noneYet.text(for: reader)).body
    }
}

struct ContractTable: View {
    let contracts: [Contract]
    /// Nil for a single customer's table, which shows no name and cannot be sorted.
    let list: ContractList?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", ContractWords.contracts.text(for: reader))) {
            table {
                caption { ContractWords.contracts.text(for: reader) }
                thead { headings }
                tbody { for contract in contracts { row(of: contract) } }
            }
        }
    }

    private var headings: Markup {
        tr {
            if let list {
                SortHeading(
                    "number", ContractWords.number.text(for: reader), path: list.turned.address,
                    order: list.order == .newest ? .descending : .ascending, class: "number", reader: reader)
                th(.scope("col")) { ContractWords.customer.text(for: reader) }
            } else {
                th(.scope("col")) { ContractWords.contracts.text(for: reader) }
            }
            th(.scope("col")) { ContractWords.state.text(for: reader) }
            th(.scope("col"), .class("minor")) { ContractWords.version.text(for: reader) }
            th(.scope("col")) { ContractWords.made.text(for: reader) }
            th(.scope("col")) { ContractWords.signedAt.text(for: reader) }
        }
    }

    private func row(of contract: Contract) -> Markup {
        tr {
            if list != nil { td(.class("number")) { "\(contract.number)" } }
            td(.class("name")) {
                a(.href(contract.panelPath)) { list == nil ? contract.title(for: reader) : contract.customerName }
            }
            td(.class("state"), .data("state", contract.state.rawValue)) { contract.state.words.text(for: reader) }
            td(.class("minor")) { "\(contract.version)" }
            day(.made, contract.madeAt)
            if let signature = contract.signature { day(.signedAt, signature.at) } else { td { "" } }
        }
    }

    private func day(_ words: ContractWords, _ moment: Instant) -> Markup {
        td(.class("figures")) {
            span(.class("figure-name")) { "\(words.text(for: reader)) " }
            visit.tenant.timeZone.day(at: moment).text(.short, for: reader)
        }
    }
}

struct ContractPage: View {
    let contract: Contract
    let text: String
    /// Nil for those who may not see the record.
    let events: [Event]?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(ContractWords.contracts.text(for: reader), path: ContractList.path)
        PageHeading(contract.title(for: reader)) {
            a(.class("button"), .href("\(contract.panelPath)/pdf")) { ContractWords.download.text(for: reader) }
            if contract.state == .pending, visit.mayAct(with: .contractsManage) {
                SendToSign(contract: contract, visit: visit)
            }
        }
        facts
        if let annulment = contract.annulment {
            p(.class("notice")) {
                ContractWords.annulledText.text(
                    for: reader, .name(annulment.by), .text("moment", moment(annulment.at)),
                    .text("reason", annulment.reason))
            }
        }
        if let signature = contract.signature { EvidenceCard(signature: signature, visit: visit) }
        ContractTextView(text: text)
        if contract.state != .annulled, visit.mayAct(with: .contractsManage) {
            div(.class("acts")) {
                a(.class("button danger"), .href("\(contract.panelPath)/annul"), .data("dialog", "")) {
                    ContractWords.annul.text(for: reader)
                }
            }
        }
        if let events, !events.isEmpty {
            h2 { ContractWords.history.text(for: reader) }
            EventTimeline(events: events, visit: visit)
        }
    }

    private var facts: Markup {
        dl(.class("facts card")) {
            fact(.state) {
                span(.class("state"), .data("state", contract.state.rawValue)) {
                    contract.state.words.text(for: reader)
                }
            }
            fact(.customer) {
                a(.href("/panel/customers/\(contract.customer)/contracts")) { contract.customerName }
            }
            if !contract.identification.isEmpty { fact(.identification) { contract.identification } }
            fact(.version) { "\(contract.version)" }
            fact(.made) { moment(contract.madeAt) }
            fact(.madeBy) { contract.madeBy }
        }
    }

    private func fact(_ words: ContractWords, @MarkupBuilder _ value: () -> Markup) -> Markup {
        div {
            dt { words.text(for: reader) }
            dd { value() }
        }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }
}

/// The evidence of the customer's signature.
struct EvidenceCard: View {
    let signature: Signature
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card evidence")) {
            h2 { ContractWords.signature.text(for: reader) }
            SignatureView(signature: signature, reader: reader)
            dl(.class("facts")) {
                fact(.signer, signature.name)
                fact(.signedAt, signature.at.text(.short, in: visit.tenant.timeZone, for: reader))
                fact(.way, signature.words.text(for: reader))
                if let assistant = signature.assistedBy { fact(.assistedBy, assistant) }
                fact(.address, signature.address)
                fact(.browser, signature.browser, "long")
                fact(.textHash, signature.textHash, "long")
            }
        }
    }

    private func fact(_ words: ContractWords, _ value: String, _ className: String = "") -> Markup {
        value.isEmpty
            ? .nothing
            : div(.when(!className.isEmpty, .class(className))) {
                dt { words.text(for: reader) }
                dd { value }
            }
    }
}

/// Asks for the reason before annulling a contract.
struct AnnulPage: View {
    let contract: Contract
    let typed: String
    let fault: Message?
    let reader: Reader

    var body: Markup {
        h1 { contract.annulTitle(for: reader) }
        form(.class("confirm"), .method(.post), .action("\(contract.panelPath)/annul")) {
            ErrorSummary(
                ContractWords.problems.text(for: reader),
                errors: fault.map { [("reason", $0.text(for: reader))] } ?? [])
            p { (contract.state == .signed ? ContractWords.annulSigned : .annulText).text(for: reader) }
            FormField(ContractWords.reason.text(for: reader), name: "reason", error: fault?.text(for: reader)) {
                wiring in
                input(wiring, .required(), .maxlength(500), .autocomplete("off"), .value(typed))
            }
            div(.class("confirm-acts")) {
                a(.class("button"), .href(contract.panelPath), .data("close", "")) {
                    ContractWords.cancel.text(for: reader)
                }
                button(.type("submit"), .class("danger-solid")) { ContractWords.annul.text(for: reader) }
            }
        }
    }
}

/// Signing in person, on a staff device.
struct SignHerePage: View {
    let contract: Contract
    let text: String
    let form: SigningForm
    let visit: Visit

    var body: Markup {
        Crumb(contract.title(for: visit.reader), path: contract.panelPath)
        h1 { ContractWords.sign.text(for: visit.reader) }
        ContractTextView(text: text)
        SigningFields(form: form, action: "\(contract.panelPath)/sign", reader: visit.reader)
    }
}

extension Contract {
    var panelPath: String { "\(ContractList.path)/\(id)" }

    func title(for reader: Reader) -> String { ContractWords.contract.text(for: reader, .text("number", "\(number)")) }

    func annulTitle(for reader: Reader) -> String {
        ContractWords.annulTitle.text(for: reader, .text("number", "\(number)"))
    }
}
