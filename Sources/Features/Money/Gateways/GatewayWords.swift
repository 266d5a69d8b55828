import GatewayProtocol
import Locale

enum GatewayWords: MessageCatalogue {
    case byCard, inShops, byTransfer, disputed, givenBack, gateways, onlinePayments, onlinePayment, intro
    case whatStripe, whatMercadoPago, whatConekta, notSetUp, isOn, isOff, testMode, test, turnOn, turnOff
    case keysWork, mayNotCharge, otherCurrency, addressRegistered, addressMissing, account, secretKey
    case noticeAddress, notices, noNoticeSecret, forgedNotice, lastNotice, noNoticeYet, keys, secretHintStripe
    case secretHintMercadoPago, secretHintConekta, noticeSecret, noticeHintStripe, noticeHintMercadoPago
    case noticeHintConekta, saveKeys, state, every, filter, nonePaid, moment, customer, amount, gateway
    case askProvider, way, payReference, place, providerID, providerPayment, lookedAt, expires, written
    case decider, acceptHint, accept, reason, closeHint, close, story, noStory, times, payNow, notNow
    case payOnline, youOwe, noWays, mine, atProvider, opening, leaving, confirming, payWithReference, isPaid
    case wasNotPaid, hasExpired, isHeld, wentBack, goOn, toStart, contactFirst, clabe, bank

