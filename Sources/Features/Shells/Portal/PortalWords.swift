import Locale

enum PortalWords: MessageCatalogue {
    case home, details, sessions, help, menu, skipToContent, signOut
    case enterTitle, enterHint, contact, contactWrong, sendCode, codeTitle, codeSent, code, enter, codeMissing,
        otherContact
    case chooseTitle, chooseHint, customers, enterAs, confirmEmailTitle, confirmEmailHint, confirm
    case notFoundTitle, refusedTitle, backToPortal, staffTitle, staffHint, toPanel, enterAsCustomer, areYouStaff
    case askForCode, codeAsked, goOn, contactUs, call, whatsApp, hours, officeAddress
    case hello, service, number, holder, address, since, othersByStaff
    case email, noEmail, newEmail, newEmailHint, changeEmail, emailWrong, phone, noPhone, unconfirmed, newPhone,
        newPhoneHint, changePhone
    case sessionsHint, device, thisDevice, lastUse, endSession, endOthers
    case helpContact, yourNumber, helpSlow, helpStepCables, helpStepRestart, helpStepCable, helpStepCall, helpSafe,
        helpSafeText

    var message: Message {
        switch self {
        case .home: Message(es: "Inicio", en: "Home", pt: "Início")
        case .details: Message(es: "Mis datos", en: "My details", pt: "Meus dados")
        case .sessions: Message(es: "Mis accesos", en: "My devices", pt: "Meus acessos")
        case .help: Message(es: "Ayuda", en: "Help", pt: "Ajuda")
        case .menu: Message(es: "Menú del portal", en: "Portal menu", pt: "Menu do portal")
        case .skipToContent: Message(es: "Ir al contenido", en: "Skip to content", pt: "Ir para o conteúdo")
        case .signOut: Message(es: "Salir", en: "Sign out", pt: "Sair")
        case .enterTitle:
            Message(es: "Portal de {company}", en: "Portal of {company}", pt: "Portal de {company}")
        case .enterHint:
            Message(
                es: "Escriba el correo o el teléfono que nos dio. Le enviaremos un código para entrar, sin contraseña.",
                en:
                    "Write the e-mail or telephone you gave us. We will send you a code to sign in, without a password.",
                pt: "Escreva o e-mail ou o telefone que você nos deu. Enviaremos um código para entrar, sem senha.")
        case .askForCode:
            Message(
                es:
                    "Pida su código de acceso a {company}. Después escriba aquí el correo o el teléfono que nos dio, y el código.",
                en:
                    "Ask {company} for your code. Then write here the e-mail or telephone you gave us, and the code.",
                pt:
                    "Peça seu código de acesso a {company}. Depois escreva aqui o e-mail ou o telefone que você nos deu, e o código."
            )
        case .codeAsked:
            Message(
                es: "Escriba el código de 6 dígitos que {company} le dictó.",
                en: "Write the code of 6 digits that {company} read to you.",
                pt: "Escreva o código de 6 dígitos que {company} ditou para você.")
        case .goOn: Message(es: "Continuar", en: "Continue", pt: "Continuar")
        case .contactUs:
            Message(es: "Comuníquese con {company}", en: "Get in touch with {company}", pt: "Fale com {company}")
        case .call: Message(es: "Llamar al", en: "Call", pt: "Ligar para")
        case .whatsApp: Message(es: "WhatsApp", en: "WhatsApp", pt: "WhatsApp")
        case .hours: Message(es: "Horario:", en: "Hours:", pt: "Horário:")
        case .officeAddress: Message(es: "Oficina:", en: "Office:", pt: "Escritório:")
        case .contact: Message(es: "Correo o teléfono", en: "E-mail or telephone", pt: "E-mail ou telefone")
        case .contactWrong:
            Message(
                es: "Escriba un correo como ana@ejemplo.com o un teléfono con todas sus cifras.",
                en: "Write an e-mail such as ana@example.com or a telephone with all its digits.",
                pt: "Escreva um e-mail como ana@exemplo.com ou um telefone com todos os números.")
        case .sendCode: Message(es: "Enviar código", en: "Send code", pt: "Enviar código")
        case .codeTitle: Message(es: "Escriba el código", en: "Write the code", pt: "Escreva o código")
        case .codeSent:
            Message(
                es:
                    "Si está registrado, le enviamos un código de 6 dígitos a su correo. Sirve durante 10 minutos.",
                en:
                    "If you are registered, we sent a code of 6 digits to your e-mail. It works for 10 minutes.",
                pt:
                    "Se você está cadastrado, enviamos um código de 6 dígitos ao seu e-mail. Vale por 10 minutos."
            )
        case .code: Message(es: "Código", en: "Code", pt: "Código")
        case .enter: Message(es: "Entrar", en: "Sign in", pt: "Entrar")
        case .codeMissing:
            Message(
                es: "¿No le llega, o no tenemos su correo? Llame a {company}: le dictarán un código.",
                en: "It does not arrive, or we do not have your e-mail? Call {company}: they will read a code to you.",
                pt: "Não chega, ou não temos seu e-mail? Ligue para {company}: vão ditar um código para você.")
        case .otherContact:
            Message(
                es: "Usar otro correo o teléfono", en: "Use another e-mail or telephone",
                pt: "Usar outro e-mail ou telefone")
        case .chooseTitle: Message(es: "¿Con qué cuenta entra?", en: "Which account?", pt: "Com qual conta você entra?")
        case .chooseHint:
            Message(
                es: "Varias cuentas usan este correo.", en: "Several accounts use this e-mail.",
                pt: "Várias contas usam este e-mail.")
        case .customers: Message(es: "Cuentas", en: "Accounts", pt: "Contas")
        case .enterAs:
            Message(es: "Entrará como {name}.", en: "You will enter as {name}.", pt: "Você entrará como {name}.")
        case .confirmEmailTitle: Message(es: "Confirmar correo", en: "Confirm e-mail", pt: "Confirmar e-mail")
        case .confirmEmailHint:
            Message(
                es: "Su correo será {email}.", en: "Your e-mail will be {email}.", pt: "Seu e-mail será {email}.")
        case .confirm: Message(es: "Confirmar", en: "Confirm", pt: "Confirmar")
        case .notFoundTitle: Message(es: "No encontrado", en: "Not found", pt: "Não encontrado")
        case .refusedTitle:
            Message(es: "No es posible continuar", en: "Cannot continue", pt: "Não é possível continuar")
        case .backToPortal: Message(es: "Volver al portal", en: "Back to the portal", pt: "Voltar ao portal")
        case .staffTitle:
            Message(
                es: "Esta parte es de los clientes", en: "This part is for customers", pt: "Esta parte é dos clientes")
        case .staffHint:
            Message(
                es: "Su sesión es del personal, y aquí entran los clientes.",
                en: "Your session is of the staff, and customers enter here.",
                pt: "Sua sessão é da equipe, e aqui entram os clientes.")
        case .areYouStaff:
            Message(
                es: "¿Trabaja en {company}?", en: "Do you work at {company}?", pt: "Trabalha em {company}?")
        case .toPanel: Message(es: "Ir al panel", en: "Go to the panel", pt: "Ir ao painel")
        case .enterAsCustomer:
            Message(es: "Entrar como cliente", en: "Enter as a customer", pt: "Entrar como cliente")
        case .hello: Message(es: "Hola, {name}", en: "Hello, {name}", pt: "Olá, {name}")
        case .service: Message(es: "Su servicio", en: "Your service", pt: "Seu serviço")
        case .number: Message(es: "Número de cliente", en: "Customer number", pt: "Número de cliente")
        case .holder: Message(es: "Titular", en: "Holder", pt: "Titular")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .since: Message(es: "Cliente desde", en: "Customer since", pt: "Cliente desde")
        case .othersByStaff:
            Message(
                es: "¿Algo de esto no es correcto? Avise a {company}.", en: "Is any of this wrong? Tell {company}.",
                pt: "Algo aqui não está correto? Avise {company}.")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .noEmail:
            Message(es: "No tenemos su correo.", en: "We do not have your e-mail.", pt: "Não temos seu e-mail.")
        case .newEmail: Message(es: "Correo nuevo", en: "New e-mail", pt: "E-mail novo")
        case .newEmailHint:
            Message(
                es: "Le enviaremos un enlace para confirmarlo; hasta entonces sigue el de ahora.",
                en: "We will send a link to confirm it; until then the present one stays.",
                pt: "Enviaremos um link para confirmá-lo; até lá continua o atual.")
        case .changeEmail: Message(es: "Cambiar correo", en: "Change e-mail", pt: "Alterar e-mail")
        case .emailWrong:
            Message(
                es: "Escriba un correo como ana@ejemplo.com.", en: "Write an e-mail such as ana@example.com.",
                pt: "Escreva um e-mail como ana@exemplo.com.")
        case .phone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .noPhone:
            Message(es: "No tenemos su teléfono.", en: "We do not have your telephone.", pt: "Não temos seu telefone.")
        case .unconfirmed: Message(es: "Por confirmar", en: "To be confirmed", pt: "A confirmar")
        case .newPhone: Message(es: "Teléfono nuevo", en: "New telephone", pt: "Telefone novo")
        case .newPhoneHint:
            Message(
                es: "{company} lo confirmará con usted; hasta entonces no sirve para entrar.",
                en: "{company} will confirm it with you; until then you cannot sign in with it.",
                pt: "{company} vai confirmá-lo com você; até lá não serve para entrar.")
        case .changePhone: Message(es: "Cambiar teléfono", en: "Change telephone", pt: "Alterar telefone")
        case .sessionsHint:
            Message(
                es: "Los equipos donde su cuenta está abierta. Cierre los que no reconozca.",
                en: "The devices where your account is open. Close those you do not recognise.",
                pt: "Os aparelhos onde sua conta está aberta. Encerre os que não reconhecer.")
        case .device: Message(es: "Equipo", en: "Device", pt: "Aparelho")
        case .thisDevice: Message(es: "Este equipo", en: "This device", pt: "Este aparelho")
        case .lastUse: Message(es: "Último uso: {moment}", en: "Last use: {moment}", pt: "Último uso: {moment}")
        case .endSession: Message(es: "Cerrar", en: "Close", pt: "Encerrar")
        case .endOthers: Message(es: "Cerrar todos los demás", en: "Close all others", pt: "Encerrar todos os outros")
        case .helpContact:
            Message(
                es: "Comuníquese con {company} y tenga a mano su número de cliente.",
                en: "Get in touch with {company} and have your customer number at hand.",
                pt: "Fale com {company} e tenha à mão seu número de cliente.")
        case .yourNumber: Message(es: "Cliente {number}", en: "Customer {number}", pt: "Cliente {number}")
        case .helpSlow:
            Message(es: "¿Sin Internet o lento?", en: "No Internet, or slow?", pt: "Sem Internet ou lenta?")
        case .helpStepCables:
            Message(
                es: "Revise que los equipos tengan corriente y los cables estén firmes.",
                en: "See that the equipment has power and the cables are firm.",
                pt: "Veja se os equipamentos têm energia e os cabos estão firmes.")
        case .helpStepRestart:
            Message(
                es: "Desconecte el router de la corriente, espere un minuto y vuelva a conectarlo.",
                en: "Unplug the router, wait a minute and plug it in again.",
                pt: "Tire o roteador da tomada, espere um minuto e ligue de novo.")
        case .helpStepCable:
            Message(
                es: "Pruebe cerca del router, o con un cable: así se sabe si es el Wi-Fi.",
                en: "Try near the router, or with a cable: that tells whether it is the Wi-Fi.",
                pt: "Teste perto do roteador, ou com um cabo: assim se sabe se é o Wi-Fi.")
        case .helpStepCall:
            Message(
                es: "Si sigue igual, llame a {company}.", en: "If it stays so, call {company}.",
                pt: "Se continuar igual, ligue para {company}.")
        case .helpSafe: Message(es: "Para su seguridad", en: "For your safety", pt: "Para sua segurança")
        case .helpSafeText:
            Message(
                es: "Nadie de {company} le pedirá el código que llega a su correo.",
                en: "Nobody at {company} will ask you for the code that reaches your e-mail.",
                pt: "Ninguém de {company} vai pedir o código que chega ao seu e-mail.")
        }
    }
}

