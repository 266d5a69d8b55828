import Access
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A company's bank account for transfers and deposits, shown on invoices, in the portal and in messages. In the panel
/// only those who manage the accounts see whole numbers.
package struct BankAccount: Sendable, Equatable {
    package typealias ID = Identifiers.ID<BankAccount>

    package let id: ID
    package var bank = ""
    package var holder = ""
    /// Digits only, like all its numbers.
    package var account = ""
    package var card = ""
    /// The number for interbank transfers: CLABE, CCI, CBU.
    package var interbank = ""
    package var note = ""
    /// Whether customers see it.
    package var isShown = true

    package init(id: ID) { self.id = id }

    /// The country's name for interbank account numbers.
    package static func interbankName(in region: Region) -> String {
        switch region {
        case .mexico: "CLABE"
        case .peru: "CCI"
        case .argentina: "CBU"
        default: BankAccountWords.interbank.text(for: Reader(.es, in: region))
        }
    }

    /// Its numbers with their names.
    package func numbers(in region: Region, for reader: Reader) -> [(name: String, number: String)] {
        [
            (BankAccountWords.account.text(for: reader), account),
            (Self.interbankName(in: region), interbank), (BankAccountWords.card.text(for: reader), card),
        ].filter { !$0.1.isEmpty }
    }

    /// In one line, for messages and papers: "BBVA · Norte S.A. · CLABE 0321…".
    package func text(in region: Region, for reader: Reader) -> String {
        ([bank, holder] + numbers(in: region, for: reader).map { "\($0.name) \($0.number)" } + [note])
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Masks all but the last four digits.
    package static func masked(_ number: String) -> String {
        number.isEmpty ? "" : "•••• \(number.suffix(4))"
    }
}

extension BankAccount: Fielded {
    package static let noun = "BankAccount"

    package static let fields: [Field<BankAccount>] = [
        .line("bank", \.bank, 1...60, Message(es: "Banco", en: "Bank", pt: "Banco")),
        .line("holder", \.holder, 1...120, Message(es: "Titular", en: "Holder", pt: "Titular")),
        .line("account", \.account, 0...50, BankAccountWords.account.message),
        .line("interbank", \.interbank, 0...50, BankAccountWords.interbank.message).hint(
            Message(
                es: "La CLABE, el CCI o el CBU.", en: "The CLABE, CCI or CBU.", pt: "A CLABE, o CCI ou o CBU.")),
        .line("card", \.card, 0...30, BankAccountWords.card.message),
        .line(
            "note", \.note, 0...200,
            Message(es: "Nota para el cliente", en: "Note for customers", pt: "Nota ao cliente")),
        .flag(
            "is_shown", \.isShown,
            Message(es: "Se muestra a los clientes", en: "Shown to customers", pt: "É mostrada aos clientes")),
    ]
}

extension BankAccount: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension BankAccount {
    /// Normalised; an invalid number is refused.
    func checked(in region: Region) throws(BankAccountRefusal) -> BankAccount {
        var kept = self
        kept.account = try Self.digits(account, upTo: 34)
        kept.interbank = try Self.digits(interbank, upTo: 34)
        kept.card = try Self.digits(card, upTo: 19)
        guard !kept.account.isEmpty || !kept.interbank.isEmpty || !kept.card.isEmpty else { throw .numberMissing }
        guard kept.card.isEmpty || kept.card.utf8.count >= 12 else { throw .cardWrong }
        if region == .mexico, !kept.interbank.isEmpty {
            guard CLABE.isRight(kept.interbank) else { throw .interbankWrong }
        }
        return kept
    }

    private static func digits(_ text: String, upTo most: Int) throws(BankAccountRefusal) -> String {
        var digits = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39: digits.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            default: throw .digitsOnly
            }
        }
        guard digits.utf8.count <= most else { throw .digitsOnly }
        return digits
    }

    package func add(
        of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> BankAccount {
        let account = try checked(in: tenant.region)
        return try await database.transaction { database in
            try await database.put(account, at: principal.now)
            try await database.record(
                Act(.bankAccountCreated, account.subject, after: account.masked), by: principal.actor,
                at: principal.now)
            return account
        }
    }

    package func change(
        to changed: BankAccount, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> BankAccount {
        let changed = try changed.checked(in: tenant.region)
        guard changed != self else { return self }
        return try await database.transaction { database in
            try await database.put(changed, at: principal.now)
            let act =
                Act.change(.bankAccountChanged, changed.subject, from: masked, to: changed.masked)
                ?? Act(.bankAccountChanged, changed.subject, after: changed.masked)
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    package static func delete(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let account = try await database.bankAccount(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.deleteBankAccount(id)
            try await database.record(
                Act(.bankAccountDeleted, account.subject, before: account.masked), by: principal.actor,
                at: principal.now)
        }
    }

    private var subject: Act.Subject { Act.Subject("bank_account", id.uuid, named: "\(bank) · \(holder)") }

    /// Masked, since more people read the record than manage the accounts.
    private var masked: [Act.Detail] {
        var hidden = self
        hidden.account = Self.masked(account)
        hidden.interbank = Self.masked(interbank)
        hidden.card = Self.masked(card)
        return hidden.details()
    }
}

/// Mexico's CLABE: three digits for the bank, three for the place, eleven for the account, and a check digit.
package enum CLABE {
    package static func isRight(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 18, digits.allSatisfy((0...9).contains) else { return false }
        return CheckDigit.of(digits.dropLast()) == digits[17]
    }
}

/// The CLABE's check digit, with weights 3, 7 and 1. Detects every wrong digit and nearly every transposition.
enum CheckDigit {
    static func of(_ digits: some Sequence<Int>) -> Int {
        let weights = [3, 7, 1]
        let sum = digits.enumerated().reduce(0) { $0 + ($1.element * weights[$1.offset % 3]) % 10 }
        return (10 - sum % 10) % 10
    }
}

/// A customer's payment reference for transfers: the customer number and a check digit.
package struct PaymentReference: Sendable, Equatable {
    package let customer: Int

    package init(of customer: Int) { self.customer = customer }

    /// Nil when the check digit is wrong.
    package init?(_ text: String) {
        let digits = text.utf8.filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
        guard (7...18).contains(digits.count), CheckDigit.of(digits.dropLast()) == digits[digits.count - 1] else {
            return nil
        }
        customer = digits.dropLast().reduce(0) { $0 * 10 + $1 }
        guard customer > 0 else { return nil }
    }

    /// Seven digits, the length of a bank's numeric reference; more only beyond a million customers.
    package var text: String {
        let number = "\(max(customer, 0))"
        let padded = String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number
        return "\(padded)\(CheckDigit.of(padded.utf8.map { Int($0) - 0x30 }))"
    }
}

package enum BankAccountRefusal: Refusal, MessageCatalogue, Equatable {
    case numberMissing, digitsOnly, cardWrong, interbankWrong

    package var status: Status { .unprocessableContent }

    package var code: String {
        switch self {
        case .numberMissing: "number_missing"
        case .digitsOnly: "digits_only"
        case .cardWrong: "card_wrong"
        case .interbankWrong: "interbank_wrong"
        }
    }

    var field: String {
        switch self {
        case .numberMissing, .digitsOnly: "account"
        case .cardWrong: "card"
        case .interbankWrong: "interbank"
        }
    }

    package var message: Message {
        switch self {
        case .numberMissing:
            Message(
                es: "Escriba el número de cuenta, el interbancario o el de la tarjeta.",
                en: "Write the account's number, the interbank one or the card's.",
                pt: "Escreva o número da conta, o interbancário ou o do cartão.")
        case .digitsOnly:
            Message(
                es: "Los números llevan solo cifras.", en: "Numbers have digits only.",
                pt: "Os números levam só dígitos.")
        case .cardWrong:
            Message(
                es: "Una tarjeta tiene de 12 a 19 cifras.", en: "A card has 12 to 19 digits.",
                pt: "Um cartão tem de 12 a 19 dígitos.")
        case .interbankWrong:
            Message(
                es: "Esa CLABE no es correcta: revise sus 18 cifras.", en: "That CLABE is wrong: check its 18 digits.",
                pt: "Essa CLABE não está correta: revise seus 18 dígitos.")
        }
    }
}

enum BankAccountWords: MessageCatalogue {
    case accounts, intro, new, none, account, interbank, card, delete, deleteTitle, deleteText
    case howToPay, reference, referenceHint, note

    var message: Message {
        switch self {
        case .accounts: Message(es: "Cuentas bancarias", en: "Bank accounts", pt: "Contas bancárias")
        case .intro:
            Message(
                es: "Van en las facturas, en el portal y en los mensajes de cobranza.",
                en: "They stand on invoices, in the portal and in messages about debts.",
                pt: "Vão nas faturas, no portal e nas mensagens de cobrança.")
        case .new: Message(es: "Nueva cuenta", en: "New account", pt: "Nova conta")
        case .none:
            Message(
                es: "Todavía no hay cuentas bancarias.", en: "There are no bank accounts yet.",
                pt: "Ainda não há contas bancárias.")
        case .account: Message(es: "Cuenta", en: "Account", pt: "Conta")
        case .interbank: Message(es: "Cuenta interbancaria", en: "Interbank number", pt: "Conta interbancária")
        case .card: Message(es: "Tarjeta", en: "Card", pt: "Cartão")
        case .delete: Message(es: "Eliminar cuenta", en: "Delete account", pt: "Excluir conta")
        case .deleteTitle: Message(es: "Eliminar {name}", en: "Delete {name}", pt: "Excluir {name}")
        case .deleteText:
            Message(
                es: "Las facturas nuevas y los mensajes ya no la mostrarán.",
                en: "New invoices and messages will no longer show it.",
                pt: "As novas faturas e as mensagens não a mostrarão mais.")
        case .howToPay: Message(es: "Cómo pagar", en: "How to pay", pt: "Como pagar")
        case .reference:
            Message(es: "Su referencia de pago", en: "Your payment reference", pt: "Sua referência de pagamento")
        case .referenceHint:
            Message(
                es: "Escríbala en el concepto o la referencia de su transferencia.",
                en: "Write it as the reference of your transfer.",
                pt: "Escreva-a como referência da sua transferência.")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        }
    }
}
