import Locale

enum TelephonyWords: MessageCatalogue {
    case name, note, number, state, kind, reason, customer, choose, everyone, edit, delete, deleteTitle
    case deleteText, liveCalls, noneLive, ringing, calls, callsIntro, noCalls, callsSynonyms, voiceSynonyms
    case carriersSynonyms, decksSynonyms, policySynonyms, started, answered, ended, account, caller, dialled
    case callee, destination, seconds, amount, cost, carrier, code, sipID, since, until, accounts, accountsIntro
    case noAccounts, newAccount, sellDeck, addresses, addressesHint, payment, creditLimit, creditLimitHint, pace
    case channels, longest, margin, marginHint, country, countryHint, nationalDigits, accessCode, unposted
    case blockedBy, unblock, rule, carriers, carriersIntro, noCarriers, newCarrier, address, port, techPrefix
    case techPrefixHint, buyDeck, priority, priorityHint, live, decks, decksIntro, noDecks, newDeck, rates
    case noRates, importRates, prefix, prefixHint, price, billing, fee, effective, ends, csv, csvHint, whole
    case preview, take, before, added, dearer, cheaper, unchanged, ending, doubled, unreadableLines, blocks
    case blocksIntro, noBlocks, newBlock, policy, policyIntro, emergency, emergencyHint, shortCalls, zeroIsOff
    case failedCalls, nightCalls, hourSpend, blockedMinutes

