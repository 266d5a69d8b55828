import API
import Access
import Assembly
import Declarations
import Locale
import Nouns
import Panel
import Payments

extension Permission {
    package static let cashKeep = Permission("cash.keep")
    package static let cashView = Permission("cash.view")
    package static let cashManage = Permission("cash.manage")
}

extension EventKind {
    package static let shiftOpened = EventKind(
        "shift.opened", Message(es: "Abrió un turno de caja", en: "Opened a shift", pt: "Abriu um turno de caixa"),
        told: Message(es: "Turno de caja abierto", en: "Shift opened", pt: "Turno de caixa aberto"), to: .cashView)
    package static let shiftClosed = EventKind(
        "shift.closed", Message(es: "Hizo un corte de caja", en: "Closed a shift", pt: "Fechou um caixa"),
        told: Message(es: "Corte de caja", en: "Shift closed", pt: "Fechamento de caixa"), to: .cashView)
    package static let shiftMiscounted = EventKind(
        "shift.miscounted",
        Message(
            es: "Contó la caja y no cuadró", en: "Counted the till, and it did not match",
            pt: "Contou o caixa e não conferiu"))
    package static let cashMoved = EventKind(
        "shift.cash_moved",
        Message(
            es: "Registró una entrada o salida de caja", en: "Wrote down cash in or out",
            pt: "Registrou uma entrada ou saída de caixa"))
    package static let cashMovementUndone = EventKind(
        "shift.movement_undone",
        Message(
            es: "Deshizo un movimiento de caja", en: "Undid a movement of a till",
            pt: "Desfez um movimento de caixa"))
    package static let cashReceived = EventKind(
        "shift.received",
        Message(
            es: "Recibió el efectivo de un turno", en: "Received a shift's cash", pt: "Recebeu o dinheiro de um turno")
    )
    package static let tillCreated = EventKind(
        "till.created", Message(es: "Agregó una caja", en: "Added a till", pt: "Adicionou um caixa"))
    package static let cashTakenIn = EventKind(
        "shift.cash_taken_in",
        Message(
            es: "Pasó a su turno lo cobrado sin él", en: "Took cash into a shift that was taken without one",
            pt: "Passou ao turno o recebido sem ele"))
    package static let tillChanged = EventKind(
        "till.changed", Message(es: "Cambió una caja", en: "Changed a till", pt: "Alterou um caixa"))
    package static let cashDeskChanged = EventKind(
        "cash_desk.changed",
        Message(
            es: "Cambió cuándo se cobra en efectivo", en: "Changed when cash is taken",
            pt: "Alterou quando se recebe em dinheiro"))
}

extension Notice {
    package static let shiftOpened = Notice(
        "shift_opened", Message(es: "Turno abierto.", en: "Shift opened.", pt: "Turno aberto."))
    package static let shiftClosed = Notice(
        "shift_closed", Message(es: "Turno cerrado.", en: "Shift closed.", pt: "Turno fechado."))
    package static let paymentVoided = Notice(
        "payment_voided", Message(es: "Cobro anulado.", en: "Payment undone.", pt: "Recebimento anulado."))
    package static let cashReceived = Notice(
        "cash_received",
        Message(
            es: "El efectivo quedó en su caja.", tu: "El efectivo quedó en tu caja.",
            vos: "El efectivo quedó en tu caja.", en: "The cash is in your till.", pt: "O dinheiro ficou no seu caixa.")
    )
}

extension RoomDeclarations {
    package static let cashDesk = RoomDeclarations(
        "CashDesk",
        permissions: [
            GrantablePermission(
                .cashKeep,
                Message(
                    es: "Llevar caja: turno, movimientos y corte propios",
                    en: "Keep a till: one's own shift, movements and close",
                    pt: "Levar um caixa: turno, movimentos e fechamento próprios"),
                heldBy: [.cashier, .collector, .accountant], isWithinZones: true),
            GrantablePermission(
                .cashView,
                Message(
                    es: "Ver los turnos y cortes de todos", en: "See everybody's shifts and closes",
                    pt: "Ver os turnos e fechamentos de todos"),
                heldBy: [.accountant], lent: .toReaders),
            GrantablePermission(
                .cashManage,
                Message(
                    es: "Cambiar cajas y cerrar turnos ajenos", en: "Change tills and close others' shifts",
                    pt: "Alterar caixas e fechar turnos alheios"),
                heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.finance, 40), CashDeskWords.shifts.message, path: Shift.path, permission: .cashView,
                icon: .billing,
                synonyms: Message(es: "turno arqueo cierre", en: "shift count close", pt: "turno fechamento")),
            MenuEntry(
                .menu(.finance, 41), CashDeskWords.takings.message, path: "\(ShiftRoutes.home)/day",
                permission: .cashView, icon: .billing),
            MenuEntry(
                .menu(.collection, 14), CashDeskWords.mine.message, path: ShiftRoutes.home, permission: .cashKeep,
                icon: .billing,
                synonyms: Message(es: "turno corte arqueo", en: "shift close count", pt: "turno fechamento")),
            MenuEntry(
                .task([.cashier], 30), CashDeskWords.mine.message, path: ShiftRoutes.home, permission: .cashKeep,
                icon: .billing),
            MenuEntry(
                .task([.collector], 50), CashDeskWords.mineOnTheRoad.message, path: ShiftRoutes.home,
                permission: .cashKeep, icon: .billing),
            MenuEntry(
                .settings(.collection, 12), CashDeskWords.tills.message, path: Till.path, permission: .cashManage,
                icon: .billing),
            MenuEntry(
                .settings(.collection, 13),
                Message(es: "PIN de supervisor", en: "Supervisor's PIN", pt: "PIN de supervisor"),
                path: SupervisorRoutes.path, permission: .paymentsReverse, icon: .settings),
        ],
        notices: [.shiftOpened, .shiftClosed, .cashReceived, .paymentVoided],
        events: [
            .shiftOpened, .shiftClosed, .shiftMiscounted, .cashMoved, .cashMovementUndone, .cashReceived, .cashTakenIn,
            .tillCreated,
            .tillChanged,
            .cashDeskChanged,
        ],
        details: Till.detailKinds.filter { $0.name != "name" } + CashMovement.detailKinds + [
            DetailKind("shift", CashDeskWords.shift.message), DetailKind("keeper", CashDeskWords.keeper.message),
            DetailKind("till", CashDeskWords.till.message), .money("float", ShiftEntry.Kind.opening.message),
            DetailKind("payments", CashDeskWords.payments.message),
            .money("counted", CashDeskWords.counted.message),
            .money("expected", CashDeskWords.expected.message),
            .money("difference", CashDeskWords.difference.message),
            .flag("requires_shift", CashDeskWords.requiresShift.message),
        ],
        parts: [
            SupervisorRoutes.part, LooseCash.part, ShiftActs.afterPayment, ShiftActs.afterRefund, TenantFile.tills,
        ])
}

extension Room {
    package static let cashDesk = Room(
        .cashDesk,
        panel: { routes, context in
            ShiftRoutes(ShiftActs(randomness: context.randomness), sandbox: context.sandbox).add(to: &routes)
            TillRoutes(randomness: context.randomness).add(to: &routes)
            SupervisorRoutes(PaymentActs(randomness: context.randomness), context.signIn).add(to: &routes)
        },
        api: { routes, context in
            CashDeskAPI(ShiftActs(randomness: context.randomness), randomness: context.randomness).add(to: &routes)
        })
}
