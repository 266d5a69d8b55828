import Locale

enum PagingWords: MessageCatalogue {
    case title, intro, isOn, address, addressHint, key, keyHint, keyEnds, test, failed, testSummary, summary, customers

    var message: Message {
        switch self {
        case .title: Message(es: "PagerDuty", en: "PagerDuty", pt: "PagerDuty")
        case .intro:
            Message(
                es:
                    "Cada falla abre una alerta en PagerDuty, que se reconoce y se resuelve junto con ella. Las de un mantenimiento programado no se envían.",
                en:
                    "Each incident opens an alert at PagerDuty, which is acknowledged and resolved with it. Those of an announced maintenance are not sent.",
                pt:
                    "Cada falha abre um alerta no PagerDuty, que é reconhecido e resolvido junto com ela. As de uma manutenção programada não são enviadas."
            )
        case .isOn: Message(es: "Enviar las fallas", en: "Send incidents", pt: "Enviar as falhas")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .addressHint:
            Message(
                es:
                    "La de Estados Unidos ya está escrita; la de Europa es https://events.eu.pagerduty.com/v2/enqueue. También sirve la de otro sistema que reciba eventos de PagerDuty.",
                en:
                    "That of the United States is there already; Europe's is https://events.eu.pagerduty.com/v2/enqueue. Another system that takes PagerDuty's events serves as well.",
                pt:
                    "O dos Estados Unidos já está escrito; o da Europa é https://events.eu.pagerduty.com/v2/enqueue. Também serve o de outro sistema que receba eventos do PagerDuty."
            )
        case .key: Message(es: "Clave de integración", en: "Integration key", pt: "Chave de integração")
        case .keyHint:
            Message(
                es:
                    "En PagerDuty: Services › su servicio › Integrations › Events API V2. No se muestra nunca; vacía, queda la que está guardada.",
                tu:
                    "En PagerDuty: Services › tu servicio › Integrations › Events API V2. No se muestra nunca; vacía, queda la que está guardada.",
                vos:
                    "En PagerDuty: Services › tu servicio › Integrations › Events API V2. No se muestra nunca; vacía, queda la que está guardada.",
                en:
                    "At PagerDuty: Services › your service › Integrations › Events API V2. Never shown; empty, the one that is kept stays.",
                pt:
                    "No PagerDuty: Services › seu serviço › Integrations › Events API V2. Nunca é mostrada; vazia, fica a que está guardada."
            )
        case .keyEnds:
            Message(es: "Clave guardada: •••• {end}", en: "Key kept: •••• {end}", pt: "Chave guardada: •••• {end}")
        case .test: Message(es: "Probar", en: "Test", pt: "Testar")
        case .failed:
            Message(
                es: "Lo último no fue aceptado ({moment}): {reason}",
                en: "The last one was not taken ({moment}): {reason}",
                pt: "O último não foi aceito ({moment}): {reason}")
        case .testSummary:
            Message(
                es: "Prueba de {company}: no hay ninguna falla", en: "Test of {company}: there is no incident",
                pt: "Teste de {company}: não há nenhuma falha")
        case .summary:
            Message(
                es: "Falla: {place} ({customers})", en: "Outage: {place} ({customers})",
                pt: "Falha: {place} ({customers})")
        case .customers:
            Message(
                es: .count(one: "{count} cliente", many: "{count} de clientes", other: "{count} clientes"),
                en: .count(one: "{count} customer", other: "{count} customers"),
                pt: .count(one: "{count} cliente", many: "{count} de clientes", other: "{count} clientes"))
        }
    }
}
