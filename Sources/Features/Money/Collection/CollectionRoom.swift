import API
import Access
import Assembly
import Customers
import Declarations
import Jobs
import Ledger
import Locale
import Notices
import Nouns
import Panel
import Portal
import Postgres
import Tenancy

extension Permission {
    package static let collectionView = Permission("collection.view")
    package static let collectionPromise = Permission("collection.promise")
    package static let collectionHold = Permission("collection.hold")
    package static let collectionStrikes = Permission("collection.strikes")
    package static let collectionRun = Permission("collection.run")
    package static let collectionConfirm = Permission("collection.confirm")
    package static let collectionPolicy = Permission("collection.policy")
}

extension EventKind {
    package static let collectionPolicyChanged = EventKind(
        "collection_policy.changed",
        Message(
            es: "Cambió la política de cobranza", en: "Changed the collection policy",
            pt: "Alterou a política de cobrança"),
        told: Message(
            es: "Política de cobranza cambiada", en: "Collection policy changed", pt: "Política de cobrança alterada"),
        to: .collectionView)
    package static let collectionPolicyWithdrawn = EventKind(
        "collection_policy.withdrawn",
        Message(
            es: "Quitó una política de cobranza propia", en: "Withdrew a collection policy of its own",
            pt: "Retirou uma política de cobrança própria"))
    package static let collectionRunEnded = EventKind(
        "collection_run.ended",
        Message(
            es: "Terminó una corrida de cobranza", en: "Ended a collection run", pt: "Terminou uma rodada de cobrança"),
        told: Message(
            es: "Corrida de cobranza terminada", en: "Collection run ended", pt: "Rodada de cobrança terminada"),
        to: .collectionView)
    package static let collectionRunStopped = EventKind(
        "collection_run.stopped",
        Message(
            es: "Detuvo una corrida: cortaría a demasiados", en: "Stopped a run: it would cut too many",
            pt: "Parou uma rodada: cortaria demais"),
        told: Message(
            es: "Corrida de cobranza detenida por el fusible", en: "Collection run stopped by the fuse",
            pt: "Rodada de cobrança parada pelo fusível"), to: .collectionView)
    package static let collectionRunConfirmed = EventKind(
        "collection_run.confirmed",
        Message(
            es: "Confirmó una corrida detenida", en: "Confirmed a run that was stopped",
            pt: "Confirmou uma rodada parada"))
    package static let collectionRunCalledOff = EventKind(
        "collection_run.called_off",
        Message(es: "Canceló una corrida detenida", en: "Called off a stopped run", pt: "Cancelou uma rodada parada"))
    package static let collectionLeftOut = EventKind(
        "collection.left_out",
        Message(
            es: "No pudo cobrar a un cliente en una corrida", en: "Could not collect from a customer in a run",
            pt: "Não pôde cobrar um cliente em uma rodada"),
        told: Message(
            es: "Cliente fuera de la corrida de cobranza", en: "Customer left out of the collection run",
            pt: "Cliente fora da rodada de cobrança"), to: .collectionView)
    package static let collectionMessage = EventKind(
        "collection.message",
        Message(es: "Avisó de un cobro", en: "Sent a collection message", pt: "Avisou de uma cobrança"),
        told: Message(es: "Aviso de cobranza", en: "Collection message", pt: "Aviso de cobrança"), to: .collectionView)
    package static let collectionUnreached = EventKind(
        "collection.unreached",
        Message(
            es: "No pudo avisar de un cobro: sin canal", en: "Could not send a collection message: no channel",
            pt: "Não pôde avisar de uma cobrança: sem canal"),
        told: Message(es: "Cliente sin canal de aviso", en: "Customer without a channel", pt: "Cliente sem canal"),
        to: .collectionView)
    // In the platform's audit log.
    package static let collectionStopped = EventKind(
        "collection.stopped",
        Message(es: "Detuvo todos los cortes", en: "Stopped all cuts", pt: "Parou todos os cortes"))
    package static let collectionResumed = EventKind(
        "collection.resumed",
        Message(es: "Permitió los cortes de nuevo", en: "Let cuts go on", pt: "Permitiu os cortes de novo"))
    // Events that sum up many.
    package static let collectionMessages = EventKind(
        "collection.messages",
        Message(es: "Avisó a clientes que deben", en: "Notified customers who owe", pt: "Avisou clientes que devem"))
    package static let collectionCuts = EventKind(
        "collection.cuts", Message(es: "Cortó por cobranza", en: "Cut for collection", pt: "Cortou por cobrança"))
    package static let collectionReconnections = EventKind(
        "collection.reconnections",
        Message(es: "Reconectó por cobranza", en: "Reconnected for collection", pt: "Reconectou por cobrança"))
    package static let lateFeesCharged = EventKind(
        "collection.late_fees", Message(es: "Cargó recargos por mora", en: "Charged late fees", pt: "Cobrou multas"))
    package static let lateFeeCharged = EventKind(
        "collection.late_fee",
        Message(es: "Cargó un recargo por mora", en: "Charged a late fee", pt: "Cobrou uma multa por atraso"),
        told: Message(es: "Recargo por mora", en: "Late fee", pt: "Multa por atraso"), to: .collectionView)
    package static let promiseMade = EventKind(
        "promise.made",
        Message(es: "Registró una promesa de pago", en: "Took a promise to pay", pt: "Registrou uma promessa"),
        told: Message(es: "Promesa de pago", en: "Promise to pay", pt: "Promessa de pagamento"), to: .collectionView)
    package static let promiseKept = EventKind(
        "promise.kept", Message(es: "Cumplió una promesa", en: "Kept a promise", pt: "Cumpriu uma promessa"),
        told: Message(es: "Promesa cumplida", en: "Promise kept", pt: "Promessa cumprida"), to: .collectionView)
    package static let promiseBroken = EventKind(
        "promise.broken", Message(es: "Incumplió una promesa", en: "Broke a promise", pt: "Não cumpriu uma promessa"),
        told: Message(es: "Promesa incumplida", en: "Promise broken", pt: "Promessa não cumprida"), to: .collectionView)
    package static let promiseCancelled = EventKind(
        "promise.cancelled", Message(es: "Canceló una promesa", en: "Cancelled a promise", pt: "Cancelou uma promessa"),
        told: Message(es: "Promesa cancelada", en: "Promise cancelled", pt: "Promessa cancelada"), to: .collectionView)
    package static let holdMade = EventKind(
        "collection_hold.made", Message(es: "Dio una prórroga", en: "Gave days of grace", pt: "Deu uma prorrogação"),
        told: Message(es: "Prórroga", en: "Days of grace", pt: "Prorrogação"), to: .collectionView)
    package static let holdEnded = EventKind(
        "collection_hold.ended",
        Message(es: "Terminó una prórroga", en: "Ended days of grace", pt: "Terminou uma prorrogação"),
        told: Message(es: "Prórroga terminada", en: "Days of grace ended", pt: "Prorrogação terminada"),
        to: .collectionView)
    package static let strikeMade = EventKind(
        "strike.made",
        Message(es: "Anotó un comprobante falso", en: "Noted a false receipt", pt: "Anotou um comprovante falso"),
        told: Message(es: "Comprobante falso", en: "False receipt", pt: "Comprovante falso"), to: .collectionView)
    package static let strikeAnnulled = EventKind(
        "strike.annulled",
        Message(es: "Anuló un comprobante falso", en: "Annulled a strike", pt: "Anulou um comprovante falso"),
        told: Message(es: "Comprobante falso anulado", en: "Strike annulled", pt: "Comprovante falso anulado"),
        to: .collectionView)
}

