import ChannelProtocol
import Locale

enum ChannelWords: MessageCatalogue {
    case channels, intro, none, connect, isOn, isOff, isStopped, test, turnOn, turnOff, keysWork, hookMissing, hookOther
    case hookTroubled, lacks, poorQuality, name, token, number, secret, notices, forgedNotice, lastNotice, noNoticeYet
    case atMeta, atMetaHint, hookAddress, verification, newKeys, otherKeys, whatsappToken, telegramToken, numberHint
    case secretHint, save, quietHours, quietHint, quietFrom, quietUntil, saveHours

    static func tokenHint(of provider: ChannelProvider) -> ChannelWords {
        provider == .whatsapp ? .whatsappToken : .telegramToken
    }

    var message: Message {
        switch self {
        case .channels: Message(es: "Canales", en: "Channels", pt: "Canais")
        case .intro:
            Message(
                es: "Conecte el WhatsApp y el Telegram de la empresa: lo que escriban sus clientes llega a la bandeja.",
                en: "Connect the company's WhatsApp and Telegram: what customers write arrives in the inbox.",
                pt: "Conecte o WhatsApp e o Telegram da empresa: o que os clientes escreverem chega à caixa de entrada."
            )
        case .none:
            Message(
                es: "Todavía no hay ningún canal conectado.", en: "No channel is connected yet.",
                pt: "Ainda não há nenhum canal conectado.")
        case .connect: Message(es: "Conectar {name}", en: "Connect {name}", pt: "Conectar {name}")
        case .isOn: Message(es: "Conectado", en: "Connected", pt: "Conectado")
        case .isOff: Message(es: "Desconectado", en: "Disconnected", pt: "Desconectado")
        case .isStopped: Message(es: "Detenido", en: "Stopped", pt: "Parado")
        case .test: Message(es: "Probar", en: "Test", pt: "Testar")
        case .turnOn: Message(es: "Conectar", en: "Connect", pt: "Conectar")
        case .turnOff: Message(es: "Desconectar", en: "Disconnect", pt: "Desconectar")
        case .keysWork:
            Message(
                es: "Las claves funcionan: son de {name}.", en: "The keys work: they are {name}'s.",
                pt: "As chaves funcionam: são de {name}.")
        case .hookMissing:
            Message(
                es:
                    "Falta la dirección de avisos: los mensajes de los clientes todavía no llegan. Cópiela de abajo en el panel del proveedor.",
                en:
                    "The address for notices is missing: customers' messages do not arrive yet. Copy it from below into the provider's panel.",
                pt:
                    "Falta o endereço de avisos: as mensagens dos clientes ainda não chegam. Copie-o abaixo no painel do provedor."
            )
        case .hookOther:
            Message(
                es: "El proveedor avisa a otra dirección ({address}): los mensajes de los clientes no llegan aquí.",
                en: "The provider tells another address ({address}): customers' messages do not arrive here.",
                pt: "O provedor avisa outro endereço ({address}): as mensagens dos clientes não chegam aqui.")
        case .hookTroubled:
            Message(
                es: "El proveedor no pudo entregar en nuestra dirección: {words}",
                en: "The provider could not deliver at our address: {words}",
                pt: "O provedor não conseguiu entregar no nosso endereço: {words}")
        case .lacks:
            Message(
                es: "Al token le falta el permiso {name}.", en: "The token lacks the permission {name}.",
                pt: "Falta ao token a permissão {name}.")
        case .poorQuality:
            Message(
                es: "WhatsApp califica mal este número porque los clientes lo reportan: pronto limitará sus envíos.",
                en: "WhatsApp rates this number low because customers report it: it will soon limit what it sends.",
                pt: "O WhatsApp avalia mal este número porque os clientes o denunciam: em breve limitará os envios.")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .token: Message(es: "Token", en: "Token", pt: "Token")
        case .number:
            Message(
                es: "Identificador de número de teléfono", en: "Phone number ID",
                pt: "Identificador do número de telefone")
        case .secret:
            Message(es: "Clave secreta de la aplicación", en: "App secret", pt: "Chave secreta do aplicativo")
        case .notices: Message(es: "Avisos", en: "Notices", pt: "Avisos")
        case .forgedNotice:
            Message(
                es: "El último, de {moment}, no venía firmado por el proveedor. Revise la clave secreta.",
                en: "The last one, of {moment}, was not signed by the provider. Check the secret.",
                pt: "O último, de {moment}, não veio assinado pelo provedor. Confira a chave secreta.")
        case .lastNotice:
            Message(es: "El último llegó {moment}", en: "The last came {moment}", pt: "O último chegou {moment}")
        case .noNoticeYet:
            Message(es: "Todavía no llegó ninguno.", en: "None has come yet.", pt: "Ainda não chegou nenhum.")
        case .atMeta: Message(es: "En el panel de Meta", en: "In Meta's panel", pt: "No painel da Meta")
        case .atMetaHint:
            Message(
                es:
                    "En su aplicación, en WhatsApp → Configuración → Webhook, pegue estos dos datos y suscríbase a «messages».",
                en:
                    "In your app, under WhatsApp → Configuration → Webhook, paste these two and subscribe to “messages”.",
                pt:
                    "No seu aplicativo, em WhatsApp → Configuração → Webhook, cole estes dois dados e assine “messages”."
            )
        case .hookAddress:
            Message(es: "URL de devolución de llamada", en: "Callback URL", pt: "URL de retorno de chamada")
        case .verification:
            Message(es: "Identificador de verificación", en: "Verify token", pt: "Token de verificação")
        case .newKeys: Message(es: "Claves", en: "Keys", pt: "Chaves")
        case .otherKeys: Message(es: "Cambiar las claves", en: "Change the keys", pt: "Alterar as chaves")
        case .whatsappToken:
            Message(
                es: "Permanente, de un usuario del sistema, con los permisos de WhatsApp. No se vuelve a mostrar.",
                en: "A permanent one of a system user, with WhatsApp's permissions. It is not shown again.",
                pt: "Permanente, de um usuário do sistema, com as permissões do WhatsApp. Não é mostrado de novo.")
        case .telegramToken:
            Message(
                es: "El que @BotFather dio al crear el bot. No se vuelve a mostrar.",
                en: "The one that @BotFather gave for the bot. It is not shown again.",
                pt: "O que o @BotFather deu ao criar o bot. Não é mostrado de novo.")
        case .numberHint:
            Message(
                es: "Está en Meta, en WhatsApp → Configuración de la API. No es el número de teléfono.",
                en: "It is at Meta under WhatsApp → API setup. It is not the telephone number.",
                pt: "Está na Meta, em WhatsApp → Configuração da API. Não é o número de telefone.")
        case .secretHint:
            Message(
                es:
                    "Está en Meta, en Configuración de la app → Básica. Con ella se comprueba que los avisos son de WhatsApp.",
                en: "It is at Meta under App settings → Basic. It proves that notices are WhatsApp's.",
                pt: "Está na Meta, em Configurações do app → Básico. Com ela se confere que os avisos são do WhatsApp.")
        case .save: Message(es: "Probar y guardar", en: "Test and save", pt: "Testar e salvar")
        case .quietHours: Message(es: "Horas de silencio", en: "Quiet hours", pt: "Horas de silêncio")
        case .quietHint:
            Message(
                es: "Entre estas horas no salen avisos automáticos. Las respuestas a quien escribe salen siempre.",
                en: "Between these hours no automatic messages go out. Answers to somebody who writes always do.",
                pt: "Entre estas horas não saem avisos automáticos. As respostas a quem escreve saem sempre.")
        case .quietFrom: Message(es: "Desde", en: "From", pt: "De")
        case .quietUntil: Message(es: "Hasta", en: "Until", pt: "Até")
        case .saveHours: Message(es: "Guardar horas", en: "Save hours", pt: "Salvar horas")
        }
    }
}