/// The service's state, as one would say it on the phone.
enum PortalStateWords: MessageCatalogue {
    case prospect, awaitingInstallation, active, inDebt, suspended, frozen, courtesy, cancelled

    var message: Message {
        switch self {
        case .prospect:
            Message(
                es: "Recibimos su solicitud. {company} se pondrá en contacto con usted.",
                en: "We have your request. {company} will get in touch with you.",
                pt: "Recebemos seu pedido. {company} vai entrar em contato com você.")
        case .awaitingInstallation:
            Message(
                es: "Estamos preparando su instalación.", en: "We are preparing your installation.",
                pt: "Estamos preparando sua instalação.")
        case .active:
            Message(es: "Su servicio está activo.", en: "Your service is active.", pt: "Seu serviço está ativo.")
        case .inDebt:
            Message(
                es: "Su servicio está activo y tiene un pago pendiente.",
                en: "Your service is active and a payment is due.",
                pt: "Seu serviço está ativo e há um pagamento pendente.")
        case .suspended:
            Message(
                es: "Su servicio está suspendido. Comuníquese con {company} para reconectarlo.",
                en: "Your service is suspended. Get in touch with {company} to be reconnected.",
                pt: "Seu serviço está suspenso. Fale com {company} para religá-lo.")
        case .frozen:
            Message(
                es: "Su servicio está congelado, como lo pidió.", en: "Your service is frozen, as you asked.",
                pt: "Seu serviço está congelado, como você pediu.")
        case .courtesy:
            Message(
                es: "Su servicio está activo, por cortesía de {company}.",
                en: "Your service is active, by courtesy of {company}.",
                pt: "Seu serviço está ativo, por cortesia de {company}.")
        case .cancelled:
            Message(
                es: "Su servicio está cancelado.", en: "Your service is cancelled.", pt: "Seu serviço está cancelado.")
        }
    }
}
