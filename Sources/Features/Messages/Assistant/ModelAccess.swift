import Access
import Events
import HTTP
import Identifiers
import JSON
import LanguageModels
import Locale
import Nouns
import Postgres
import Time
import Vault

/// A model that a company pays for. They are asked in their order: the next one where one does not answer.
package struct ModelAccess: Sendable, Equatable {
    package typealias ID = Identifiers.ID<ModelAccess>

    package let id: ID
    package var position = 1
    package var api = API.anthropic
    package var model = ""
    /// Empty for the provider's own.
    package var address = ""
    /// Only where it is new.
    package var key: String?
    package internal(set) var keyEnd = ""
    /// For a million tokens.
    package var inputPrice = Money.zero(.usd)
    package var outputPrice = Money.zero(.usd)

    package init(id: ID) { self.id = id }

    package enum API: String, FieldChoice {
        case anthropic, openai

        package var message: Message {
            switch self {
            case .anthropic: Message(es: "Anthropic", en: "Anthropic", pt: "Anthropic")
            case .openai:
                Message(
                    es: "OpenAI o compatible (DeepSeek…)", en: "OpenAI or compatible (DeepSeek…)",
                    pt: "OpenAI ou compatível (DeepSeek…)")
            }
        }
    }

    static let path = "\(AssistantRoutes.path)/models"
    var panelPath: String { "\(Self.path)/\(id)" }
    var subject: Act.Subject { Act.Subject("language_model", id.uuid, named: model) }
    static let most = 5

    static func keyField(of id: ID) -> SecretField { SecretField("key", of: "assistant_models", row: id.uuid) }

    /// What so many tokens cost, in millionths of a dollar; what is beyond counting is the most there is.
    func cost(of usage: ModelUsage) -> Int64 {
        func part(_ tokens: Int, _ price: Money) -> Int64 {
            // Cents a million tokens are hundredths of a millionth of a dollar a token.
            let (product, isTooMuch) = Int64(clamping: tokens).multipliedReportingOverflow(by: price.minor)
            return isTooMuch ? Self.mostCost : min(product / 100 + (product % 100 > 0 ? 1 : 0), Self.mostCost)
        }
        return min(part(usage.input, inputPrice) + part(usage.output, outputPrice), Self.mostCost)
    }

    static let mostCost: Int64 = 1_000_000_000_000
}

extension ModelAccess: Fielded {
    package static let noun = "ModelAccess"

    package static let fields: [Field<ModelAccess>] = [
        .count("position", \.position, 1...9, AssistantWords.position.message).hint(
            AssistantWords.positionHint.message),
        .choice("api", \.api, AssistantWords.api.message),
        .line("model", \.model, 1...100, AssistantWords.model.message).hint(AssistantWords.modelHint.message),
        .line("address", \.address, 0...200, AssistantWords.address.message).hint(AssistantWords.addressHint.message),
        .secret("key", \.key, upTo: 300, AssistantWords.key.message).hint(AssistantWords.keyHint.message),
        .money("input_price", \.inputPrice, isRequired: true, AssistantWords.inputPrice.message),
        .money("output_price", \.outputPrice, isRequired: true, AssistantWords.outputPrice.message)
            .hint(AssistantWords.priceHint.message),
    ]
}

extension ModelAccess: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension ModelAccess: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("model_id"))
        let place: Int32 = try row.read("position")
        position = Int(place)
        api = try row.word("api")
        model = try row.read("model")
        address = try row.read("address")
        keyEnd = try row.read("key_end")
        inputPrice = Money(minor: try row.read("input_price"), .usd)
        outputPrice = Money(minor: try row.read("output_price"), .usd)
    }
}

