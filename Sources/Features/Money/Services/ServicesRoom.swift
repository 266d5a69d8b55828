import API
import Assembly
import Declarations
import Ledger
import Locale
import Nouns
import Panel
import Postgres

extension Permission {
    package static let servicesRead = Permission("services.read")
    package static let servicesManage = Permission("services.manage")
    package static let servicesActivate = Permission("services.activate")
    package static let servicesCut = Permission("services.cut")
    package static let servicesPrice = Permission("services.price")
}

extension EventKind {
    package static let serviceCreated = EventKind(
        "service.created", Message(es: "Vendió un servicio", en: "Sold a service", pt: "Vendeu um serviço"),
        told: Message(es: "Servicio vendido", en: "Service sold", pt: "Serviço vendido"), to: .servicesRead)
    package static let serviceChanged = EventKind(
        "service.changed", Message(es: "Cambió un servicio", en: "Changed a service", pt: "Alterou um serviço"),
        told: Message(es: "Servicio cambiado", en: "Service changed", pt: "Serviço alterado"), to: .servicesRead)
    package static let serviceActivated = EventKind(
        "service.activated", Message(es: "Activó un servicio", en: "Activated a service", pt: "Ativou um serviço"),
        told: Message(es: "Servicio activado", en: "Service activated", pt: "Serviço ativado"), to: .servicesRead)
    package static let servicePlanChanged = EventKind(
        "service.plan_changed",
        Message(es: "Cambió el plan de un servicio", en: "Changed a service's plan", pt: "Mudou o plano de um serviço"),
        told: Message(
            es: "Plan de un servicio cambiado", en: "Service's plan changed", pt: "Plano de um serviço alterado"),
        to: .servicesRead)
    package static let servicePriceChanged = EventKind(
        "service.price_changed", Message(es: "Acordó un precio", en: "Agreed on a price", pt: "Combinou um preço"),
        told: Message(es: "Precio acordado", en: "Price agreed", pt: "Preço combinado"), to: .servicesRead)
    package static let serviceFrozen = EventKind(
        "service.frozen", Message(es: "Congeló un servicio", en: "Froze a service", pt: "Congelou um serviço"),
        told: Message(es: "Servicio congelado", en: "Service frozen", pt: "Serviço congelado"), to: .servicesRead)
    package static let serviceUnfrozen = EventKind(
        "service.unfrozen",
        Message(es: "Descongeló un servicio", en: "Unfroze a service", pt: "Descongelou um serviço"),
        told: Message(es: "Servicio descongelado", en: "Service unfrozen", pt: "Serviço descongelado"),
        to: .servicesRead)
    package static let serviceMoved = EventKind(
        "service.moved",
        Message(es: "Mudó un servicio de domicilio", en: "Moved a service", pt: "Mudou um serviço de endereço"),
        told: Message(es: "Servicio mudado", en: "Service moved", pt: "Serviço transferido"), to: .servicesRead)
    package static let serviceCancelled = EventKind(
        "service.cancelled", Message(es: "Canceló un servicio", en: "Cancelled a service", pt: "Cancelou um serviço"),
        told: Message(es: "Servicio cancelado", en: "Service cancelled", pt: "Serviço cancelado"), to: .servicesRead)
    package static let serviceCut = EventKind(
        "service.cut",
        Message(es: "Ordenó cortar un servicio", en: "Ordered a service to be cut", pt: "Ordenou cortar um serviço"),
        told: Message(es: "Servicio cortado", en: "Service cut", pt: "Serviço cortado"), to: .servicesRead)
    package static let serviceReconnected = EventKind(
        "service.reconnected",
        Message(
            es: "Ordenó reconectar un servicio", en: "Ordered a service to be reconnected",
            pt: "Ordenou reconectar um serviço"),
        told: Message(es: "Servicio reconectado", en: "Service reconnected", pt: "Serviço reconectado"),
        to: .servicesRead)
    package static let serviceChargeAdded = EventKind(
        "service.charge_added", Message(es: "Agregó un cargo", en: "Added a charge", pt: "Adicionou uma cobrança"),
        told: Message(es: "Cargo agregado", en: "Charge added", pt: "Cobrança adicionada"), to: .servicesRead)
    package static let serviceChargeEnded = EventKind(
        "service.charge_ended", Message(es: "Quitó un cargo", en: "Took off a charge", pt: "Retirou uma cobrança"),
        told: Message(es: "Cargo quitado", en: "Charge taken off", pt: "Cobrança retirada"), to: .servicesRead)
    package static let servicePromotionAdded = EventKind(
        "service.promotion_added",
        Message(es: "Agregó una promoción", en: "Added a promotion", pt: "Adicionou uma promoção"),
        told: Message(es: "Promoción agregada", en: "Promotion added", pt: "Promoção adicionada"), to: .servicesRead)
    package static let serviceCreditAdded = EventKind(
        "service.credit_added",
        Message(
            es: "Descontó de la próxima factura", en: "Took something off the next invoice",
            pt: "Descontou da próxima fatura"),
        told: Message(
            es: "Descuento en la próxima factura", en: "Discount on the next invoice", pt: "Desconto na próxima fatura"),
        to: .servicesRead)
    package static let serviceDaysGiven = EventKind(
        "service.days_given", Message(es: "Dio días prepago", en: "Gave prepaid days", pt: "Deu dias pré-pagos"),
        told: Message(es: "Días prepago dados", en: "Prepaid days given", pt: "Dias pré-pagos dados"),
        to: .servicesRead)
    package static let pricesRaised = EventKind(
        "services.prices_raised",
        Message(es: "Subió el precio de un plan", en: "Raised a plan's price", pt: "Aumentou o preço de um plano"),
        told: Message(es: "Precio de un plan subido", en: "Plan's price raised", pt: "Preço de um plano aumentado"),
        to: .servicesRead)
    package static let servicesSettled = EventKind(
        "services.settled",
        Message(
            es: "Puso al día el estado de clientes y servicios", en: "Brought the status of customers up to date",
            pt: "Atualizou a situação de clientes e serviços"))
    package static let fiscalProfileCreated = EventKind(
        "fiscal_profile.created",
        Message(es: "Agregó datos fiscales", en: "Added tax details", pt: "Adicionou dados fiscais"),
        told: Message(es: "Datos fiscales agregados", en: "Tax details added", pt: "Dados fiscais adicionados"),
        to: .servicesRead)
    package static let fiscalProfileChanged = EventKind(
        "fiscal_profile.changed",
        Message(es: "Cambió datos fiscales", en: "Changed tax details", pt: "Alterou dados fiscais"),
        told: Message(es: "Datos fiscales cambiados", en: "Tax details changed", pt: "Dados fiscais alterados"),
        to: .servicesRead)
}