extension LetterKind {
    package static let collection = LetterKind(
        "collection", Message(es: "Aviso de cobranza", en: "Collection message", pt: "Aviso de cobrança"))
}

extension Notice {
    package static let promiseTaken = Notice(
        "promise_taken", Message(es: "Promesa registrada.", en: "Promise taken.", pt: "Promessa registrada."))
    package static let runBegun = Notice(
        "run_begun",
        Message(
            es: "La corrida empezó; aquí se ve lo que hizo.", en: "The run has begun; this page shows what it did.",
            pt: "A rodada começou; aqui se vê o que fez."))
}

extension RoomDeclarations {
    package static let collection = RoomDeclarations(
        "Collection", permissions: permissions, menu: menu, notices: [.promiseTaken, .runBegun],
        events: [
            .collectionPolicyChanged, .collectionPolicyWithdrawn, .collectionRunEnded, .collectionRunStopped,
            .collectionLeftOut,
            .collectionRunConfirmed, .collectionRunCalledOff, .collectionStopped, .collectionResumed,
            .collectionMessage, .collectionUnreached, .collectionMessages, .collectionCuts,
            .collectionReconnections, .lateFeesCharged, .lateFeeCharged, .promiseMade,
            .promiseKept, .promiseBroken, .promiseCancelled, .holdMade, .holdEnded, .strikeMade, .strikeAnnulled,
        ],
        details: details, letters: [.collection],
        customerTabs: [
            CustomerTab(
                25, Message(es: "Cobranza", en: "Collection", pt: "Cobrança"), path: "/collection",
                permission: .collectionView)
        ],
        portalCards: [
            PortalCard(
                5, Message(es: "Mi pago", en: "My payment", pt: "Meu pagamento"),
                hint: Message(
                    es: "Cuánto debe, cómo pagar y promesas de pago.",
                    tu: "Cuánto debes, cómo pagar y promesas de pago.",
                    vos: "Cuánto debés, cómo pagar y promesas de pago.",
                    en: "What you owe, how to pay and promises to pay.",
                    pt: "Quanto deve, como pagar e promessas de pagamento."),
                button: Message(es: "Ver mi pago", en: "See my payment", pt: "Ver meu pagamento"),
                path: "/portal/collection")
        ],
        parts: [
            NextCut.outlook, NextCut.missing, DebtorRow.origin, CollectionCard.part, CollectionCard.toReconnect,
            CollectionCard.undoing,
            CollectionCard.daysOnCredit, promises, trust,
        ]
            + MergedCollection.parts + NoticeKind.collection)