/// The models of the program, and the keys that companies have for them.
package struct AssistantActs: Sendable {
    let vault: Vault
    let randomness: Randomness
    let line: ModelLine

    package init(vault: Vault, randomness: Randomness, over line: ModelLine) {
        (self.vault, self.randomness, self.line) = (vault, randomness, line)
    }

    func blank(at now: Instant) -> ModelAccess {
        ModelAccess(id: .make(milliseconds: now.milliseconds, from: randomness))
    }

    func model(_ access: ModelAccess, key: String) -> any LanguageModel {
        let base = access.address.isEmpty ? nil : access.address
        return switch access.api {
        case .anthropic:
            AnthropicModel(access.model, key: key, at: base ?? AnthropicModel.address, over: line)
        case .openai: OpenAIModel(access.model, key: key, at: base ?? OpenAIModel.address, over: line)
        }
    }

    func model(_ access: ModelAccess, in database: TenantDatabase) async throws -> any LanguageModel {
        guard let sealed = try await database.sealedModelKey(of: access.id) else { throw AccessRefusal.notFound }
        let key = try await vault.open(sealed, for: ModelAccess.keyField(of: access.id), in: database)
        return model(access, key: String(decoding: key, as: UTF8.self))
    }

    /// Keeps a model. An empty key keeps what there is, for the same provider at the same address only.
    package func save(
        _ access: ModelAccess, isNew: Bool, by principal: Principal, in database: TenantDatabase
    ) async throws -> ModelAccess {
        guard access.address.isEmpty || line.mayReach(access.address) else { throw AssistantRefusal.addressWrong }
        var saved = access
        while saved.address.hasSuffix("/") { saved.address.removeLast() }
        let given = access.key ?? ""
        guard !isNew || !given.isEmpty else { throw AssistantRefusal.keyMissing }
        saved.key = nil
        if !given.isEmpty { saved.keyEnd = String(given.suffix(4)) }
        let model = saved
        return try await database.transaction { database in
            let known = try await database.models()
            guard known.count < ModelAccess.most || !isNew else { throw AssistantRefusal.tooMany }
            let before = known.first { $0.id == model.id }
            guard (before == nil) == isNew else { throw AccessRefusal.notFound }
            if let before, given.isEmpty, (before.api, before.address) != (model.api, model.address) {
                throw AssistantRefusal.keyMissing
            }
            var sealed = try await database.sealedModelKey(of: model.id)
            if !given.isEmpty {
                sealed = try await vault.seal(
                    Array(given.utf8), for: ModelAccess.keyField(of: model.id), at: principal.now, in: database)
            }
            try await database.put(model, key: sealed ?? [])
            try await database.record(
                Act(
                    .assistantModelChanged, model.subject,
                    after: [Act.Detail("model", model.model), Act.Detail("address", model.address)]
                        .filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
            return model
        }
    }

    func delete(_ id: ModelAccess.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let known = try await database.model(id) else { throw AccessRefusal.notFound }
            try await database.execute(
                "DELETE FROM assistant_models WHERE tenant_id = \(database.tenant) AND model_id = \(id)")
            try await database.record(
                Act(.assistantModelDeleted, known.subject), by: principal.actor, at: principal.now)
        }
    }

    /// Asks a model for a word, to see whether its key works.
    func examine(_ access: ModelAccess, in database: TenantDatabase) async throws {
        let model = try await model(access, in: database)
        do throws(ModelFailure) {
            _ = try await model.answer(
                ModelRequest(system: "Answer with one word.", turns: [.user("Hola")], mostTokens: 1500))
        } catch {
            throw AssistantRefusal.failed(error.reason)
        }
    }
}

extension TenantDatabase {
    private var modelSelection: SQL {
        """
        SELECT m.model_id, m.position, m.api, m.model, m.address, m.key_end, m.input_price, m.output_price
        FROM assistant_models m WHERE m.tenant_id = \(tenant)
        """
    }

    /// In the order in which they are asked.
    package func models() async throws(DatabaseError) -> [ModelAccess] {
        try await rows("\(modelSelection) ORDER BY m.position, m.model_id LIMIT 20")
    }

    func model(_ id: ModelAccess.ID) async throws(DatabaseError) -> ModelAccess? {
        try await first("\(modelSelection) AND m.model_id = \(id)")
    }

    func sealedModelKey(of id: ModelAccess.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT key FROM assistant_models WHERE tenant_id = \(tenant) AND model_id = \(id)")
    }

    func put(_ access: ModelAccess, key: [UInt8]) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO assistant_models (
                tenant_id, model_id, position, api, model, address, key, key_end, input_price, output_price)
            VALUES (
                \(tenant), \(access.id), \(Int32(clamping: access.position)), \(access.api.rawValue), \(access.model),
                \(access.address), \(key), \(access.keyEnd), \(access.inputPrice.minor), \(access.outputPrice.minor))
            ON CONFLICT (tenant_id, model_id) DO UPDATE SET position = excluded.position, api = excluded.api,
                model = excluded.model, address = excluded.address, key = excluded.key, key_end = excluded.key_end,
                input_price = excluded.input_price, output_price = excluded.output_price
            """)
    }
}

package enum AssistantRefusal: Refusal, Equatable {
    case addressWrong, keyMissing, tooMany
    case failed(ModelFailure.Reason)

    package var status: Status { self == .tooMany ? .conflict : .unprocessableContent }

    package var code: String {
        switch self {
        case .addressWrong: "model_address_wrong"
        case .keyMissing: "model_key_missing"
        case .tooMany: "too_many_models"
        case .failed(let reason): "model_\(reason.rawValue)"
        }
    }

    var field: String {
        switch self {
        case .addressWrong: "address"
        case .keyMissing: "key"
        case .tooMany, .failed: "model"
        }
    }

    package var message: Message {
        switch self {
        case .addressWrong:
            Message(
                es: "Escriba una dirección pública que empiece con https://.",
                tu: "Escribe una dirección pública que empiece con https://.",
                vos: "Escribí una dirección pública que empiece con https://.",
                en: "Write a public address that begins with https://.",
                pt: "Escreva um endereço público que comece com https://.")
        case .keyMissing:
            Message(
                es: "Escriba la clave. Una clave guardada vale solo para su proveedor y su dirección.",
                tu: "Escribe la clave. Una clave guardada vale solo para su proveedor y su dirección.",
                vos: "Escribí la clave. Una clave guardada vale solo para su proveedor y su dirección.",
                en: "Write the key. A stored key is only for its provider and its address.",
                pt: "Escreva a chave. Uma chave guardada vale só para o seu provedor e o seu endereço.")
        case .tooMany:
            Message(
                es: "Una empresa usa hasta cinco modelos.", en: "A company uses up to five models.",
                pt: "Uma empresa usa até cinco modelos.")
        case .failed(let reason): AssistantFailureWords(reason).message
        }
    }
}

/// What keeps a model from answering, in plain words.
enum AssistantFailureWords: MessageCatalogue {
    case keyRefused, modelUnknown, unpaid, busy, unavailable, refused

    init(_ reason: ModelFailure.Reason) {
        self =
            switch reason {
            case .keyRefused: .keyRefused
            case .modelUnknown: .modelUnknown
            case .unpaid: .unpaid
            case .busy: .busy
            case .refused, .unreadable: .refused
            case .troubled, .notConnected, .tooSlow, .interrupted: .unavailable
            }
    }

    var message: Message {
        switch self {
        case .keyRefused:
            Message(
                es: "El proveedor no reconoce la clave.", en: "The provider does not know the key.",
                pt: "O provedor não reconhece a chave.")
        case .modelUnknown:
            Message(
                es: "El proveedor no tiene ese modelo, o ya lo retiró.",
                en: "The provider does not have that model, or has retired it.",
                pt: "O provedor não tem esse modelo, ou já o retirou.")
        case .unpaid:
            Message(
                es: "La cuenta del proveedor no tiene saldo.", en: "The account at the provider has no credit.",
                pt: "A conta no provedor não tem saldo.")
        case .busy:
            Message(
                es: "El proveedor está saturado en este momento.", en: "The provider is overloaded at the moment.",
                pt: "O provedor está sobrecarregado no momento.")
        case .unavailable:
            Message(
                es: "El proveedor no responde.", en: "The provider does not answer.", pt: "O provedor não responde.")
        case .refused:
            Message(
                es: "El proveedor no aceptó la pregunta. Revise la dirección y el modelo.",
                en: "The provider did not take the question. Check the address and the model.",
                pt: "O provedor não aceitou a pergunta. Confira o endereço e o modelo.")
        }
    }
}
