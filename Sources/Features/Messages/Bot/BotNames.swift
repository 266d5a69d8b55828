import Locale

/// Answers that others lead to.
package enum BotNames {
    static let menu = "menu"
    static let person = "person"
    static let receipt = "receipt"
    static let link = "link"
    static let balance = "balance"
    static let howToPay = "how_to_pay"
    static let promise = "promise"
    static let invoice = "invoice"
    static let report = "report"
    static let days = "days"
    static let service = "service"
    static let connection = "connection"

    static let menuButton = BotButton.open(menu, BotTitles.menu.message)
    static let personButton = BotButton.open(person, BotTitles.person.message)
    static let howToPayButton = BotButton.open(howToPay, BotTitles.howToPay.message)
}

/// Titles of buttons: at most 20 characters, as WhatsApp cuts longer ones.
enum BotTitles: MessageCatalogue {
    case menu, person, balance, howToPay, promise, invoice, service, connection, report, days, link, signUp, office
    case paid, wifi, changePlan, stillFailing, works, leave, greeting, thanks, farewell, yes, no, all, cancel

    var message: Message {
        switch self {
        case .menu: Message(es: "Menú", en: "Menu", pt: "Menu")
        case .person: Message(es: "Hablar con alguien", en: "Talk to a person", pt: "Falar com alguém")
        case .balance: Message(es: "Mi saldo", en: "My balance", pt: "Meu saldo")
        case .howToPay: Message(es: "Cómo pagar", en: "How to pay", pt: "Como pagar")
        case .promise: Message(es: "Prometer pago", en: "Promise to pay", pt: "Prometer pagamento")
        case .invoice: Message(es: "Mi factura", en: "My invoice", pt: "Minha fatura")
        case .service: Message(es: "Mi servicio", en: "My service", pt: "Meu serviço")
        case .connection: Message(es: "Mi conexión", en: "My connection", pt: "Minha conexão")
        case .report: Message(es: "Reportar una falla", en: "Report a fault", pt: "Relatar uma falha")
        case .days: Message(es: "Comprar días", en: "Buy days", pt: "Comprar dias")
        case .link: Message(es: "Vincular mi chat", en: "Link my chat", pt: "Vincular meu chat")
        case .signUp: Message(es: "Contratar", en: "Sign up", pt: "Contratar")
        case .office: Message(es: "Horario y dirección", en: "Hours and address", pt: "Horário e endereço")
        case .paid: Message(es: "Ya pagué", en: "I have paid", pt: "Já paguei")
        case .wifi: Message(es: "Clave del wifi", en: "Wifi password", pt: "Senha do wifi")
        case .changePlan: Message(es: "Cambiar de plan", en: "Change plan", pt: "Mudar de plano")
        case .stillFailing: Message(es: "Sigue igual", en: "Still the same", pt: "Continua igual")
        case .works: Message(es: "Ya funciona", en: "It works now", pt: "Já funciona")
        case .leave: Message(es: "Dar de baja", en: "Give it up", pt: "Cancelar serviço")
        case .greeting: Message(es: "Saludo", en: "Greeting", pt: "Saudação")
        case .thanks: Message(es: "Gracias", en: "Thanks", pt: "Obrigado")
        case .farewell: Message(es: "Despedida", en: "Farewell", pt: "Despedida")
        case .yes: Message(es: "Sí", en: "Yes", pt: "Sim")
        case .no: Message(es: "No", en: "No", pt: "Não")
        case .all: Message(es: "Todo", en: "All of it", pt: "Tudo")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        }
    }
}