extension Notice {
    package static let cutOrdered = Notice(
        "cut_ordered", Message(es: "Corte ordenado.", en: "The cut is ordered.", pt: "Corte ordenado."),
        undoneAt: "/panel/services/cuts/undo")
    package static let reconnectionOrdered = Notice(
        "reconnection_ordered",
        Message(es: "Reconexión ordenada.", en: "The reconnection is ordered.", pt: "Reconexão ordenada."))
    package static let pricesRaised = Notice(
        "prices_raised",
        Message(
            es: "El precio subirá ese día. Los avisos van en camino.",
            en: "The price will rise on that day. The notices are on their way.",
            pt: "O preço vai subir nesse dia. Os avisos estão a caminho."))
}

extension LetterKind {
    package static let priceRise = LetterKind(
        "price_rise", Message(es: "Cambio de precio", en: "Change of price", pt: "Mudança de preço"))
}

extension RoomDeclarations {
    package static let services = RoomDeclarations(
        "Services",
        permissions: [
            GrantablePermission(
                .servicesRead, Message(es: "Ver servicios", en: "See services", pt: "Ver serviços"),
                heldBy: .everyRole, isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .servicesManage,
                Message(
                    es: "Vender servicios, cambiar plan, congelar, mudar y cancelar",
                    en: "Sell services, change plan, freeze, move and cancel",
                    pt: "Vender serviços, mudar plano, congelar, transferir e cancelar"),
                heldBy: [.support], isWithinZones: true),
            GrantablePermission(
                .servicesActivate,
                Message(
                    es: "Activar servicios instalados", en: "Activate installed services",
                    pt: "Ativar serviços instalados"),
                heldBy: [.support, .technician], isWithinZones: true),
            GrantablePermission(
                .servicesCut,
                Message(
                    es: "Cortar y reconectar servicios", en: "Cut and reconnect services",
                    pt: "Cortar e reconectar serviços"),
                heldBy: [.support, .noc], isWithinZones: true),
            GrantablePermission(
                .servicesPrice,
                Message(
                    es: "Acordar precios, cargos y promociones", en: "Agree on prices, charges and promotions",
                    pt: "Combinar preços, cobranças e promoções"),
                heldBy: .ownerOnly, isWithinZones: true),
        ],
        menu: [
            MenuEntry(
                .menu(.customers, 20), Message(es: "Servicios", en: "Services", pt: "Serviços"),
                path: "/panel/services", permission: .servicesRead, icon: .billing,
                synonyms: Message(
                    es: "conexiones suscripciones líneas", en: "connections subscriptions lines",
                    pt: "conexões assinaturas linhas")),
            MenuEntry(
                .task([.technician], 10), Message(es: "Instalaciones", en: "Installations", pt: "Instalações"),
                path: "\(ServiceRow.list.path)?state=pending", permission: .servicesActivate, icon: .check,
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM services WHERE tenant_id = \(tenant) AND state = 'pending' LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .act, PriceRiseWords.title.message, path: "\(PriceRiseRoutes.path)/new", permission: .servicesPrice,
                icon: .billing,
                synonyms: Message(
                    es: "aumento tarifas incremento ajuste", en: "increase rates adjustment",
                    pt: "reajuste tarifas aumento")),
        ],
        notices: [.cutOrdered, .reconnectionOrdered, .pricesRaised],
        events: [
            .serviceCreated, .serviceChanged, .serviceActivated, .servicePlanChanged, .servicePriceChanged,
            .serviceFrozen, .serviceUnfrozen, .serviceMoved, .serviceCancelled, .serviceCut, .serviceReconnected,
            .serviceChargeAdded, .serviceChargeEnded, .servicePromotionAdded, .serviceCreditAdded,
            .serviceDaysGiven,
            .pricesRaised, .servicesSettled,
            .fiscalProfileCreated, .fiscalProfileChanged,
        ],
        details: details,
        letters: [.priceRise],
        customerTabs: [
            CustomerTab(
                15, Message(es: "Servicios", en: "Services", pt: "Serviços"), path: "/services",
                permission: .servicesRead)
        ],
        parts: CustomerServices.parts)

