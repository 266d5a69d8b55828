import API
import Access
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Telephony as programs see it.
struct TelephonyAPI: Sendable {
    let randomness: Randomness

    private struct Words: Sendable {
        let list, add, read, change, delete: TelephonyAPIWords
    }

    func add(to routes: inout API.Routes) {
        add(
            VoiceAccount.self, to: &routes, "/api/v1/voice-accounts", "/api/v1/voice-accounts/:id",
            Words(
                list: .accounts, add: .addAccount, read: .account, change: .changeAccount, delete: .deleteAccount))
        add(
            Carrier.self, to: &routes, "/api/v1/voice-carriers", "/api/v1/voice-carriers/:id",
            Words(
                list: .carriers, add: .addCarrier, read: .carrier, change: .changeCarrier, delete: .deleteCarrier))
        add(
            Deck.self, to: &routes, "/api/v1/voice-decks", "/api/v1/voice-decks/:id",
            Words(list: .decks, add: .addDeck, read: .deck, change: .changeDeck, delete: .deleteDeck))
        add(
            VoiceBlock.self, to: &routes, "/api/v1/voice-blocks", "/api/v1/voice-blocks/:id",
            Words(list: .blocks, add: .addBlock, read: .block, change: .changeBlock, delete: .deleteBlock))
        routes.post(
            "/api/v1/voice-decks/:id/rates", .voiceManage, TelephonyAPIWords.putRates, upTo: RateSheet.mostBytes * 2
        ) { (visit, new: NewRateSheet, id: Deck.ID) in
            let sheet = RateSheet(new.text, at: visit.now, in: visit.tenant.timeZone)
            return TakenRates(
                deck: id,
                effect: try await sheet.put(
                    into: id, isWhole: new.isWhole, by: visit.principal, from: randomness, in: visit.database))
        }
        routes.list("/api/v1/voice-calls", .voiceView, TelephonyAPIWords.calls, by: NoInput.self) { visit, _, page in
            try await visit.database.voiceCalls(after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/voice-calls/:id", .voiceView, TelephonyAPIWords.call) { (visit, id: VoiceCall.ID) in
            try await visit.database.voiceCall(id)
        }
        routes.get("/api/v1/voice-policy", .voiceView, TelephonyAPIWords.policy) { visit in
            try await visit.database.voicePolicy(in: visit.tenant.currency)
        }
        routes.patch(
            "/api/v1/voice-policy", .voiceManage, TelephonyAPIWords.changePolicy,
            of: { visit in try await visit.database.voicePolicy(in: visit.tenant.currency) }
        ) { (visit, policy, changes: NounChanges<VoicePolicy>) in
            try await changes.applied(to: policy).put(by: visit.principal, in: visit.database)
        }
    }

    private func add<Noun: VoiceNoun>(
        _: Noun.Type, to routes: inout API.Routes, _ all: StaticString, _ one: StaticString, _ words: Words
    ) {
        routes.list(all, .voiceView, words.list, by: NoInput.self) { visit, _, page in
            try await visit.database.voices(Noun.self, after: page.after, limit: page.limit)
        }
        routes.post(all, .voiceManage, words.add) { (visit, new: NewNoun<Noun>) in
            try await new.noun(
                from: Noun.blank(.make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant)
            ).add(to: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get(one, .voiceView, words.read) { (visit, id: Identifiers.ID<Noun>) in
            try await visit.database.voice(id, as: Noun.self)
        }
        routes.patch(
            one, .voiceManage, words.change,
            of: { (visit, id: Identifiers.ID<Noun>) in try await visit.database.voice(id, as: Noun.self, locked: true) }
        ) { (visit, noun, changes: NounChanges<Noun>) in
            try await noun.change(
                to: changes.applied(to: noun), of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.delete(one, .voiceManage, words.delete) { (visit, id: Identifiers.ID<Noun>) in
            try await Noun.delete(id, by: visit.principal, in: visit.database)
        }
    }
}

enum TelephonyAPIWords: MessageCatalogue {
    case accounts, addAccount, account, changeAccount, deleteAccount
    case carriers, addCarrier, carrier, changeCarrier, deleteCarrier
    case decks, addDeck, deck, changeDeck, deleteDeck, putRates
    case blocks, addBlock, block, changeBlock, deleteBlock
    case calls, call, policy, changePolicy
    case accountID, carrierID, deckID, blockID, callID, currency, blockedUntil, unposted, csv, whole

    var message: Message {
        switch self {
        case .accounts: Message(es: "Lista de clientes SIP", en: "The SIP customers", pt: "Lista de clientes SIP")
        case .addAccount: Message(es: "Agrega un cliente SIP", en: "Adds a SIP customer", pt: "Adiciona um cliente SIP")
        case .account: Message(es: "Un cliente SIP", en: "One SIP customer", pt: "Um cliente SIP")
        case .changeAccount:
            Message(es: "Cambia un cliente SIP", en: "Changes a SIP customer", pt: "Altera um cliente SIP")
        case .deleteAccount:
            Message(es: "Elimina un cliente SIP", en: "Deletes a SIP customer", pt: "Exclui um cliente SIP")
        case .carriers: Message(es: "Lista de carriers", en: "The carriers", pt: "Lista de operadoras")
        case .addCarrier: Message(es: "Agrega un carrier", en: "Adds a carrier", pt: "Adiciona uma operadora")
        case .carrier: Message(es: "Un carrier", en: "One carrier", pt: "Uma operadora")
        case .changeCarrier: Message(es: "Cambia un carrier", en: "Changes a carrier", pt: "Altera uma operadora")
        case .deleteCarrier: Message(es: "Elimina un carrier", en: "Deletes a carrier", pt: "Exclui uma operadora")
        case .decks: Message(es: "Las listas de tarifas", en: "The rate decks", pt: "As listas de tarifas")
        case .addDeck:
            Message(es: "Agrega una lista de tarifas", en: "Adds a rate deck", pt: "Adiciona uma lista de tarifas")
        case .deck: Message(es: "Una lista de tarifas", en: "One rate deck", pt: "Uma lista de tarifas")
        case .changeDeck:
            Message(es: "Cambia una lista de tarifas", en: "Changes a rate deck", pt: "Altera uma lista de tarifas")
        case .deleteDeck:
            Message(es: "Elimina una lista de tarifas", en: "Deletes a rate deck", pt: "Exclui uma lista de tarifas")
        case .putRates:
            Message(
                es: "Guarda tarifas en una lista y dice qué cambió",
                en: "Puts rates into a deck, and says what changed",
                pt: "Guarda tarifas em uma lista e diz o que mudou")
        case .blocks: Message(es: "La lista negra", en: "The blacklist", pt: "A lista negra")
        case .addBlock: Message(es: "Bloquea números", en: "Blocks numbers", pt: "Bloqueia números")
        case .block: Message(es: "Números bloqueados", en: "Blocked numbers", pt: "Números bloqueados")
        case .changeBlock: Message(es: "Cambia un bloqueo", en: "Changes a block", pt: "Altera um bloqueio")
        case .deleteBlock: Message(es: "Quita un bloqueo", en: "Lifts a block", pt: "Retira um bloqueio")
        case .calls:
            Message(
                es: "Las llamadas, de la más antigua a la más nueva", en: "The calls, the oldest first",
                pt: "As chamadas, da mais antiga à mais nova")
        case .call: Message(es: "Una llamada", en: "One call", pt: "Uma chamada")
        case .policy: Message(es: "Las reglas de telefonía", en: "The rules of telephony", pt: "As regras de telefonia")
        case .changePolicy:
            Message(
                es: "Cambia las reglas de telefonía", en: "Changes the rules of telephony",
                pt: "Altera as regras de telefonia")
        case .accountID:
            Message(
                es: "Identifica al cliente SIP.", en: "Stands for the SIP customer.", pt: "Identifica o cliente SIP.")
        case .carrierID:
            Message(es: "Identifica al carrier.", en: "Stands for the carrier.", pt: "Identifica a operadora.")
        case .deckID:
            Message(es: "Identifica la lista.", en: "Stands for the deck.", pt: "Identifica a lista.")
        case .blockID: Message(es: "Identifica el bloqueo.", en: "Stands for the block.", pt: "Identifica o bloqueio.")
        case .callID: Message(es: "Identifica la llamada.", en: "Stands for the call.", pt: "Identifica a chamada.")
        case .currency: Message(es: "Moneda (ISO 4217).", en: "Currency (ISO 4217).", pt: "Moeda (ISO 4217).")
        case .blockedUntil:
            Message(
                es: "Hasta cuándo lo bloquea una regla contra fraude.",
                en: "Until when a rule against fraud blocks it.", pt: "Até quando uma regra contra fraude o bloqueia.")
        case .unposted:
            Message(
                es: "Consumo que aún no está en su cuenta.", en: "Usage that is not in the account yet.",
                pt: "Consumo que ainda não está na conta.")
        case .csv:
            Message(
                es: "Una tarifa por línea: prefijo, destino, precio por minuto, mínimo, incremento, cargo y fecha.",
                en: "A rate a line: prefix, destination, price a minute, minimum, increment, fee and day.",
                pt: "Uma tarifa por linha: prefixo, destino, preço por minuto, mínimo, incremento, taxa e data.")
        case .whole:
            Message(
                es: "Si termina los prefijos que no están.", en: "Whether it ends the prefixes that it does not name.",
                pt: "Se encerra os prefixos que não estão.")
        }
    }
}