    var message: Message {
        switch self {
        case .byCard: Message(es: "Pagar con {name}", en: "Pay with {name}", pt: "Pagar com {name}")
        case .inShops:
            Message(
                es: "Pagar en efectivo en tiendas (OXXO)",
                en: "Pay cash at shops (OXXO)",
                pt: "Pagar em dinheiro em lojas (OXXO)")
        case .byTransfer:
            Message(
                es: "Pagar por transferencia (SPEI)",
                en: "Pay by transfer (SPEI)",
                pt: "Pagar por transferência (SPEI)")
        case .disputed:
            Message(
                es: "Contracargo avisado por {name}",
                en: "Chargeback told by {name}",
                pt: "Contestação avisada por {name}")
        case .givenBack:
            Message(
                es: "Devuelto al cliente en {name}",
                en: "Refunded to the customer at {name}",
                pt: "Devolvido ao cliente no {name}")
        case .gateways: Message(es: "Pasarelas de pago", en: "Payment gateways", pt: "Meios de pagamento on-line")
        case .onlinePayments: Message(es: "Pagos en línea", en: "On-line payments", pt: "Pagamentos on-line")
        case .onlinePayment: Message(es: "Pago en línea", en: "On-line payment", pt: "Pagamento on-line")
        case .intro:
            Message(
                es:
                    "Sus clientes pagan desde el portal y el pago se registra solo cuando el proveedor confirma que llegó.",
                en:
                    "Your customers pay from the portal, and the payment writes itself down once the provider confirms that it came.",
                pt:
                    "Seus clientes pagam pelo portal e o pagamento se registra sozinho quando o provedor confirma que chegou."
            )
        case .whatStripe:
            Message(
                es: "Tarjetas, en la página de Stripe.",
                en: "Cards, on Stripe's page.",
                pt: "Cartões, na página da Stripe.")
        case .whatMercadoPago:
            Message(
                es: "Tarjetas, efectivo y saldo, en la página de Mercado Pago.",
                en: "Cards, cash and balance, on Mercado Pago's page.",
                pt: "Cartões, dinheiro e saldo, na página do Mercado Pago.")
        case .whatConekta:
            Message(
                es: "Efectivo en OXXO y transferencias SPEI con una referencia para cada pago.",
                en: "Cash at OXXO and SPEI transfers, with a reference for each payment.",
                pt: "Dinheiro no OXXO e transferências SPEI, com uma referência para cada pagamento.")
        case .notSetUp: Message(es: "Sin configurar", en: "Not set up", pt: "Não configurado")
        case .isOn: Message(es: "Se ofrece", en: "Offered", pt: "Oferecido")
        case .isOff: Message(es: "Apagada", en: "Off", pt: "Desligado")
        case .testMode: Message(es: "Modo de prueba", en: "Test mode", pt: "Modo de teste")
        case .test: Message(es: "Probar claves", en: "Try the keys", pt: "Testar chaves")
        case .turnOn: Message(es: "Ofrecer a los clientes", en: "Offer to customers", pt: "Oferecer aos clientes")
        case .turnOff: Message(es: "Dejar de ofrecer", en: "Stop offering", pt: "Deixar de oferecer")
        case .keysWork:
            Message(
                es: "Las claves funcionan: son de {name}.",
                en: "The keys work: they are {name}'s.",
                pt: "As chaves funcionam: são de {name}.")
        case .mayNotCharge:
            Message(
                es:
                    "Las claves son de {name}, pero el proveedor todavía no deja cobrar a esa cuenta. Complete su registro con el proveedor.",
                en:
                    "The keys are {name}'s, but the provider does not let that account charge yet. Complete its registration with the provider.",
                pt:
                    "As chaves são de {name}, mas o provedor ainda não deixa essa conta cobrar. Complete o cadastro com o provedor."
            )
        case .otherCurrency:
            Message(
                es: "Esa cuenta no cobra en la moneda de la empresa: no se puede ofrecer.",
                en: "That account does not charge in the company's currency: it cannot be offered.",
                pt: "Essa conta não cobra na moeda da empresa: não pode ser oferecida.")
        case .addressRegistered:
            Message(
                es: "La dirección de avisos está registrada con el proveedor.",
                en: "The address for notices is registered with the provider.",
                pt: "O endereço de avisos está registrado no provedor.")
        case .addressMissing:
            Message(
                es:
                    "La dirección de avisos no está registrada con el proveedor. Cópiela de abajo en su panel; mientras tanto los pagos se confirman más tarde.",
                en:
                    "The address for notices is not registered with the provider. Copy it from below into its panel; until then payments are confirmed later.",
                pt:
                    "O endereço de avisos não está registrado no provedor. Copie-o abaixo no painel dele; até lá os pagamentos são confirmados mais tarde."
            )
        case .account: Message(es: "Cuenta", en: "Account", pt: "Conta")
        case .secretKey: Message(es: "Clave secreta", en: "Secret key", pt: "Chave secreta")
        case .noticeAddress:
            Message(
                es: "Dirección de avisos (webhook)",
                en: "Address for notices (webhook)",
                pt: "Endereço de avisos (webhook)")
        case .notices: Message(es: "Avisos", en: "Notices", pt: "Avisos")
        case .noNoticeSecret:
            Message(
                es: "Falta el secreto de los avisos: sin él no se aceptan, y los pagos se confirman más tarde.",
                en: "The notices' secret is missing: without it none is accepted, and payments are confirmed later.",
                pt: "Falta o segredo dos avisos: sem ele não são aceitos, e os pagamentos são confirmados mais tarde.")
        case .forgedNotice:
            Message(
                es:
                    "El último aviso ({moment}) no llevaba la firma correcta. Copie de nuevo el secreto de esta dirección.",
                en: "The last notice ({moment}) was not signed as it should be. Copy the secret of this address again.",
                pt: "O último aviso ({moment}) não tinha a assinatura correta. Copie de novo o segredo deste endereço.")
        case .lastNotice:
            Message(
                es: "El último llegó bien: {moment}.",
                en: "The last one came as it should: {moment}.",
                pt: "O último chegou bem: {moment}.")
        case .noNoticeYet:
            Message(
                es: "Todavía no llegó ninguno. Registre la dirección en el panel del proveedor y envíe uno de prueba.",
                en: "None came yet. Register the address in the provider's panel and send one to try.",
                pt: "Ainda não chegou nenhum. Registre o endereço no painel do provedor e envie um de teste.")
        case .keys: Message(es: "Claves", en: "Keys", pt: "Chaves")
        case .secretHintStripe:
            Message(
                es: "Empieza con sk_live_ o sk_test_. En Stripe: Desarrolladores, Claves de API.",
                en: "Begins with sk_live_ or sk_test_. At Stripe: Developers, API keys.",
                pt: "Começa com sk_live_ ou sk_test_. Na Stripe: Desenvolvedores, Chaves de API.")
        case .secretHintMercadoPago:
            Message(
                es: "El Access Token de producción. En Mercado Pago: Tus integraciones, Credenciales.",
                en: "The production Access Token. At Mercado Pago: Your integrations, Credentials.",
                pt: "O Access Token de produção. No Mercado Pago: Suas integrações, Credenciais.")
        case .secretHintConekta:
            Message(
                es: "La clave privada, que empieza con key_. En Conekta: Desarrolladores, Claves API.",
                en: "The private key, which begins with key_. At Conekta: Developers, API keys.",
                pt: "A chave privada, que começa com key_. Na Conekta: Desenvolvedores, Chaves API.")
        case .noticeSecret: Message(es: "Secreto de los avisos", en: "Notices' secret", pt: "Segredo dos avisos")
        case .noticeHintStripe:
            Message(
                es:
                    "Empieza con whsec_. Stripe lo muestra al registrar la dirección con los eventos checkout.session, charge.refunded y charge.dispute.created.",
                en:
                    "Begins with whsec_. Stripe shows it when the address is registered with the events checkout.session, charge.refunded and charge.dispute.created.",
                pt:
                    "Começa com whsec_. A Stripe o mostra ao registrar o endereço com os eventos checkout.session, charge.refunded e charge.dispute.created."
            )
        case .noticeHintMercadoPago:
            Message(
                es: "La clave secreta que Mercado Pago muestra al configurar los webhooks del evento Pagos.",
                en: "The secret that Mercado Pago shows when webhooks of the event Payments are set up.",
                pt: "A chave secreta que o Mercado Pago mostra ao configurar os webhooks do evento Pagamentos.")
        case .noticeHintConekta:
            Message(
                es: "La llave pública de los webhooks, completa, con sus líneas BEGIN y END.",
                en: "The webhooks' public key, whole, with its lines BEGIN and END.",
                pt: "A chave pública dos webhooks, inteira, com suas linhas BEGIN e END.")
        case .saveKeys: Message(es: "Probar y guardar", en: "Try and save", pt: "Testar e salvar")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .every: Message(es: "Todos", en: "All", pt: "Todos")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .nonePaid:
            Message(
                es: "Nadie ha pagado en línea todavía.",
                en: "Nobody has paid on line yet.",
                pt: "Ninguém pagou on-line ainda.")
        case .moment: Message(es: "Fecha", en: "Date", pt: "Data")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .gateway: Message(es: "Pasarela", en: "Gateway", pt: "Meio")
        case .askProvider: Message(es: "Preguntar al proveedor", en: "Ask the provider", pt: "Perguntar ao provedor")
        case .way: Message(es: "Forma", en: "Way", pt: "Forma")
        case .payReference:
            Message(
                es: "Referencia para pagar",
                en: "Reference to pay with",
                pt: "Referência para pagar")
        case .place: Message(es: "Dónde", en: "Where", pt: "Onde")
        case .providerID:
            Message(
                es: "Cobro en el proveedor",
                en: "Checkout at the provider",
                pt: "Cobrança no provedor")
        case .providerPayment:
            Message(
                es: "Pago en el proveedor",
                en: "Payment at the provider",
                pt: "Pagamento no provedor")
        case .lookedAt:
            Message(
                es: "Se preguntó al proveedor",
                en: "The provider was asked",
                pt: "O provedor foi consultado")
        case .expires: Message(es: "Vence", en: "Expires", pt: "Vence")
        case .written: Message(es: "Pago registrado", en: "Payment written down", pt: "Pagamento registrado")
        case .decider: Message(es: "Resuelto por", en: "Settled by", pt: "Resolvido por")
        case .acceptHint:
            Message(
                es: "Se registra un pago por lo que el proveedor dice que cobró.",
                en: "A payment is written down of what the provider says it charged.",
                pt: "Registra-se um pagamento do que o provedor diz que cobrou.")
        case .accept: Message(es: "Registrar lo cobrado", en: "Write down what was charged", pt: "Registrar o cobrado")
        case .reason: Message(es: "Qué se hizo", en: "What was done", pt: "O que foi feito")
        case .closeHint:
            Message(
                es: "Cierra la revisión sin registrar nada más.",
                en: "Closes it without writing anything else down.",
                pt: "Encerra a conferência sem registrar mais nada.")
        case .close: Message(es: "Cerrar revisión", en: "Close", pt: "Encerrar conferência")
        case .story: Message(es: "Avisos del proveedor", en: "The provider's notices", pt: "Avisos do provedor")
        case .noStory:
            Message(
                es: "El proveedor no ha avisado nada de este pago. Igual se le pregunta cada cierto tiempo.",
                en: "The provider has told nothing of this payment. It is asked from time to time anyway.",
                pt: "O provedor não avisou nada deste pagamento. Ele é consultado de tempos em tempos mesmo assim.")
        case .times: Message(es: "llegó {number} veces", en: "came {number} times", pt: "chegou {number} vezes")
        case .payNow: Message(es: "Pagar ahora", en: "Pay now", pt: "Pagar agora")
        case .notNow:
            Message(
                es: "Este pago no está disponible por el momento. Pruebe otra forma de pagar.",
                tu: "Este pago no está disponible por el momento. Prueba otra forma de pagar.",
                vos: "Este pago no está disponible por el momento. Probá otra forma de pagar.",
                en: "This way to pay is not available at the moment. Try another one.",
                pt: "Este pagamento não está disponível no momento. Tente outra forma de pagar.")
        case .payOnline: Message(es: "Pagar en línea", en: "Pay on line", pt: "Pagar on-line")
        case .youOwe:
            Message(
                es: "Debe {amount}",
                tu: "Debes {amount}",
                vos: "Debés {amount}",
                en: "You owe {amount}",
                pt: "Você deve {amount}")
        case .noWays:
            Message(
                es: "Por ahora no se puede pagar en línea.",
                en: "Paying on line is not possible for now.",
                pt: "Por enquanto não é possível pagar on-line.")
        case .mine: Message(es: "Mis pagos en línea", en: "My on-line payments", pt: "Meus pagamentos on-line")
        case .atProvider:
            Message(
                es: "Los datos de su tarjeta se escriben en la página del proveedor, no aquí.",
                tu: "Los datos de tu tarjeta se escriben en la página del proveedor, no aquí.",
                en: "Your card's details are written on the provider's page, not here.",
                pt: "Os dados do seu cartão são escritos na página do provedor, não aqui.")
        case .opening:
            Message(
                es: "Estamos preparando su pago.",
                tu: "Estamos preparando tu pago.",
                en: "We are preparing your payment.",
                pt: "Estamos preparando seu pagamento.")
        case .leaving:
            Message(
                es: "Le llevamos a {name} para pagar.",
                tu: "Te llevamos a {name} para pagar.",
                en: "You are taken to {name} to pay.",
                pt: "Levamos você ao {name} para pagar.")
        case .confirming:
            Message(
                es: "Estamos confirmando su pago.",
                tu: "Estamos confirmando tu pago.",
                en: "We are confirming your payment.",
                pt: "Estamos confirmando seu pagamento.")
        case .payWithReference:
            Message(
                es: "Pague con esta referencia antes de que venza. Se confirma solo.",
                tu: "Paga con esta referencia antes de que venza. Se confirma solo.",
                vos: "Pagá con esta referencia antes de que venza. Se confirma solo.",
                en: "Pay with this reference before it expires. It is confirmed by itself.",
                pt: "Pague com esta referência antes de vencer. Confirma-se sozinho.")
        case .isPaid:
            Message(
                es: "Recibimos su pago. Gracias.",
                tu: "Recibimos tu pago. Gracias.",
                en: "We received your payment. Thank you.",
                pt: "Recebemos seu pagamento. Obrigado.")
        case .wasNotPaid:
            Message(
                es: "El pago no se hizo. Puede intentar de nuevo.",
                tu: "El pago no se hizo. Puedes intentar de nuevo.",
                vos: "El pago no se hizo. Podés intentar de nuevo.",
                en: "The payment was not made. You can try again.",
                pt: "O pagamento não foi feito. Pode tentar de novo.")
        case .hasExpired:
            Message(
                es: "El plazo para pagar venció. Puede pedir otro.",
                tu: "El plazo para pagar venció. Puedes pedir otro.",
                vos: "El plazo para pagar venció. Podés pedir otro.",
                en: "The time to pay is over. You can ask for another.",
                pt: "O prazo para pagar venceu. Pode pedir outro.")
        case .isHeld:
            Message(
                es: "Estamos revisando su pago. Le avisaremos.",
                tu: "Estamos revisando tu pago. Te avisaremos.",
                en: "We are looking at your payment. You will hear from us.",
                pt: "Estamos conferindo seu pagamento. Vamos avisar você.")
        case .wentBack:
            Message(
                es: "El dinero de este pago le fue devuelto.",
                tu: "El dinero de este pago te fue devuelto.",
                en: "The money of this payment went back to you.",
                pt: "O dinheiro deste pagamento foi devolvido a você.")
        case .goOn: Message(es: "Ir a pagar en {name}", en: "Go to {name} to pay", pt: "Ir pagar no {name}")
        case .contactFirst:
            Message(
                es: "Para pagar así hacen falta su correo y su teléfono. Escríbalos en Mis datos.",
                tu: "Para pagar así hacen falta tu correo y tu teléfono. Escríbelos en Mis datos.",
                vos: "Para pagar así hacen falta tu correo y tu teléfono. Escribilos en Mis datos.",
                en: "This way to pay needs your e-mail and telephone. Write them in My details.",
                pt: "Para pagar assim são precisos seu e-mail e seu telefone. Escreva-os em Meus dados.")
        case .clabe: Message(es: "CLABE", en: "CLABE", pt: "CLABE")
        case .bank: Message(es: "Banco", en: "Bank", pt: "Banco")
        case .toStart: Message(es: "Volver al inicio", en: "Back to the start", pt: "Voltar ao início")
        }
    }

    var isTrouble: Bool { [.mayNotCharge, .otherCurrency, .addressMissing].contains(self) }

    static func what(of provider: GatewayProvider) -> GatewayWords {
        switch provider {
        case .stripe: .whatStripe
        case .mercadopago: .whatMercadoPago
        case .conekta: .whatConekta
        }
    }

    static func secretHint(of provider: GatewayProvider) -> GatewayWords {
        switch provider {
        case .stripe: .secretHintStripe
        case .mercadopago: .secretHintMercadoPago
        case .conekta: .secretHintConekta
        }
    }

    static func noticeHint(of provider: GatewayProvider) -> GatewayWords {
        switch provider {
        case .stripe: .noticeHintStripe
        case .mercadopago: .noticeHintMercadoPago
        case .conekta: .noticeHintConekta
        }
    }
}