    /// The details of all its nouns, which share many property names.
    private static let details: [DetailKind] = {
        var details = [
            DetailKind("services", Message(es: "Servicios", en: "Services", pt: "Serviços")),
            DetailKind("customers", Message(es: "Clientes", en: "Customers", pt: "Clientes")),
            DetailKind("plan", Message(es: "Plan", en: "Plan", pt: "Plano")),
            DetailKind("reason", Message(es: "Motivo", en: "Reason", pt: "Motivo")) { word, _, reader in
                (Cut.Reason(rawValue: word)?.message ?? Cancellation.Reason(rawValue: word)?.message)?
                    .text(for: reader) ?? word
            },
        ]
        let nouns = [
            Service.detailKinds, Cancellation.detailKinds, Freeze.detailKinds, ServiceCharge.detailKinds,
            ServicePromotion.detailKinds, ServiceCredit.detailKinds, DayCredit.detailKinds, PriceChange.detailKinds,
            Move.detailKinds,
            FiscalProfile.detailKinds,
        ]
        for kind in nouns.joined() where !details.contains(where: { $0.name == kind.name }) { details.append(kind) }
        return details
    }()
}

extension Room {
    package static let services = Room(
        .services,
        panel: { routes, context in
            ServiceRoutes(randomness: context.randomness, files: context.files).add(to: &routes)
        },
        api: { routes, context in ServiceAPI(randomness: context.randomness).add(to: &routes) },
        onPortal: CustomerServices.ofSubscriber,
        jobs: { jobs, context in
            jobs.add(SettleServices.self) { try await $0.run(in: $1, knowing: context.catalogue) }
        },
        nightly: [SettleServices.self], letters: PriceRiseLetters.add)
}
