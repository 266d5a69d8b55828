import Locale

/// What the bot says. Of some a company has its own words (`BotSettings`).
enum BotWords: MessageCatalogue {
    case greeting, anythingElse, welcome, farewell, glad, notUnderstood, onlyText, handedOver, notLinked
    case receiptTaken, receiptTrusted, receiptApproved, receiptRejected
    case linkedAlready, expired, staffOnly, gotFile, noOffice, owesNothing, owes, due, cutOn, promisedAlready
    case cutUnpaid, cutDaysOver, cutOther, noAccounts, sendReceipt, noPayment, lastPayment, ifOther, noInvoice
    case invoices, noPromises, howMuch, confirmPromise, promiseMade, promiseDropped, noService, paidUntil
    case isActive, isActiveAndSettled, isActiveAndOverdue
    case tryAgain, trySlow, notActive, describe, reported, wifi, plansToChange, noPlansToChange, plansForNew
    case newHere, signUpNoted, leave, notPrepaid, whichService, howManyDays, waitsForReceipt, notSeenYet, days
    case daysFor, daysCost, confirmDays, daysBought, whichDay

    var message: Message {
        switch self {
        case .greeting:
            Message(
                es: "Hola. Soy el asistente. Toque un botón o escriba lo que necesita.",
                tu: "Hola. Soy el asistente. Toca un botón o escribe lo que necesitas.",
                vos: "Hola. Soy el asistente. Tocá un botón o escribí lo que necesitás.",
                en: "Hello. I am the assistant. Press a button or write what you need.",
                pt: "Olá. Sou o assistente. Toque um botão ou escreva o que precisa.")
        case .anythingElse:
            Message(
                es: "De acuerdo. ¿En qué más le ayudo?",
                tu: "De acuerdo. ¿En qué más te ayudo?",
                en: "All right. What else can I do for you?",
                pt: "Certo. Em que mais posso ajudar?")
        case .welcome:
            Message(
                es: "Con gusto.",
                en: "You are welcome.",
                pt: "De nada.")
        case .farewell:
            Message(
                es: "Hasta luego. Aquí estamos cuando nos necesite.",
                tu: "Hasta luego. Aquí estamos cuando nos necesites.",
                en: "Goodbye. We are here when you need us.",
                pt: "Até logo. Estamos aqui quando precisar.")
        case .glad:
            Message(
                es: "Qué bueno. Aquí estamos si vuelve a fallar.",
                en: "Good. We are here if it fails again.",
                pt: "Que bom. Estamos aqui se falhar de novo.")
        case .notUnderstood:
            Message(
                es: "No le entendí. Solo puedo ayudarle con su internet: saldo, pagos, servicio o soporte.",
                tu: "No te entendí. Solo puedo ayudarte con tu internet: saldo, pagos, servicio o soporte.",
                en: "I did not understand. I can only help with your Internet: balance, payments, service or support.",
                pt: "Não entendi. Só posso ajudar com a sua internet: saldo, pagamentos, serviço ou suporte.")
        case .onlyText:
            Message(
                es: "Por ahora solo leo texto, fotos de comprobantes y los botones. ¿Me lo escribe?",
                tu: "Por ahora solo leo texto, fotos de comprobantes y los botones. ¿Me lo escribes?",
                vos: "Por ahora solo leo texto, fotos de comprobantes y los botones. ¿Me lo escribís?",
                en: "For now I only read text, pictures of receipts and the buttons. Could you write it?",
                pt: "Por enquanto só leio texto, fotos de comprovantes e os botões. Pode escrever?")
        case .handedOver:
            Message(
                es: "Le paso con una persona. Le responderá aquí mismo.",
                tu: "Te paso con una persona. Te responderá aquí mismo.",
                en: "I am handing you over to a person, who will answer right here.",
                pt: "Vou passar para uma pessoa, que responderá aqui mesmo.")
        case .notLinked:
            Message(
                es:
                    """
                    Para hablar de su cuenta necesito saber que es suya. Escriba desde el teléfono que tenemos \
                    registrado, o mande /vincular y el código que le demos en la oficina o en el portal.
                    """,
                tu:
                    """
                    Para hablar de tu cuenta necesito saber que es tuya. Escribe desde el teléfono que tenemos \
                    registrado, o manda /vincular y el código que te demos en la oficina o en el portal.
                    """,
                vos:
                    """
                    Para hablar de tu cuenta necesito saber que es tuya. Escribí desde el teléfono que tenemos \
                    registrado, o mandá /vincular y el código que te demos en la oficina o en el portal.
                    """,
                en:
                    """
                    To talk about your account I need to know that it is yours. Write from the telephone that \
                    we have on file, or send /vincular and the code that we give you at the office or on the \
                    portal.
                    """,
                pt:
                    """
                    Para falar da sua conta preciso saber que é sua. Escreva do telefone que temos registrado, \
                    ou mande /vincular e o código que lhe dermos no escritório ou no portal.
                    """
            )
        case .linkedAlready:
            Message(
                es: "Este chat ya está vinculado a su cuenta.",
                tu: "Este chat ya está vinculado a tu cuenta.",
                en: "This chat is linked to your account already.",
                pt: "Este chat já está vinculado à sua conta.")
        case .expired:
            Message(
                es: "Ese botón ya se usó o venció. Escriba lo que necesita.",
                tu: "Ese botón ya se usó o venció. Escribe lo que necesitas.",
                vos: "Ese botón ya se usó o venció. Escribí lo que necesitás.",
                en: "That button was used or has expired. Write what you need.",
                pt: "Esse botão já foi usado ou venceu. Escreva o que precisa.")
        case .staffOnly:
            Message(
                es: "Ese comando es solo para el personal de la empresa.",
                en: "That command is only for the company's staff.",
                pt: "Esse comando é só para a equipe da empresa.")
        case .receiptTaken:
            Message(
                es: "Recibí su comprobante: {amount}, del {day}. Lo revisamos y le avisamos aquí mismo.",
                tu: "Recibí tu comprobante: {amount}, del {day}. Lo revisamos y te avisamos aquí mismo.",
                vos: "Recibí tu comprobante: {amount}, del {day}. Lo revisamos y te avisamos acá mismo.",
                en: "I got your receipt: {amount}, of {day}. We look at it and tell you right here.",
                pt: "Recebi seu comprovante: {amount}, de {day}. Vamos conferir e avisar aqui mesmo.")
        case .receiptTrusted:
            Message(
                es:
                    """
                    Recibí su comprobante: {amount}, del {day}. Su servicio sigue o vuelve en unos minutos \
                    mientras confirmamos con el banco.
                    """,
                tu:
                    """
                    Recibí tu comprobante: {amount}, del {day}. Tu servicio sigue o vuelve en unos minutos \
                    mientras confirmamos con el banco.
                    """,
                vos:
                    """
                    Recibí tu comprobante: {amount}, del {day}. Tu servicio sigue o vuelve en unos minutos \
                    mientras confirmamos con el banco.
                    """,
                en:
                    """
                    I got your receipt: {amount}, of {day}. Your service goes on or is back in minutes while we \
                    confirm it with the bank.
                    """,
                pt:
                    """
                    Recebi seu comprovante: {amount}, de {day}. Seu serviço continua ou volta em minutos \
                    enquanto confirmamos com o banco.
                    """
            )
        case .receiptApproved:
            Message(
                es: "Su pago de {amount} quedó registrado. ¡Gracias!",
                tu: "Tu pago de {amount} quedó registrado. ¡Gracias!",
                vos: "Tu pago de {amount} quedó registrado. ¡Gracias!",
                en: "Your payment of {amount} is in. Thank you!",
                pt: "Seu pagamento de {amount} foi registrado. Obrigado!")
        case .receiptRejected:
            Message(
                es: "No pudimos aceptar su comprobante de {amount}: {reason}. Si es un error, escríbanos aquí.",
                tu: "No pudimos aceptar tu comprobante de {amount}: {reason}. Si es un error, escríbenos aquí.",
                vos: "No pudimos aceptar tu comprobante de {amount}: {reason}. Si es un error, escribinos acá.",
                en: "We could not accept your receipt of {amount}: {reason}. If that is wrong, write to us here.",
                pt: "Não pudemos aceitar seu comprovante de {amount}: {reason}. Se for um erro, escreva aqui.")
        case .gotFile:
            Message(
                es: "Recibí su archivo. Una persona lo revisa y le responde aquí mismo.",
                tu: "Recibí tu archivo. Una persona lo revisa y te responde aquí mismo.",
                en: "I got your file. A person looks at it and answers right here.",
                pt: "Recebi seu arquivo. Uma pessoa confere e responde aqui mesmo.")
        case .noOffice:
            Message(
                es: "Escríbanos por aquí: le respondemos en este mismo chat.",
                tu: "Escríbenos por aquí: te respondemos en este mismo chat.",
                vos: "Escribinos por aquí: te respondemos en este mismo chat.",
                en: "Write to us here: we answer in this very chat.",
                pt: "Escreva para nós aqui: respondemos neste mesmo chat.")
        case .owesNothing:
            Message(
                es: "No debe nada. Gracias.",
                tu: "No debes nada. Gracias.",
                vos: "No debés nada. Gracias.",
                en: "You owe nothing. Thank you.",
                pt: "Você não deve nada. Obrigado.")
        case .owes:
            Message(
                es: "Debe {amount}.",
                tu: "Debes {amount}.",
                vos: "Debés {amount}.",
                en: "You owe {amount}.",
                pt: "Você deve {amount}.")
        case .due:
            Message(
                es: "Fecha límite: {day}.",
                en: "Pay by {day}.",
                pt: "Data limite: {day}.")
        case .cutOn:
            Message(
                es: "Si no registramos su pago, el servicio se suspende el {day}.",
                tu: "Si no registramos tu pago, el servicio se suspende el {day}.",
                en: "Unless we register your payment, the service is suspended on {day}.",
                pt: "Se não registrarmos seu pagamento, o serviço é suspenso em {day}.")
        case .promisedAlready:
            Message(
                es: "Prometió pagar {amount} a más tardar el {day}.",
                tu: "Prometiste pagar {amount} a más tardar el {day}.",
                en: "You promised to pay {amount} by {day}.",
                pt: "Você prometeu pagar {amount} até {day}.")
        case .cutUnpaid:
            Message(
                es:
                    """
                    Su servicio está suspendido por falta de pago. Total para reconectar: {total} (deuda {debt} \
                    + reconexión {fee}).
                    """,
                tu:
                    """
                    Tu servicio está suspendido por falta de pago. Total para reconectar: {total} (deuda {debt} \
                    + reconexión {fee}).
                    """,
                en:
                    """
                    Your service is suspended for lack of payment. Total to reconnect: {total} (debt {debt} + \
                    reconnection {fee}).
                    """,
                pt:
                    """
                    Seu serviço está suspenso por falta de pagamento. Total para reconectar: {total} (dívida \
                    {debt} + reconexão {fee}).
                    """
            )
        case .cutDaysOver:
            Message(
                es: "Se le acabaron los días. Compre más y su servicio vuelve.",
                tu: "Se te acabaron los días. Compra más y tu servicio vuelve.",
                vos: "Se te acabaron los días. Comprá más y tu servicio vuelve.",
                en: "Your days are over. Buy more and your service comes back.",
                pt: "Seus dias acabaram. Compre mais e seu serviço volta.")
        case .cutOther:
            Message(
                es: "Su servicio está suspendido. Una persona puede decirle por qué.",
                tu: "Tu servicio está suspendido. Una persona puede decirte por qué.",
                en: "Your service is suspended. A person can tell you why.",
                pt: "Seu serviço está suspenso. Uma pessoa pode dizer por quê.")
        case .noAccounts:
            Message(
                es: "Aún no hay cuentas donde transferir. Una persona le dice cómo pagar.",
                tu: "Aún no hay cuentas donde transferir. Una persona te dice cómo pagar.",
                en: "There are no accounts to transfer to yet. A person can tell you how to pay.",
                pt: "Ainda não há contas para transferir. Uma pessoa diz como pagar.")
        case .sendReceipt:
            Message(
                es: "Ponga la referencia y envíe aquí la foto de su comprobante.",
                tu: "Pon la referencia y envía aquí la foto de tu comprobante.",
                vos: "Poné la referencia y enviá aquí la foto de tu comprobante.",
                en: "Give the reference and send the picture of your receipt here.",
                pt: "Ponha a referência e envie aqui a foto do comprovante.")
        case .noPayment:
            Message(
                es: "No tengo ningún pago suyo. Envíe aquí la foto de su comprobante.",
                tu: "No tengo ningún pago tuyo. Envía aquí la foto de tu comprobante.",
                vos: "No tengo ningún pago tuyo. Enviá aquí la foto de tu comprobante.",
                en: "I have no payment of yours. Send the picture of your receipt here.",
                pt: "Não tenho nenhum pagamento seu. Envie aqui a foto do comprovante.")
        case .lastPayment:
            Message(
                es: "Su último pago: {amount} del {day}, {state}.",
                tu: "Tu último pago: {amount} del {day}, {state}.",
                en: "Your last payment: {amount} of {day}, {state}.",
                pt: "Seu último pagamento: {amount} de {day}, {state}.")
        case .ifOther:
            Message(
                es: "Si hizo otro, envíe aquí la foto del comprobante.",
                tu: "Si hiciste otro, envía aquí la foto del comprobante.",
                vos: "Si hiciste otro, enviá aquí la foto del comprobante.",
                en: "If you made another one, send the picture of its receipt here.",
                pt: "Se fez outro, envie aqui a foto do comprovante.")
        case .noInvoice:
            Message(
                es: "Aún no tiene facturas.",
                tu: "Aún no tienes facturas.",
                vos: "Aún no tenés facturas.",
                en: "You have no invoices yet.",
                pt: "Você ainda não tem faturas.")
        case .invoices:
            Message(
                es:
                    """
                    Sus facturas:\n{invoices}\nEl PDF está en su portal; si lo necesita aquí, una persona se lo \
                    envía.
                    """,
                tu:
                    """
                    Tus facturas:\n{invoices}\nEl PDF está en tu portal; si lo necesitas aquí, una persona te \
                    lo envía.
                    """,
                vos:
                    """
                    Tus facturas:\n{invoices}\nEl PDF está en tu portal; si lo necesitás aquí, una persona te \
                    lo envía.
                    """,
                en: "Your invoices:\n{invoices}\nThe PDF is on your portal; if you need it here, a person sends it.",
                pt: "Suas faturas:\n{invoices}\nO PDF está no seu portal; se precisar aqui, uma pessoa envia.")
        case .noPromises:
            Message(
                es: "Por ahora no puedo tomarle una promesa de pago. Una persona puede ver su caso.",
                tu: "Por ahora no puedo tomarte una promesa de pago. Una persona puede ver tu caso.",
                en: "I cannot take a promise from you now. A person can look at your case.",
                pt: "Agora não posso registrar uma promessa. Uma pessoa pode ver seu caso.")
        case .howMuch:
            Message(
                es: "¿Cuánto va a pagar? Debe {amount}.",
                tu: "¿Cuánto vas a pagar? Debes {amount}.",
                vos: "¿Cuánto vas a pagar? Debés {amount}.",
                en: "How much will you pay? You owe {amount}.",
                pt: "Quanto vai pagar? Você deve {amount}.")
        case .confirmPromise:
            Message(
                es: "Promete pagar {amount} a más tardar el {day}. ¿Es correcto?",
                tu: "Prometes pagar {amount} a más tardar el {day}. ¿Es correcto?",
                vos: "Prometés pagar {amount} a más tardar el {day}. ¿Es correcto?",
                en: "You promise to pay {amount} by {day}. Is that right?",
                pt: "Promete pagar {amount} até {day}. Está certo?")
        case .promiseMade:
            Message(
                es: "Promesa registrada: {amount} a más tardar el {day}.",
                en: "Promise taken: {amount} by {day}.",
                pt: "Promessa registrada: {amount} até {day}.")
        case .promiseDropped:
            Message(
                es: "De acuerdo, no registré ninguna promesa.",
                en: "All right, I took no promise.",
                pt: "Certo, não registrei nenhuma promessa.")
        case .noService:
            Message(
                es: "No encuentro un servicio a su nombre.",
                tu: "No encuentro un servicio a tu nombre.",
                en: "I find no service in your name.",
                pt: "Não encontro um serviço em seu nome.")
        case .paidUntil:
            Message(
                es: "pagado hasta el {day}",
                en: "paid until {day}",
                pt: "pago até {day}")
        case .isActive:
            Message(
                es: "Su servicio está activo.", tu: "Tu servicio está activo.", en: "Your service is active.",
                pt: "Seu serviço está ativo.")
        case .isActiveAndSettled:
            Message(
                es: "Su servicio está activo y al corriente.", tu: "Tu servicio está activo y al corriente.",
                vos: "Tu servicio está activo y al día.", en: "Your service is active and paid up.",
                pt: "Seu serviço está ativo e em dia.")
        case .isActiveAndOverdue:
            Message(
                es: "Su servicio está activo; tiene {amount} vencidos.",
                tu: "Tu servicio está activo; tienes {amount} vencidos.",
                vos: "Tu servicio está activo; tenés {amount} vencidos.",
                en: "Your service is active; {amount} is overdue.",
                pt: "Seu serviço está ativo; há {amount} em atraso.")
        case .tryAgain:
            Message(
                es:
                    """
                    Desconecte el módem de la luz, espere 30 segundos y \
                    conéctelo; en 2 minutos debe volver. ¿Cómo le fue?
                    """,
                tu:
                    """
                    Desconecta el módem de la luz, espera 30 segundos y \
                    conéctalo; en 2 minutos debe volver. ¿Cómo te fue?
                    """,
                vos:
                    """
                    Desconectá el módem de la luz, esperá 30 segundos y \
                    conectalo; en 2 minutos debe volver. ¿Cómo te fue?
                    """,
                en:
                    """
                    Unplug the modem, wait 30 seconds and plug it in; it should be back \
                    in 2 minutes. How did it go?
                    """,
                pt:
                    """
                    Desligue o modem da tomada, espere 30 segundos e ligue; em 2 \
                    minutos deve voltar. Deu certo?
                    """
            )
        case .trySlow:
            Message(
                es:
                    """
                    Reinicie el módem, acérquese a él y vea si otro aparato está \
                    descargando. ¿Cómo le fue?
                    """,
                tu:
                    """
                    Reinicia el módem, acércate a él y ve si otro aparato está \
                    descargando. ¿Cómo te fue?
                    """,
                vos:
                    """
                    Reiniciá el módem, acercate a él y fijate si otro aparato está \
                    descargando. ¿Cómo te fue?
                    """,
                en:
                    """
                    Restart the modem, come closer to it and see whether another device \
                    is downloading. How did it go?
                    """,
                pt:
                    """
                    Reinicie o modem, aproxime-se dele e veja se outro aparelho está \
                    baixando. Deu certo?
                    """
            )
        case .notActive:
            Message(
                es: "Su servicio está así: {state}. Una persona puede ayudarle.",
                tu: "Tu servicio está así: {state}. Una persona puede ayudarte.",
                en: "Your service is: {state}. A person can help you.",
                pt: "Seu serviço está assim: {state}. Uma pessoa pode ajudar.")
        case .describe:
            Message(
                es: "Cuénteme qué pasa y desde cuándo: lo lee una persona.",
                tu: "Cuéntame qué pasa y desde cuándo: lo lee una persona.",
                vos: "Contame qué pasa y desde cuándo: lo lee una persona.",
                en: "Tell me what happens and since when: a person reads it.",
                pt: "Conte o que acontece e desde quando: uma pessoa lê.")
        case .reported:
            Message(
                es: "Gracias. Ya lo tiene una persona; le responde aquí mismo.",
                tu: "Gracias. Ya lo tiene una persona; te responde aquí mismo.",
                en: "Thank you. A person has it now and answers right here.",
                pt: "Obrigado. Uma pessoa já recebeu e responde aqui mesmo.")
        case .wifi:
            Message(
                es:
                    """
                    Para cambiar la clave de su wifi: conéctese a él, abra 192.168.1.1 o la dirección de la \
                    etiqueta del módem y entre en Wi-Fi. Si no se anima, una persona lo hace con usted.
                    """,
                tu:
                    """
                    Para cambiar la clave de tu wifi: conéctate a él, abre 192.168.1.1 o la dirección de la \
                    etiqueta del módem y entra en Wi-Fi. Si no te animas, una persona lo hace contigo.
                    """,
                vos:
                    """
                    Para cambiar la clave de tu wifi: conectate a él, abrí 192.168.1.1 o la dirección de la \
                    etiqueta del módem y entrá en Wi-Fi. Si no te animás, una persona lo hace con vos.
                    """,
                en:
                    """
                    To change your wifi password: connect to it, open 192.168.1.1 or the address on the modem's \
                    label and go to Wi-Fi. If you prefer, a person does it with you.
                    """,
                pt:
                    """
                    Para mudar a senha do wifi: conecte-se a ele, abra 192.168.1.1 ou o endereço da etiqueta do \
                    modem e entre em Wi-Fi. Se preferir, uma pessoa faz com você.
                    """
            )
        case .plansToChange:
            Message(
                es: "Estos son los planes:\n{plans}\nUna persona hace el cambio con usted.",
                tu: "Estos son los planes:\n{plans}\nUna persona hace el cambio contigo.",
                vos: "Estos son los planes:\n{plans}\nUna persona hace el cambio con vos.",
                en: "These are the plans:\n{plans}\nA person makes the change with you.",
                pt: "Estes são os planos:\n{plans}\nUma pessoa faz a mudança com você.")
        case .noPlansToChange:
            Message(
                es: "Una persona le dice qué planes hay y hace el cambio con usted.",
                tu: "Una persona te dice qué planes hay y hace el cambio contigo.",
                vos: "Una persona te dice qué planes hay y hace el cambio con vos.",
                en: "A person tells you which plans there are and makes the change with you.",
                pt: "Uma pessoa diz quais planos há e faz a mudança com você.")
        case .plansForNew:
            Message(
                es:
                    """
                    ¡Bienvenido! Estos son los planes:\n{plans}\nEscriba su nombre y su colonia o barrio, y una \
                    persona ve si llegamos.
                    """,
                tu:
                    """
                    ¡Bienvenido! Estos son los planes:\n{plans}\nEscribe tu nombre y tu colonia o barrio, y una \
                    persona ve si llegamos.
                    """,
                vos:
                    """
                    ¡Bienvenido! Estos son los planes:\n{plans}\nEscribí tu nombre y tu barrio, y una persona \
                    ve si llegamos.
                    """,
                en:
                    """
                    Welcome! These are the plans:\n{plans}\nWrite your name and your neighbourhood, and a \
                    person sees whether we reach it.
                    """,
                pt:
                    """
                    Bem-vindo! Estes são os planos:\n{plans}\nEscreva seu nome e seu bairro, e uma pessoa vê se \
                    chegamos lá.
                    """
            )
        case .newHere:
            Message(
                es: "¡Bienvenido! Escriba su nombre y su colonia o barrio, y una persona ve si llegamos.",
                tu: "¡Bienvenido! Escribe tu nombre y tu colonia o barrio, y una persona ve si llegamos.",
                vos: "¡Bienvenido! Escribí tu nombre y tu barrio, y una persona ve si llegamos.",
                en: "Welcome! Write your name and your neighbourhood, and a person sees whether we reach it.",
                pt: "Bem-vindo! Escreva seu nome e seu bairro, e uma pessoa vê se chegamos lá.")
        case .signUpNoted:
            Message(
                es: "Gracias. Una persona ve si llegamos ahí y le responde aquí mismo.",
                tu: "Gracias. Una persona ve si llegamos ahí y te responde aquí mismo.",
                en: "Thank you. A person sees whether we reach you and answers right here.",
                pt: "Obrigado. Uma pessoa vê se chegamos aí e responde aqui mesmo.")
        case .leave:
            Message(
                es: "Lamento que se vaya. Una persona le atiende para la baja.",
                tu: "Lamento que te vayas. Una persona te atiende para la baja.",
                en: "I am sorry that you are leaving. A person takes care of it.",
                pt: "Lamento que esteja saindo. Uma pessoa cuida do cancelamento.")
        case .notPrepaid:
            Message(
                es: "Su servicio se paga por mes, no por días.",
                tu: "Tu servicio se paga por mes, no por días.",
                en: "Your service is paid by the month, not by days.",
                pt: "Seu serviço é pago por mês, não por dias.")
        case .whichService:
            Message(
                es: "¿De cuál servicio?",
                en: "Of which service?",
                pt: "De qual serviço?")
        case .howManyDays:
            Message(
                es: "¿Cuántos días quiere?",
                tu: "¿Cuántos días quieres?",
                vos: "¿Cuántos días querés?",
                en: "How many days do you want?",
                pt: "Quantos dias quer?")
        case .waitsForReceipt:
            Message(
                es: "Espero su pago: envíe aquí la foto del comprobante, o escriba «ya pagué».",
                tu: "Espero tu pago: envía aquí la foto del comprobante, o escribe «ya pagué».",
                vos: "Espero tu pago: enviá aquí la foto del comprobante, o escribí «ya pagué».",
                en: "I am waiting for your payment: send the picture of the receipt here, or write “I have paid”.",
                pt: "Espero seu pagamento: envie aqui a foto do comprovante, ou escreva “já paguei”.")
        case .notSeenYet:
            Message(
                es: "Aún no veo su pago.",
                tu: "Aún no veo tu pago.",
                en: "I do not see your payment yet.",
                pt: "Ainda não vejo seu pagamento.")
        case .days:
            Message(
                es: .count(
                    one: "{count} día",
                    many: "{count} de días",
                    other: "{count} días"),
                en: .count(
                    one: "{count} day", other: "{count} days"),
                pt: .count(
                    one: "{count} dia",
                    many: "{count} de dias",
                    other: "{count} dias"))
        case .daysFor:
            Message(
                es: .count(
                    one: "{count} día por {amount}",
                    many: "{count} de días por {amount}",
                    other: "{count} días por {amount}"),
                en: .count(
                    one: "{count} day for {amount}", other: "{count} days for {amount}"),
                pt: .count(
                    one: "{count} dia por {amount}",
                    many: "{count} de dias por {amount}",
                    other: "{count} dias por {amount}"))
        case .daysCost:
            Message(
                es: .count(
                    one: "{count} día cuesta {amount}. Pague a:",
                    many: "{count} de días cuestan {amount}. Pague a:",
                    other: "{count} días cuestan {amount}. Pague a:"),
                tu: .count(
                    one: "{count} día cuesta {amount}. Paga a:",
                    many: "{count} de días cuestan {amount}. Paga a:",
                    other: "{count} días cuestan {amount}. Paga a:"),
                vos: .count(
                    one: "{count} día cuesta {amount}. Pagá a:",
                    many: "{count} de días cuestan {amount}. Pagá a:",
                    other: "{count} días cuestan {amount}. Pagá a:"),
                en: .count(
                    one: "{count} day costs {amount}. Pay to:", other: "{count} days cost {amount}. Pay to:"),
                pt: .count(
                    one: "{count} dia custa {amount}. Pague a:",
                    many: "{count} de dias custam {amount}. Pague a:",
                    other: "{count} dias custam {amount}. Pague a:"))
        case .confirmDays:
            Message(
                es: .count(
                    one: "Tiene saldo a favor. ¿Compro {count} día por {amount}?",
                    many: "Tiene saldo a favor. ¿Compro {count} de días por {amount}?",
                    other: "Tiene saldo a favor. ¿Compro {count} días por {amount}?"),
                tu: .count(
                    one: "Tienes saldo a favor. ¿Compro {count} día por {amount}?",
                    many: "Tienes saldo a favor. ¿Compro {count} de días por {amount}?",
                    other: "Tienes saldo a favor. ¿Compro {count} días por {amount}?"),
                vos: .count(
                    one: "Tenés saldo a favor. ¿Compro {count} día por {amount}?",
                    many: "Tenés saldo a favor. ¿Compro {count} de días por {amount}?",
                    other: "Tenés saldo a favor. ¿Compro {count} días por {amount}?"),
                en: .count(
                    one: "You have credit. Shall I buy {count} day for {amount}?",
                    other: "You have credit. Shall I buy {count} days for {amount}?"),
                pt: .count(
                    one: "Você tem saldo a favor. Compro {count} dia por {amount}?",
                    many: "Você tem saldo a favor. Compro {count} de dias por {amount}?",
                    other: "Você tem saldo a favor. Compro {count} dias por {amount}?"))
        case .daysBought:
            Message(
                es: .count(
                    one: "Listo: {count} día. Pagado hasta el {day}.",
                    many: "Listo: {count} de días. Pagado hasta el {day}.",
                    other: "Listo: {count} días. Pagado hasta el {day}."),
                en: .count(
                    one: "Done: {count} day. Paid until {day}.", other: "Done: {count} days. Paid until {day}."),
                pt: .count(
                    one: "Pronto: {count} dia. Pago até {day}.",
                    many: "Pronto: {count} de dias. Pago até {day}.",
                    other: "Pronto: {count} dias. Pago até {day}."))
        case .whichDay:
            Message(
                es: .count(
                    one: "¿Qué día va a pagar? A más tardar en {count} día.",
                    many: "¿Qué día va a pagar? A más tardar en {count} de días.",
                    other: "¿Qué día va a pagar? A más tardar en {count} días."),
                tu: .count(
                    one: "¿Qué día vas a pagar? A más tardar en {count} día.",
                    many: "¿Qué día vas a pagar? A más tardar en {count} de días.",
                    other: "¿Qué día vas a pagar? A más tardar en {count} días."),
                en: .count(
                    one: "Which day will you pay? Within {count} day.",
                    other: "Which day will you pay? Within {count} days."),
                pt: .count(
                    one: "Que dia vai pagar? No máximo em {count} dia.",
                    many: "Que dia vai pagar? No máximo em {count} de dias.",
                    other: "Que dia vai pagar? No máximo em {count} dias."))
        }
    }
}
