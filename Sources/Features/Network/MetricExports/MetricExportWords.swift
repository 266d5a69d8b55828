import Locale

enum MetricExportWords: MessageCatalogue {
    case title, intro, isOn, address, addressHint, token, tokenHint, tokenEnds, sentUntil, failed

    var message: Message {
        switch self {
        case .title: Message(es: "InfluxDB y Grafana", en: "InfluxDB and Grafana", pt: "InfluxDB e Grafana")
        case .intro:
            Message(
                es:
                    "Cada dos minutos se escriben en esa dirección, en el formato de línea de InfluxDB, las mediciones de los equipos. Los tableros de Grafana vienen con el programa, en deploy/grafana.",
                en:
                    "Every two minutes the devices' measurements are written to that address, in InfluxDB's line protocol. Dashboards for Grafana come with the program, in deploy/grafana.",
                pt:
                    "A cada dois minutos as medições dos equipamentos são escritas nesse endereço, no formato de linha do InfluxDB. Os painéis do Grafana vêm com o programa, em deploy/grafana."
            )
        case .isOn: Message(es: "Escribir las mediciones", en: "Write measurements", pt: "Escrever as medições")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .addressHint:
            Message(
                es:
                    "Con todo lo que va en ella: https://servidor/api/v2/write?org=mi-red&bucket=red de InfluxDB, o https://servidor/write de VictoriaMetrics.",
                en:
                    "With all that is part of it: https://server/api/v2/write?org=my-network&bucket=network of InfluxDB, or https://server/write of VictoriaMetrics.",
                pt:
                    "Com tudo o que faz parte dele: https://servidor/api/v2/write?org=minha-rede&bucket=rede do InfluxDB, ou https://servidor/write do VictoriaMetrics."
            )
        case .token: Message(es: "Token", en: "Token", pt: "Token")
        case .tokenHint:
            Message(
                es: "El de InfluxDB. No se muestra nunca; vacío, queda el que está guardado.",
                en: "InfluxDB's. Never shown; empty, the one that is kept stays.",
                pt: "O do InfluxDB. Nunca é mostrado; vazio, fica o que está guardado.")
        case .tokenEnds: Message(es: "token •••• {end}", en: "token •••• {end}", pt: "token •••• {end}")
        case .sentUntil:
            Message(es: "Escrito hasta: {moment}", en: "Written until: {moment}", pt: "Escrito até: {moment}")
        case .failed:
            Message(
                es: "Lo último no fue aceptado ({moment}): {reason}",
                en: "The last one was not taken ({moment}): {reason}",
                pt: "O último não foi aceito ({moment}): {reason}")
        }
    }
}
