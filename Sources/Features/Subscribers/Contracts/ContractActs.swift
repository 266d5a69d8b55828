import Access
import Crypto
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Letters
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// The data of a new contract.
struct NewContract: Sendable {
    static let longestIdentification = 60
    static let longestConditions = 4000
    static let mostLines = 100

    let identification: String
    let conditions: String
    /// The template version that its author has read; nil for the current one.
    var revision: Int?
}

/// The data of a new signature.
struct NewSignature: Sendable {
    let name: String
    let drawing: DrawnSignature?
    let browser: String
    /// On the acting staff member's device.
    let isAssisted: Bool
}

/// Acts on contracts, with the printer and the mail server they need.
package struct ContractActs: Sendable {
    let printer: ContractPrinter
    private let mailing: Mailing?
    private let randomness: Randomness

    package init(printer: ContractPrinter, mailing: Mailing?, randomness: Randomness) {
        self.printer = printer
        self.mailing = mailing
        self.randomness = randomness
    }

    /// `address` is the tenant's origin, for the letter to the customer.
    func make(
        _ new: NewContract, for customer: Customer.ID, at tenant: Tenant, reachedAt address: String,
        by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Contract {
        guard !new.conditions.isEmpty else { throw ContractRefusal.conditionsMissing }
        guard new.conditions.unicodeScalars.count <= NewContract.longestConditions,
            new.conditions.lineCount <= NewContract.mostLines
        else { throw ContractRefusal.conditionsTooLong }
        return try await database.transaction { database in
            guard let customer = try await database.customer(customer) else { throw ContractRefusal.unknownCustomer }
            guard let template = try await database.contractTemplate() else { throw ContractRefusal.noTemplate }
            guard new.revision ?? template.version == template.version else { throw ContractRefusal.templateChanged }
            let words = TemplateText(template.text)
            guard !new.identification.isEmpty || !words.uses(.identification) else {
                throw ContractRefusal.identificationMissing
            }
            let contract = Contract(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness),
                number: try await database.takeNumber(of: "contract"), customer: customer.id,
                customerName: customer.name, version: template.version, language: tenant.language,
                identification: new.identification, conditions: new.conditions, madeAt: principal.now,
                madeBy: principal.actor.name, state: .pending, signature: nil, annulment: nil)
            let text = words.filled { $0.value(in: contract, of: customer.place, at: tenant) }
            guard ContractText.fits(text) else { throw ContractRefusal.conditionsTooLong }
            try await database.insert(contract, saying: text)
            try await database.record(
                Act(.contractCreated, contract.subject, after: contract.details), by: principal.actor,
                at: principal.now)
            try await customer.keep(
                identification: new.identification, of: tenant, by: principal, in: database)
            try await tell(.contractToSign, of: contract, reachedAt: address, at: principal.now, in: database)
            return contract
        }
    }

    /// Sends the letter again; false without a mail server or an e-mail address.
    func send(
        _ contract: Contract, reachedAt address: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Bool {
        try contract.refuseUnlessPending()
        return try await database.transaction { database in
            let isTold = try await tell(
                .contractToSign, of: contract, reachedAt: address, at: principal.now, in: database)
            if isTold {
                try await database.record(Act(.contractSent, contract.subject), by: principal.actor, at: principal.now)
            }
            return isTold
        }
    }

    func annul(
        _ id: Contract.ID, for reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Contract {
        let reason = FormText.line(reason, upTo: 500)
        guard !reason.isEmpty else { throw ContractRefusal.reasonMissing }
        return try await database.transaction { database in
            guard let contract = try await database.contract(id, locked: true) else { throw AccessRefusal.notFound }
            guard contract.state != .annulled else { throw ContractRefusal.annulled }
            let annulment = Contract.Annulment(at: principal.now, by: principal.actor.name, reason: reason)
            try await database.insert(annulment, of: id)
            try await database.record(
                Act(
                    .contractAnnulled, contract.subject,
                    before: [Act.Detail("contract_state", contract.state.rawValue)],
                    after: [Act.Detail("contract_state", "annulled"), Act.Detail("reason", reason)]),
                by: principal.actor, at: principal.now)
            return try await database.contract(id) ?? contract
        }
    }

    /// The PDF is printed before the row is locked: its text cannot change meanwhile, and printing takes time.
    func sign(
        _ id: Contract.ID, with new: NewSignature, at tenant: Tenant, reachedAt address: String,
        by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        guard let contract = try await database.contract(id), let text = try await database.contractText(id) else {
            throw AccessRefusal.notFound
        }
        try contract.refuseUnlessPending()
        let signature = Signature(
            name: new.name, drawing: new.drawing, at: principal.now, address: principal.actor.address ?? "",
            browser: new.browser, assistedBy: new.isAssisted ? principal.actor.name : nil,
            textHash: Hex.encode(SHA256.digest(of: text.utf8)))
        let paper = SignedPaper(
            bytes: try await printer.paper(of: contract.signed(with: signature), text, for: tenant, in: database))
        try await database.transaction { database in
            guard let locked = try await database.contract(id, locked: true) else { throw AccessRefusal.notFound }
            try locked.refuseUnlessPending()
            try await database.insert(signature, of: id, on: paper)
            try await database.record(
                Act(.contractSigned, contract.subject, after: signature.details(on: paper)), by: principal.actor,
                at: principal.now)
            try await tell(.contractSigned, of: contract, reachedAt: address, at: principal.now, in: database)
        }
    }

    /// The present PDF: the signed one byte for byte, or one yet to be signed.
    func paper(of contract: Contract, for tenant: Tenant, in database: TenantDatabase) async throws -> [UInt8] {
        if let signed = try await database.signedPaper(contract.id) { return signed }
        guard let text = try await database.contractText(contract.id) else { throw AccessRefusal.notFound }
        return try await printer.paper(of: contract, text, for: tenant, in: database)
    }

    @discardableResult
    private func tell(
        _ kind: LetterKind, of contract: Contract, reachedAt address: String, at now: Instant,
        in database: TenantDatabase
    ) async throws -> Bool {
        guard let mailing, let customer = try await database.customer(contract.customer), !customer.email.isEmpty
        else { return false }
        try await database.write(
            kind, to: customer.email, about: contract.id.uuid,
            on: mailing.letterhead(in: contract.language, at: address), at: now, from: randomness)
        return true
    }
}

/// The stored PDF and its hash.
struct SignedPaper: Sendable {
    let bytes: [UInt8]
    let hash: String

    init(bytes: [UInt8]) {
        self.bytes = bytes
        hash = Hex.encode(SHA256.digest(of: bytes))
    }
}

extension Contract {
    func refuseUnlessPending() throws(ContractRefusal) {
        switch state {
        case .pending: break
        case .signed: throw .alreadySigned
        case .annulled: throw .annulled
        }
    }

    fileprivate func signed(with signature: Signature) -> Contract {
        Contract(
            id: id, number: number, customer: customer, customerName: customerName, version: version,
            language: language, identification: identification, conditions: conditions, madeAt: madeAt,
            madeBy: madeBy, state: .signed, signature: signature, annulment: nil)
    }

    fileprivate var subject: Act.Subject { Act.Subject("contract", id.uuid, named: "\(number) · \(customerName)") }

    fileprivate var details: [Act.Detail] {
        [
            Act.Detail("customer", customerName), Act.Detail("version", "\(version)"),
            Act.Detail("identification", identification), Act.Detail("conditions", conditions),
        ]
    }
}

extension Signature {
    fileprivate func details(on paper: SignedPaper) -> [Act.Detail] {
        [
            Act.Detail("signer", name), Act.Detail("signature", drawing == nil ? "typed" : "drawn"),
            Act.Detail("in_person", assistedBy == nil ? "no" : "yes"), Act.Detail("text_sha256", textHash),
            Act.Detail("pdf_sha256", paper.hash),
        ]
    }
}

extension Placeholder {
    /// `address` is the customer's.
    func value(in contract: Contract, of address: String, at tenant: Tenant) -> String {
        switch self {
        case .customer: contract.customerName
        case .identification: contract.identification
        case .address: address
        case .company: tenant.legalName
        case .companyIdentification: tenant.taxIdentification
        case .number: "\(contract.number)"
        case .date: tenant.timeZone.day(at: contract.madeAt).text(.long, for: tenant.reader(in: contract.language))
        case .conditions: contract.conditions
        }
    }
}

extension Customer {
    var place: String { [address, neighbourhood].filter { !$0.isEmpty }.joined(separator: ", ") }
}

extension Tenant {
    /// The company's legal name.
    var legalName: String { company.legalName.isEmpty ? name : company.legalName }

    /// `RFC NIN010203AB1`; empty if unknown.
    var taxIdentification: String {
        let taxes = company.taxes
        return taxes.id.isEmpty ? "" : [taxes.idLabel, taxes.id].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
