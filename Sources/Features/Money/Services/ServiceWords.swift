import Locale

enum ServiceWords: MessageCatalogue {
    case owes, owesNothing
    case services, none, noneOfCustomer, search, new, edit, history, charges, place, plan, price, state, day, what,
        author
    case activate, changePlan, changePrice, freeze, unfreeze, unfreezeText, move, cancel, cut, reconnect, reconnectText
    case addCharge, addPromotion, addCredit, endCharge, until, fiscal, newFiscal, editFiscal, doubtfulTaxID, noFiscal
    case cutText, cancelText, activateShort, cutShort, reconnectShort
    case terms, activated, cancelled, frozen, wasCut, reconnected, moved, promotion, acts
    case paidThenCut, seeCost, otherPlan, planByMonth, planByDays
    case agreedPrice, giveDays, paidThrough, paidUntil, daysOnCredit, bought

    var message: Message {
        switch self {
        case .services: Message(es: "Servicios", en: "Services", pt: "Serviços")
        case .none:
            Message(es: "Todavía no hay servicios.", en: "There are no services yet.", pt: "Ainda não há serviços.")
        case .noneOfCustomer:
            Message(
                es: "Este cliente no tiene servicios.", en: "This customer has no services.",
                pt: "Este cliente não tem serviços.")
        case .search:
            Message(
                es: "Nombre, teléfono o número del cliente", en: "The customer's name, phone or number",
                pt: "Nome, telefone ou número do cliente")
        case .new: Message(es: "Crear servicio", en: "Create service", pt: "Criar serviço")
        case .edit: Message(es: "Editar", en: "Edit", pt: "Editar")
        case .history: Message(es: "Historial del servicio", en: "History of the service", pt: "Histórico do serviço")
        case .charges: Message(es: "Cargos adicionales", en: "Additional charges", pt: "Cobranças adicionais")
        case .place: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .price: Message(es: "Precio", en: "Price", pt: "Preço")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .what: Message(es: "Qué pasó", en: "What happened", pt: "O que houve")
        case .author: Message(es: "Quién", en: "Who", pt: "Quem")
        case .acts: Message(es: "Acciones del servicio", en: "Acts on the service", pt: "Ações do serviço")
        case .activate: Message(es: "Activar servicio", en: "Activate service", pt: "Ativar serviço")
        case .changePlan: Message(es: "Cambiar plan", en: "Change plan", pt: "Mudar plano")
        case .paidThenCut:
            Message(
                es: "Pagado hasta el {day}; después se corta mientras no compre días.",
                en: "Paid until {day}; then it is cut until days are bought.",
                pt: "Pago até {day}; depois é cortado enquanto não comprar dias.")
        case .seeCost: Message(es: "Ver cuánto cuesta", en: "See what it costs", pt: "Ver quanto custa")
        case .otherPlan: Message(es: "Elegir otro plan", en: "Choose another plan", pt: "Escolher outro plano")
        case .planByMonth:
            Message(
                es: "{plan} desde el {day}: {amount} al mes", en: "{plan} from {day}: {amount} a month",
                pt: "{plan} a partir de {day}: {amount} por mês")
        case .planByDays:
            Message(
                es: "{plan} desde el {day}: {days} días por {amount}",
                en: "{plan} from {day}: {days} days for {amount}",
                pt: "{plan} a partir de {day}: {days} dias por {amount}")
        case .changePrice: Message(es: "Acordar precio", en: "Agree on a price", pt: "Combinar preço")
        case .freeze: Message(es: "Congelar servicio", en: "Freeze service", pt: "Congelar serviço")
        case .unfreeze: Message(es: "Descongelar servicio", en: "Unfreeze service", pt: "Descongelar serviço")
        case .unfreezeText:
            Message(
                es: "El servicio vuelve hoy y se cobra desde hoy.",
                en: "The service returns today and is charged from today.",
                pt: "O serviço volta hoje e é cobrado a partir de hoje.")
        case .move: Message(es: "Mudar de domicilio", en: "Move", pt: "Mudar de endereço")
        case .cancel: Message(es: "Cancelar servicio", en: "Cancel service", pt: "Cancelar serviço")
        case .cut: Message(es: "Cortar servicio", en: "Cut service", pt: "Cortar serviço")
        case .reconnect: Message(es: "Reconectar servicio", en: "Reconnect service", pt: "Reconectar serviço")
        case .reconnectText:
            Message(
                es: "El servicio queda por reconectar hasta que su router lo confirme.",
                en: "The service is to be connected until its router confirms it.",
                pt: "O serviço fica a reconectar até o roteador confirmar.")
        case .cutText:
            Message(
                es:
                    "El servicio queda por cortar hasta que su router lo confirme. Después no hay internet hasta reconectarlo.",
                en:
                    "The service is to be cut until its router confirms it. Then there is no internet until it is reconnected.",
                pt: "O serviço fica a cortar até o roteador confirmar. Depois não há internet até a reconexão.")
        case .owes:
            Message(es: "El cliente debe {amount}.", en: "The customer owes {amount}.", pt: "O cliente deve {amount}.")
        case .owesNothing:
            Message(
                es: "El cliente no debe nada.", en: "The customer owes nothing.", pt: "O cliente não deve nada.")
        case .cancelText:
            Message(
                es: "El servicio termina ese día y no vuelve: para volver se crea otro.",
                en: "The service ends on that day and does not come back: to return, another is created.",
                pt: "O serviço termina nesse dia e não volta: para voltar, cria-se outro.")
        case .activateShort: Message(es: "Activar", en: "Activate", pt: "Ativar")
        case .cutShort: Message(es: "Cortar", en: "Cut", pt: "Cortar")
        case .reconnectShort: Message(es: "Reconectar", en: "Reconnect", pt: "Reconectar")
        case .addCharge: Message(es: "Agregar cargo", en: "Add charge", pt: "Adicionar cobrança")
        case .addCredit:
            Message(es: "Descontar una vez", en: "Take something off once", pt: "Descontar uma vez")
        case .addPromotion: Message(es: "Agregar promoción", en: "Add promotion", pt: "Adicionar promoção")
        case .agreedPrice: Message(es: "Precio acordado", en: "Agreed price", pt: "Preço combinado")
        case .giveDays: Message(es: "Dar días", en: "Give days", pt: "Dar dias")
        case .paidThrough: Message(es: "Último día pagado", en: "Last paid day", pt: "Último dia pago")
        case .paidUntil:
            Message(es: "Pagado hasta el {until}", en: "Paid until {until}", pt: "Pago até {until}")
        case .daysOnCredit:
            Message(
                es: "Con días hasta el {until} · sin pagar", en: "Has days until {until} · not paid",
                pt: "Com dias até {until} · sem pagar")
        case .bought: Message(es: "Días prepago: {days}", en: "Prepaid days: {days}", pt: "Dias pré-pagos: {days}")
        case .endCharge: Message(es: "Quitar", en: "Take off", pt: "Retirar")
        case .until: Message(es: "hasta el {until}", en: "until {until}", pt: "até {until}")
        case .fiscal: Message(es: "Datos fiscales", en: "Tax details", pt: "Dados fiscais")
        case .newFiscal: Message(es: "Agregar datos fiscales", en: "Add tax details", pt: "Adicionar dados fiscais")
        case .editFiscal: Message(es: "Editar datos fiscales", en: "Edit tax details", pt: "Editar dados fiscais")
        case .noFiscal: Message(es: "Público en general", en: "The public in general", pt: "Público em geral")
        case .doubtfulTaxID:
            Message(
                es: "El dígito verificador no corresponde. Compruébelo con la constancia fiscal.",
                en: "The check digit does not fit. Compare it with the tax office's paper.",
                pt: "O dígito verificador não confere. Compare com o documento fiscal.")
        case .terms: Message(es: "Plan {plan}", en: "Plan {plan}", pt: "Plano {plan}")
        case .activated: Message(es: "Activado", en: "Activated", pt: "Ativado")
        case .cancelled: Message(es: "Cancelado: {reason}", en: "Cancelled: {reason}", pt: "Cancelado: {reason}")
        case .frozen: Message(es: "Congelado", en: "Frozen", pt: "Congelado")
        case .wasCut: Message(es: "Cortado: {reason}", en: "Cut: {reason}", pt: "Cortado: {reason}")
        case .reconnected: Message(es: "Reconectado", en: "Reconnected", pt: "Reconectado")
        case .moved: Message(es: "Mudado a {address}", en: "Moved to {address}", pt: "Mudou para {address}")
        case .promotion: Message(es: "Promoción", en: "Promotion", pt: "Promoção")
        }
    }
}