    var message: Message {
        switch self {
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .number: Message(es: "Número", en: "Number", pt: "Número")
        case .state: Message(es: "Estado", en: "State", pt: "Estado")
        case .kind: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .choose: Message(es: "Elija uno", tu: "Elige uno", vos: "Elegí uno", en: "Choose one", pt: "Escolha um")
        case .everyone: Message(es: "Todos", en: "All", pt: "Todos")
        case .edit: Message(es: "Editar", en: "Edit", pt: "Editar")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deleteTitle: Message(es: "¿Eliminar {name}?", en: "Delete {name}?", pt: "Excluir {name}?")
        case .deleteText:
            Message(
                es: "No se puede deshacer. Lo que está en uso no se elimina.",
                en: "It cannot be undone. What is in use is not deleted.",
                pt: "Não pode ser desfeito. O que está em uso não é excluído.")
        case .liveCalls: Message(es: "Llamadas en curso", en: "Live calls", pt: "Chamadas em curso")
        case .noneLive:
            Message(
                es: "No hay llamadas en este momento.",
                en: "There are no calls at this moment.", pt: "Não há chamadas neste momento.")
        case .ringing: Message(es: "Timbrando", en: "Ringing", pt: "Chamando")
        case .calls: Message(es: "Llamadas (CDR)", en: "Calls (CDR)", pt: "Chamadas (CDR)")
        case .callsIntro:
            Message(
                es: "Cada intento con su resultado, lo que duró y lo que costó.",
                en: "Every attempt with its outcome, how long it lasted and what it cost.",
                pt: "Cada tentativa com seu resultado, quanto durou e quanto custou.")
        case .noCalls:
            Message(es: "Todavía no hay llamadas.", en: "There are no calls yet.", pt: "Ainda não há chamadas.")
        case .callsSynonyms:
            Message(
                es: "cdr detalle de llamadas consumo tráfico",
                en: "cdr call records usage traffic", pt: "cdr detalhe de chamadas consumo tráfego")
        case .voiceSynonyms: Message(es: "voip sip telefonía", en: "voip sip telephony", pt: "voip sip telefonia")
        case .carriersSynonyms:
            Message(
                es: "troncales proveedores rutas lcr gateways",
                en: "trunks wholesalers routes lcr gateways", pt: "troncos fornecedores rotas lcr gateways")
        case .decksSynonyms:
            Message(
                es: "lcr precios prefijos rate deck",
                en: "lcr prices prefixes rate deck", pt: "lcr preços prefixos rate deck")
        case .policySynonyms:
            Message(es: "fraude emergencias 911", en: "fraud emergencies 911", pt: "fraude emergências 190")
        case .started: Message(es: "Inicio", en: "Began", pt: "Início")
        case .answered: Message(es: "Contestada", en: "Answered", pt: "Atendida")
        case .ended: Message(es: "Fin", en: "Ended", pt: "Fim")
        case .account: Message(es: "Cliente SIP", en: "SIP customer", pt: "Cliente SIP")
        case .caller: Message(es: "Origen", en: "Caller", pt: "Origem")
        case .dialled: Message(es: "Marcado", en: "Dialled", pt: "Discado")
        case .callee: Message(es: "Número llamado", en: "Called number", pt: "Número chamado")
        case .destination: Message(es: "Destino", en: "Destination", pt: "Destino")
        case .seconds: Message(es: "Segundos", en: "Seconds", pt: "Segundos")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .cost: Message(es: "Costo", en: "Cost", pt: "Custo")
        case .carrier: Message(es: "Carrier", en: "Carrier", pt: "Operadora")
        case .code: Message(es: "Código SIP", en: "SIP code", pt: "Código SIP")
        case .sipID: Message(es: "Call-ID de SIP", en: "SIP Call-ID", pt: "Call-ID do SIP")
        case .since: Message(es: "Desde", en: "From", pt: "Desde")
        case .until: Message(es: "Hasta", en: "To", pt: "Até")
        case .accounts: Message(es: "Clientes SIP", en: "SIP customers", pt: "Clientes SIP")
        case .accountsIntro:
            Message(
                es: "Clientes que llaman desde sus direcciones IP, con sus límites y su lista de tarifas.",
                en: "Customers who call from their IP addresses, with their limits and their rate deck.",
                pt: "Clientes que ligam de seus endereços IP, com seus limites e sua lista de tarifas.")
        case .noAccounts:
            Message(
                es: "Todavía no hay clientes SIP.",
                en: "There are no SIP customers yet.", pt: "Ainda não há clientes SIP.")
        case .newAccount: Message(es: "Agregar cliente SIP", en: "Add a SIP customer", pt: "Adicionar cliente SIP")
        case .sellDeck: Message(es: "Tarifas de venta", en: "Selling rates", pt: "Tarifas de venda")
        case .addresses: Message(es: "Direcciones IP", en: "IP addresses", pt: "Endereços IP")
        case .addressesHint:
            Message(
                es: "Desde las que llama, separadas por espacios. Una IP es de una sola cuenta.",
                en: "From which it calls, separated by spaces. An IP is one account's only.",
                pt: "Dos quais liga, separados por espaços. Um IP é de uma só conta.")
        case .payment: Message(es: "Modalidad", en: "Payment", pt: "Modalidade")
        case .creditLimit: Message(es: "Límite de crédito", en: "Credit limit", pt: "Limite de crédito")
        case .creditLimitHint:
            Message(
                es: "De un pospago, lo que puede deber con lo que habla. 0: sin límite.",
                en: "Of a postpaid one, what it may owe with what it calls. 0: no limit.",
                pt: "De um pós-pago, quanto pode dever com o que fala. 0: sem limite.")
        case .pace:
            Message(es: "Llamadas por segundo (CPS)", en: "Calls a second (CPS)", pt: "Chamadas por segundo (CPS)")
        case .channels: Message(es: "Canales", en: "Channels", pt: "Canais")
        case .longest:
            Message(es: "Minutos máximos por llamada", en: "Longest call in minutes", pt: "Minutos máximos por chamada")
        case .margin: Message(es: "Margen mínimo (%)", en: "Least margin (%)", pt: "Margem mínima (%)")
        case .marginHint:
            Message(
                es: "No se usa un carrier que deje menos.",
                en: "A carrier that leaves less is not used.", pt: "Não se usa uma operadora que deixe menos.")
        case .country: Message(es: "Código de país", en: "Country code", pt: "Código do país")
        case .countryHint:
            Message(
                es: "Se antepone a los números nacionales.",
                en: "Put before national numbers.", pt: "Anteposto aos números nacionais.")
        case .nationalDigits:
            Message(
                es: "Dígitos de un número nacional",
                en: "Digits of a national number", pt: "Dígitos de um número nacional")
        case .accessCode:
            Message(
                es: "Código de salida internacional",
                en: "International access code", pt: "Código de saída internacional")
        case .unposted: Message(es: "Consumo por cargar", en: "Usage to be charged", pt: "Consumo a lançar")
        case .blockedBy:
            Message(
                es: "Bloqueado hasta {until}: {rule}.",
                en: "Blocked until {until}: {rule}.", pt: "Bloqueado até {until}: {rule}.")
        case .unblock: Message(es: "Quitar el bloqueo", en: "Unblock", pt: "Retirar o bloqueio")
        case .rule: Message(es: "Regla", en: "Rule", pt: "Regra")
        case .carriers: Message(es: "Carriers", en: "Carriers", pt: "Operadoras")
        case .carriersIntro:
            Message(
                es:
                    "Proveedores que terminan sus llamadas. Primero la prioridad menor y, en la misma, el más barato para ese número.",
                en:
                    "Wholesalers that terminate your calls. The lowest priority first and, in the same, the cheapest for the number.",
                pt:
                    "Fornecedores que terminam suas chamadas. Primeiro a menor prioridade e, na mesma, o mais barato para o número."
            )
        case .noCarriers:
            Message(es: "Todavía no hay carriers.", en: "There are no carriers yet.", pt: "Ainda não há operadoras.")
        case .newCarrier: Message(es: "Agregar carrier", en: "Add a carrier", pt: "Adicionar operadora")
        case .address: Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")
        case .port: Message(es: "Puerto SIP", en: "SIP port", pt: "Porta SIP")
        case .techPrefix: Message(es: "Prefijo técnico", en: "Tech prefix", pt: "Prefixo técnico")
        case .techPrefixHint:
            Message(
                es: "Dígitos que el carrier pide antes del número.",
                en: "Digits that the carrier wants before the number.",
                pt: "Dígitos que a operadora pede antes do número.")
        case .buyDeck: Message(es: "Tarifas de compra", en: "Buying rates", pt: "Tarifas de compra")
        case .priority: Message(es: "Prioridad", en: "Priority", pt: "Prioridade")
        case .priorityHint:
            Message(es: "La menor va primero.", en: "The lowest goes first.", pt: "A menor vai primeiro.")
        case .live: Message(es: "En curso", en: "Live", pt: "Em curso")
        case .decks: Message(es: "Listas de tarifas", en: "Rate decks", pt: "Listas de tarifas")
        case .decksIntro:
            Message(
                es: "Precios por prefijo: los de venta a clientes y los de compra de carriers.",
                en: "Prices by prefix: those that customers pay and those that carriers charge.",
                pt: "Preços por prefixo: os de venda a clientes e os de compra de operadoras.")
        case .noDecks:
            Message(
                es: "Todavía no hay listas de tarifas.",
                en: "There are no rate decks yet.", pt: "Ainda não há listas de tarifas.")
        case .newDeck: Message(es: "Agregar lista de tarifas", en: "Add a rate deck", pt: "Adicionar lista de tarifas")
        case .rates: Message(es: "Tarifas", en: "Rates", pt: "Tarifas")
        case .noRates:
            Message(es: "La lista no tiene tarifas.", en: "The deck has no rates.", pt: "A lista não tem tarifas.")
        case .importRates: Message(es: "Pegar tarifas", en: "Paste rates", pt: "Colar tarifas")
        case .prefix: Message(es: "Prefijo", en: "Prefix", pt: "Prefixo")
        case .prefixHint:
            Message(
                es: "Los primeros dígitos en formato internacional, como 5255.",
                en: "The first digits in international form, such as 5255.",
                pt: "Os primeiros dígitos em formato internacional, como 5511.")
        case .price: Message(es: "Precio por minuto", en: "Price a minute", pt: "Preço por minuto")
        case .billing: Message(es: "Mínimo/incremento (s)", en: "Minimum/increment (s)", pt: "Mínimo/incremento (s)")
        case .fee: Message(es: "Cargo por llamada", en: "Fee a call", pt: "Taxa por chamada")
        case .effective: Message(es: "Vigente desde", en: "Effective from", pt: "Vigente desde")
        case .ends: Message(es: "Termina", en: "Ends", pt: "Termina")
        case .csv: Message(es: "Tarifas", en: "Rates", pt: "Tarifas")
        case .csvHint:
            Message(
                es:
                    "Una por línea: prefijo, destino, precio por minuto y, si hace falta, mínimo, incremento, cargo y fecha (2026-12-31).",
                en:
                    "One a line: prefix, destination, price a minute and, where needed, minimum, increment, fee and day (2026-12-31).",
                pt:
                    "Uma por linha: prefixo, destino, preço por minuto e, se preciso, mínimo, incremento, taxa e data (2026-12-31)."
            )
        case .whole:
            Message(
                es: "Es la lista completa: terminar los prefijos que no están",
                en: "It is the whole deck: end the prefixes that are not in it",
                pt: "É a lista completa: encerrar os prefixos que não estão")
        case .preview: Message(es: "Revisar cambios", en: "See the changes", pt: "Ver as mudanças")
        case .take: Message(es: "Guardar tarifas", en: "Save the rates", pt: "Guardar tarifas")
        case .before: Message(es: "Antes", en: "Before", pt: "Antes")
        case .added: Message(es: "Nuevas", en: "New", pt: "Novas")
        case .dearer: Message(es: "Suben", en: "Dearer", pt: "Sobem")
        case .cheaper: Message(es: "Bajan", en: "Cheaper", pt: "Baixam")
        case .unchanged: Message(es: "Sin cambio", en: "Unchanged", pt: "Sem mudança")
        case .ending: Message(es: "Terminan", en: "Ending", pt: "Encerradas")
        case .doubled: Message(es: "Repetidas", en: "Repeated", pt: "Repetidas")
        case .unreadableLines:
            Message(
                es: "Líneas que no se pueden leer: {lines}.",
                en: "Lines that cannot be read: {lines}.", pt: "Linhas que não podem ser lidas: {lines}.")
        case .blocks: Message(es: "Lista negra", en: "Blacklist", pt: "Lista negra")
        case .blocksIntro:
            Message(
                es: "Números a los que nadie puede llamar, o que no pueden llamar, por sus primeros dígitos.",
                en: "Numbers that nobody may call, or that may not call, by their first digits.",
                pt: "Números para os quais ninguém pode ligar, ou que não podem ligar, pelos primeiros dígitos.")
        case .noBlocks:
            Message(es: "La lista negra está vacía.", en: "The blacklist is empty.", pt: "A lista negra está vazia.")
        case .newBlock: Message(es: "Bloquear números", en: "Block numbers", pt: "Bloquear números")
        case .policy: Message(es: "Reglas y fraude", en: "Rules and fraud", pt: "Regras e fraude")
        case .policyIntro:
            Message(
                es: "Una cuenta que rompe una regla queda bloqueada desde su siguiente llamada.",
                en: "An account that breaks a rule is blocked from its next call on.",
                pt: "Uma conta que quebra uma regra fica bloqueada a partir da próxima chamada.")
        case .emergency: Message(es: "Números de emergencia", en: "Emergency numbers", pt: "Números de emergência")
        case .emergencyHint:
            Message(
                es: "Separados por espacios. Salen siempre, también sin saldo.",
                en: "Separated by spaces. They always go through, also without balance.",
                pt: "Separados por espaços. Sempre saem, também sem saldo.")
        case .shortCalls:
            Message(
                es: "Llamadas de menos de 6 s en 5 minutos",
                en: "Calls under 6 s in 5 minutes", pt: "Chamadas de menos de 6 s em 5 minutos")
        case .zeroIsOff: Message(es: "0 apaga la regla.", en: "0 turns the rule off.", pt: "0 desliga a regra.")
        case .failedCalls:
            Message(
                es: "Llamadas fallidas en 10 minutos",
                en: "Failed calls in 10 minutes", pt: "Chamadas com falha em 10 minutos")
        case .nightCalls:
            Message(
                es: "Llamadas por hora de 22:00 a 6:00",
                en: "Calls an hour from 22:00 to 6:00", pt: "Chamadas por hora das 22:00 às 6:00")
        case .hourSpend: Message(es: "Consumo de una hora", en: "An hour's spend", pt: "Consumo de uma hora")
        case .blockedMinutes: Message(es: "Minutos de bloqueo", en: "Minutes of the block", pt: "Minutos de bloqueio")
        }
    }
}

/// The rules against fraud, as the database names them.
enum FraudRule: String, MessageCatalogue {
    case shortCalls = "short_calls"
    case failedCalls = "failed_calls"
    case nightCalls = "night_calls"
    case hourSpend = "hour_spend"

    var message: Message {
        switch self {
        case .shortCalls: TelephonyWords.shortCalls.message
        case .failedCalls: TelephonyWords.failedCalls.message
        case .nightCalls: TelephonyWords.nightCalls.message
        case .hourSpend: TelephonyWords.hourSpend.message
        }
    }
}