    /// For the timeline.
    private static let promises = CustomerNouns(at: nil, for: .collectionView) { database, customer in
        """
        SELECT promise_id FROM payment_promises WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
        ORDER BY number DESC LIMIT 50
        """
    }

    /// Trusts a subscriber's receipt before its review.
    private static let trust = AfterPayment(20) { paid, database in
        switch paid.event {
        case .claimed:
            guard let tenant = try await database.lockedTenant() else { return }
            try await PaymentPromise.trust(paid, of: tenant, in: database)
        case .rejected: try await PaymentPromise.distrust(paid, in: database)
        case .takenInCash, .applied, .undone: break
        }
    }

    private static let permissions = [
        GrantablePermission(
            .collectionView,
            Message(
                es: "Ver morosos, cortes, promesas y el simulador", en: "See debtors, cuts, promises and the simulator",
                pt: "Ver devedores, cortes, promessas e o simulador"),
            heldBy: [.accountant, .cashier, .collector, .support], isWithinZones: true, lent: .toReaders),
        GrantablePermission(
            .collectionPromise,
            Message(
                es: "Registrar promesas de pago", en: "Take promises to pay", pt: "Registrar promessas de pagamento"),
            heldBy: [.cashier, .collector, .support], isWithinZones: true),
        GrantablePermission(
            .collectionHold,
            Message(
                es: "Dar y terminar prórrogas", en: "Give and end days of grace", pt: "Dar e terminar prorrogações"),
            heldBy: .ownerOnly, isWithinZones: true),
        GrantablePermission(
            .collectionStrikes,
            Message(
                es: "Anular comprobantes falsos", en: "Annul strikes for false receipts",
                pt: "Anular comprovantes falsos"), heldBy: .ownerOnly, isWithinZones: true),
        GrantablePermission(
            .collectionRun,
            Message(es: "Correr la cobranza a mano", en: "Run collection by hand", pt: "Rodar a cobrança à mão"),
            heldBy: .ownerOnly),
        GrantablePermission(
            .collectionConfirm,
            Message(
                es: "Confirmar o cancelar corridas detenidas", en: "Confirm or call off runs that were stopped",
                pt: "Confirmar ou cancelar rodadas paradas"), heldBy: .ownerOnly),
        GrantablePermission(
            .collectionPolicy,
            Message(
                es: "Cambiar la política de cobranza", en: "Change the collection policy",
                pt: "Alterar a política de cobrança"), heldBy: .ownerOnly),
    ]

