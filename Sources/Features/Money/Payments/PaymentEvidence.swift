import Access
import Crypto
import HTTP
import Identifiers
import Images
import Locale
import Postgres
import Sandbox
import Tenancy
import Time
import Vault

/// The picture of a receipt sent by a subscriber. It is a claim of payment, which waits for review.
package struct PaymentEvidence: Sendable {
    /// The digest of the file as sent: a file is accepted once, whoever sends it.
    let digest: [UInt8]
    /// Redrawn, so that nothing of the file remains but what is visible.
    let picture: [UInt8]

    package init(digest: [UInt8], picture: [UInt8]) { (self.digest, self.picture) = (digest, picture) }

    /// Legible on a screen; photographs of paper are larger.
    private static let form = PictureForm.fitted(width: 1000, height: 1800)
    /// Pending receipts per customer.
    static let mostWaiting = 5

    /// Throws a `PictureFault` or a `SandboxFailure`.
    package static func draw(_ file: [UInt8], in sandbox: Sandbox, for tenant: UUID) async throws -> PaymentEvidence {
        let pictures = try await sandbox.run(try DrawPicture(file, as: [form]), for: tenant)
        return PaymentEvidence(digest: SHA256.digest(of: file), picture: pictures.first?.png ?? [])
    }
}

/// How far a receipt is trusted before anybody looked at it.
package enum ReceiptTrust: String, Sendable, CaseIterable {
    /// A person decides, and nothing happens before.
    case people
    /// The collection policy may count it as a promise.
    case provisional
    /// It is applied at once.
    case automatic

    var hold: Payment.Hold {
        switch self {
        case .people: .doubt
        case .provisional: .evidence
        case .automatic: .none
        }
    }
}

extension TenantDatabase {
    /// Refuses evidence already used; returns whether the same picture was rejected before. The advisory lock
    /// serialises senders of the same file.
    func checkEvidence(_ evidence: PaymentEvidence, of new: NewPayment) async throws -> Bool {
        try await execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('evidence ' || \(tenant)::text || encode(\(evidence.digest)::bytea, 'hex'), 0))"
        )
        let known: [NamedPayment] = try await rows(
            "SELECT n.series, n.number, n.state FROM payments_shown_by(\(tenant), \(evidence.digest)) n")
        if let other = known.first(where: { $0.state == .pending || $0.state == .applied }) {
            throw PaymentRefusal.sameEvidence(folio: other.folio)
        }
        let waiting: Int? = try await value(
            """
            SELECT count(*) FROM payments p
            WHERE p.tenant_id = \(tenant) AND p.customer_id = \(new.customer) AND p.state = 'pending' AND EXISTS (
                SELECT FROM payment_evidence e WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.payment_id)
            """)
        guard (waiting ?? 0) < PaymentEvidence.mostWaiting else { throw PaymentRefusal.tooManyWaiting }
        return !known.isEmpty
    }

    func insert(
        _ evidence: PaymentEvidence, of payment: Payment.ID, sealedIn vault: Vault, at now: Instant
    ) async throws {
        let sealed = try await vault.seal(evidence.picture, for: .evidence(of: payment), at: now, in: self)
        try await execute(
            """
            INSERT INTO payment_evidence (tenant_id, payment_id, digest, picture, made_at)
            VALUES (\(tenant), \(payment), \(evidence.digest), \(sealed), \(now))
            """)
    }

    /// The picture, for those who may see the payment; nil once it was forgotten.
    package func evidence(of payment: Payment.ID, from vault: Vault) async throws -> [UInt8]? {
        let sealed: [UInt8]? = try await value(
            "SELECT picture FROM payment_evidence WHERE tenant_id = \(tenant) AND payment_id = \(payment)")
        guard let sealed, !sealed.isEmpty else { return nil }
        return try await vault.open(sealed, for: .evidence(of: payment), in: self)
    }
}

extension SecretField {
    fileprivate static func evidence(of payment: Payment.ID) -> SecretField {
        SecretField("picture", of: "payment_evidence", row: payment.uuid)
    }
}

extension PictureFault {
    package var message: Message {
        switch self {
        case .unknownKind, .notPlain:
            Message(
                es: "Elija una foto o captura de pantalla (JPG, PNG o WebP).",
                tu: "Elige una foto o captura de pantalla (JPG, PNG o WebP).",
                vos: "Elegí una foto o captura de pantalla (JPG, PNG o WebP).",
                en: "Choose a photograph or screenshot (JPG, PNG or WebP).",
                pt: "Escolha uma foto ou captura de tela (JPG, PNG ou WebP).")
        case .tooLarge:
            Message(
                es: "La imagen es demasiado grande. Envíe una captura de pantalla.",
                tu: "La imagen es demasiado grande. Envía una captura de pantalla.",
                vos: "La imagen es demasiado grande. Enviá una captura de pantalla.",
                en: "The picture is too large. Send a screenshot.",
                pt: "A imagem é grande demais. Envie uma captura de tela.")
        case .broken:
            Message(
                es: "La imagen no se puede leer.", en: "The picture cannot be read.",
                pt: "A imagem não pode ser lida.")
        }
    }
}
