import API
import Assembly
import Declarations
import Jobs
import Locale
import Nouns
import Panel

extension Permission {
    package static let voiceView = Permission("voice.view")
    package static let voiceManage = Permission("voice.manage")
}

extension EventKind {
    package static let voiceAccountCreated = EventKind(
        "voice_account.created",
        Message(es: "Agregó un cliente SIP", en: "Added a SIP customer", pt: "Adicionou um cliente SIP"),
        told: Message(es: "Cliente SIP agregado", en: "SIP customer added", pt: "Cliente SIP adicionado"),
        to: .voiceView)
    package static let voiceAccountChanged = EventKind(
        "voice_account.changed",
        Message(es: "Cambió un cliente SIP", en: "Changed a SIP customer", pt: "Alterou um cliente SIP"),
        told: Message(es: "Cliente SIP cambiado", en: "SIP customer changed", pt: "Cliente SIP alterado"),
        to: .voiceView)
    package static let voiceAccountDeleted = EventKind(
        "voice_account.deleted",
        Message(es: "Eliminó un cliente SIP", en: "Deleted a SIP customer", pt: "Excluiu um cliente SIP"),
        told: Message(es: "Cliente SIP eliminado", en: "SIP customer deleted", pt: "Cliente SIP excluído"),
        to: .voiceView)
    package static let voiceAccountUnblocked = EventKind(
        "voice_account.unblocked",
        Message(
            es: "Quitó el bloqueo de un cliente SIP", en: "Unblocked a SIP customer",
            pt: "Retirou o bloqueio de um cliente SIP"))
    package static let voiceCarrierCreated = EventKind(
        "voice_carrier.created", Message(es: "Agregó un carrier", en: "Added a carrier", pt: "Adicionou uma operadora"))
    package static let voiceCarrierChanged = EventKind(
        "voice_carrier.changed", Message(es: "Cambió un carrier", en: "Changed a carrier", pt: "Alterou uma operadora"))
    package static let voiceCarrierDeleted = EventKind(
        "voice_carrier.deleted", Message(es: "Eliminó un carrier", en: "Deleted a carrier", pt: "Excluiu uma operadora")
    )
    package static let voiceDeckCreated = EventKind(
        "voice_deck.created",
        Message(es: "Agregó una lista de tarifas", en: "Added a rate deck", pt: "Adicionou uma lista de tarifas"))
    package static let voiceDeckChanged = EventKind(
        "voice_deck.changed",
        Message(es: "Cambió una lista de tarifas", en: "Changed a rate deck", pt: "Alterou uma lista de tarifas"))
    package static let voiceDeckDeleted = EventKind(
        "voice_deck.deleted",
        Message(es: "Eliminó una lista de tarifas", en: "Deleted a rate deck", pt: "Excluiu uma lista de tarifas"))
    package static let voiceRatesChanged = EventKind(
        "voice_rates.changed",
        Message(es: "Cambió tarifas de una lista", en: "Changed rates of a deck", pt: "Alterou tarifas de uma lista"))
    package static let voiceBlockCreated = EventKind(
        "voice_block.created", Message(es: "Bloqueó números", en: "Blocked numbers", pt: "Bloqueou números"))
    package static let voiceBlockChanged = EventKind(
        "voice_block.changed",
        Message(es: "Cambió un bloqueo de números", en: "Changed a block of numbers", pt: "Alterou um bloqueio"))
    package static let voiceBlockDeleted = EventKind(
        "voice_block.deleted",
        Message(es: "Quitó un bloqueo de números", en: "Lifted a block of numbers", pt: "Retirou um bloqueio"))
    package static let voicePolicyChanged = EventKind(
        "voice_policy.changed",
        Message(
            es: "Cambió las reglas de telefonía", en: "Changed the rules of telephony",
            pt: "Alterou as regras de telefonia"))
}

extension RoomDeclarations {
    package static let telephony = RoomDeclarations(
        "Telephony",
        permissions: [
            GrantablePermission(
                .voiceView,
                Message(es: "Ver llamadas y tarifas", en: "See calls and rates", pt: "Ver chamadas e tarifas"),
                heldBy: [.noc, .accountant], lent: .toReaders),
            GrantablePermission(
                .voiceManage,
                Message(
                    es: "Administrar clientes SIP, carriers y tarifas", en: "Manage SIP customers, carriers and rates",
                    pt: "Administrar clientes SIP, operadoras e tarifas"), heldBy: [.noc]),
        ],
        menu: [
            entry(10, .liveCalls, at: TelephonyRoutes.live),
            entry(20, .calls, at: VoiceCall.path, also: .callsSynonyms),
            entry(30, .accounts, at: VoiceAccount.list.path),
            entry(40, .carriers, at: Carrier.list.path, also: .carriersSynonyms),
            entry(50, .decks, at: Deck.list.path, also: .decksSynonyms),
            entry(60, .blocks, at: VoiceBlock.list.path),
            entry(70, .policy, at: TelephonyRoutes.policy, for: .voiceManage, also: .policySynonyms),
        ],
        events: [
            .voiceAccountCreated, .voiceAccountChanged, .voiceAccountDeleted, .voiceAccountUnblocked,
            .voiceCarrierCreated, .voiceCarrierChanged, .voiceCarrierDeleted, .voiceDeckCreated, .voiceDeckChanged,
            .voiceDeckDeleted, .voiceRatesChanged, .voiceBlockCreated, .voiceBlockChanged, .voiceBlockDeleted,
            .voicePolicyChanged,
        ],
        details: details)

    private static func entry(
        _ number: Int, _ words: TelephonyWords, at path: String, for permission: Permission = .voiceView,
        also synonyms: TelephonyWords? = nil
    ) -> MenuEntry {
        MenuEntry(
            .menu(.voice, number), words.message, path: path, permission: permission, icon: .phone,
            synonyms: (synonyms ?? .voiceSynonyms).message)
    }

    private static let details: [DetailKind] = {
        var details = [
            DetailKind("added", TelephonyWords.added.message), DetailKind("dearer", TelephonyWords.dearer.message),
            DetailKind("cheaper", TelephonyWords.cheaper.message),
            DetailKind("ended", TelephonyWords.ending.message),
            DetailKind(
                "rule", TelephonyWords.rule.message,
                values: Dictionary(uniqueKeysWithValues: FraudRule.allCases.map { ($0.rawValue, $0.message) })),
        ]
        let nouns =
            VoiceAccount.detailKinds + Carrier.detailKinds + Deck.detailKinds + VoiceBlock.detailKinds
            + VoicePolicy.detailKinds
        for kind in nouns where !details.contains(where: { $0.name == kind.name }) { details.append(kind) }
        return details
    }()
}

extension Crew {
    static let voice = Crew("voice", places: 2)
}

extension Room {
    package static let telephony = Room(
        .telephony,
        panel: { routes, context in
            TelephonyRoutes(files: context.files, randomness: context.randomness).add(to: &routes)
        },
        api: { routes, context in TelephonyAPI(randomness: context.randomness).add(to: &routes) },
        jobs: { jobs, _ in
            jobs.add(PostUsage.self, to: .voice) { try await $0.run(in: $1) }
        })
}