    private static let menu = [
        MenuEntry(
            .menu(.collection, 20), Message(es: "Morosos", en: "Debtors", pt: "Devedores"), path: "/panel/collection",
            permission: .collectionView, icon: .alert,
            synonyms: Message(
                es: "deudores por cortar cortados adeudo vencidos", en: "overdue owing cut",
                pt: "inadimplentes cortados vencidos")),
        MenuEntry(
            .task([.cashier, .collector], 40), Message(es: "Promesas", en: "Promises", pt: "Promessas"),
            path: "/panel/promises", permission: .collectionView, icon: .calendar),
        MenuEntry(
            .menu(.collection, 30), Message(es: "Promesas", en: "Promises", pt: "Promessas"),
            path: "/panel/promises", permission: .collectionView, icon: .calendar),
        MenuEntry(
            .menu(.collection, 40), Message(es: "Simulador", en: "Simulator", pt: "Simulador"),
            path: "/panel/collection/simulator", permission: .collectionView, icon: .screen,
            synonyms: Message(es: "corte prever", en: "cut preview", pt: "corte prever")),
        MenuEntry(
            .menu(.collection, 50), Message(es: "Corridas", en: "Runs", pt: "Rodadas"),
            path: "/panel/collection/runs", permission: .collectionRun, icon: .versions),
        MenuEntry(
            .menu(.collection, 60), Message(es: "Política", en: "Policy", pt: "Política"),
            path: "/panel/collection/policy", permission: .collectionPolicy, icon: .settings,
            synonyms: Message(
                es: "cobranza corte reconexión recargo mora arranque", en: "collection cut fee",
                pt: "cobrança corte reconexão multa")),
    ]

    private static let details: [DetailKind] = {
        var details = [
            DetailKind("stage", Message(es: "Etapa", en: "Stage", pt: "Etapa")) { word, _, reader in
                CollectionStep.Kind(rawValue: word)?.text(for: reader) ?? word
            },
            .money("amount", Message(es: "Importe", en: "Amount", pt: "Valor")),
            DetailKind("customer", Message(es: "Cliente", en: "Customer", pt: "Cliente")),
            .day("until", Message(es: "Hasta", en: "Until", pt: "Até")),
            DetailKind("run", Message(es: "Corrida", en: "Run", pt: "Rodada")),
            DetailKind("cuts", Message(es: "Cortes", en: "Cuts", pt: "Cortes")),
            DetailKind(
                "most", Message(es: "Sin preguntar, hasta", en: "Without asking, up to", pt: "Sem perguntar, até")),
            DetailKind("messages", Message(es: "Mensajes", en: "Messages", pt: "Mensagens")),
            DetailKind(
                "without_channel", Message(es: "Sin canal de aviso", en: "Without a channel", pt: "Sem canal de aviso")),
        ]
        for kind in CollectionPolicy.detailKinds where !details.contains(where: { $0.name == kind.name }) {
            details.append(kind)
        }
        return details
    }()
}

extension Room {
    package static let collection = Room(
        .collection,
        panel: { routes, context in
            DebtorRoutes.add(to: &routes, files: context.files, isMailed: context.mailing != nil)
            SimulatorRoutes.add(to: &routes, isMailed: context.mailing != nil)
            RunRoutes(randomness: context.randomness, isMailed: context.mailing != nil).add(to: &routes)
            PolicyRoutes().add(to: &routes)
            CustomerCollectionRoutes(randomness: context.randomness).add(to: &routes)
        },
        portal: { routes, context in PortalCollectionRoutes(randomness: context.randomness).add(to: &routes) },
        api: { routes, context in CollectionAPI(randomness: context.randomness).add(to: &routes) },
        home: CollectionHome.parts,
        onPortal: SuspendedService.ofSubscriber,
        jobs: { jobs, context in
            let acts = CollectionActs(
                channels: CollectionChannels(context.catalogue.noticeCarriers, isMailed: context.mailing != nil),
                randomness: context.randomness)
            jobs.add(LookAtCustomer.self) { try await $0.run(in: $1, by: acts, knowing: context.catalogue) }
            jobs.add(CollectToday.self) { try await $0.run(in: $1, by: acts, knowing: context.catalogue) }
            jobs.add(RunCollection.self) { try await $0.run(in: $1, by: acts, knowing: context.catalogue) }
        },
        nightly: [CollectToday.self], letters: CollectionLetters.add)
}
