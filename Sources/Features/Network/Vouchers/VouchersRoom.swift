import API
import Assembly
import Declarations
import Locale
import Nouns
import Panel

extension Permission {
    package static let vouchersView = Permission("vouchers.view")
    package static let vouchersManage = Permission("vouchers.manage")
    package static let vouchersSell = Permission("vouchers.sell")
}

extension EventKind {
    package static let vouchersMade = EventKind(
        "vouchers.made",
        Message(es: "Hizo un lote de fichas", en: "Made a batch of cards", pt: "Fez um lote de fichas"),
        told: Message(es: "Lote de fichas hecho", en: "Batch of cards made", pt: "Lote de fichas feito"),
        to: .vouchersView)
    package static let vouchersSold = EventKind(
        "vouchers.sold", Message(es: "Vendió fichas", en: "Sold cards", pt: "Vendeu fichas"),
        told: Message(es: "Fichas vendidas", en: "Cards sold", pt: "Fichas vendidas"), to: .vouchersView)
    package static let vouchersUnsold = EventKind(
        "vouchers.sale_undone",
        Message(es: "Deshizo una venta de fichas", en: "Undid a sale of cards", pt: "Desfez uma venda de fichas"),
        told: Message(
            es: "Venta de fichas deshecha", en: "Sale of cards undone", pt: "Venda de fichas desfeita"),
        to: .vouchersView)
    package static let vouchersVoided = EventKind(
        "vouchers.voided", Message(es: "Anuló fichas", en: "Voided cards", pt: "Anulou fichas"),
        told: Message(es: "Fichas anuladas", en: "Cards voided", pt: "Fichas anuladas"), to: .vouchersView)
}

extension RoomDeclarations {
    package static let vouchers = RoomDeclarations(
        "Vouchers",
        permissions: [
            GrantablePermission(
                .vouchersView,
                Message(es: "Ver lotes de fichas", en: "See batches of cards", pt: "Ver lotes de fichas"),
                heldBy: [.cashier, .noc, .accountant], lent: .toReaders),
            GrantablePermission(
                .vouchersManage,
                Message(
                    es: "Hacer, imprimir y anular fichas", en: "Make, print and void cards",
                    pt: "Fazer, imprimir e anular fichas"), heldBy: [.noc]),
            GrantablePermission(
                .vouchersSell, Message(es: "Vender fichas", en: "Sell cards", pt: "Vender fichas"),
                heldBy: [.cashier]),
        ],
        menu: [
            MenuEntry(
                .menu(.vouchers, 10), VoucherWords.batches.message, path: VoucherBatch.list.path,
                permission: .vouchersView, icon: .vouchers,
                synonyms: Message(
                    es: "tarjetas vouchers cupones wifi internet por horas",
                    en: "vouchers tickets wifi internet by the hour",
                    pt: "cartões vouchers cupons wifi internet por horas"))
        ],
        events: [.vouchersMade, .vouchersSold, .vouchersUnsold, .vouchersVoided],
        details: VoucherBatch.detailKinds + [
            DetailKind("vouchers", VoucherWords.cards.message),
            .money("income", Message(es: "Ingreso", en: "Income", pt: "Receita")),
            DetailKind("party", VoucherWords.party.message), DetailKind("reason", VoucherWords.reason.message),
        ])
}

extension Room {
    package static let vouchers = Room(
        .vouchers,
        panel: { routes, context in
            VoucherRoutes(
                acts: VoucherActs(randomness: context.randomness), files: context.files, sandbox: context.sandbox
            ).add(to: &routes)
        },
        api: { routes, context in
            VoucherAPI(acts: VoucherActs(randomness: context.randomness)).add(to: &routes)
        })
}
