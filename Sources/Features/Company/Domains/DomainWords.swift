import Locale

enum DomainWords: MessageCatalogue {
    case domains, intro, add, name, nameHint, claimed, served, losing, losingHint, checked, check, remove, removeTitle
    case removeText
    case place, createProof, createPointer, thenCheck, recordKind, recordName, recordValue, missing, unanswered
    case notAName, ours, known, tooMany, taken

    var message: Message {
        switch self {
        case .domains: Message(es: "Dominios", en: "Domains", pt: "Domínios")
        case .intro:
            Message(
                es: "Su empresa siempre responde en {home}. Aquí puede agregar nombres propios.",
                en: "Your company always answers at {home}. Here you can add names of your own.",
                pt: "Sua empresa sempre responde em {home}. Aqui é possível adicionar nomes próprios.")
        case .add: Message(es: "Agregar dominio", en: "Add a domain", pt: "Adicionar domínio")
        case .name: Message(es: "Dominio", en: "Domain", pt: "Domínio")
        case .nameHint:
            Message(
                es: "Por ejemplo clientes.suempresa.com. Debe ser suyo.",
                en: "For example clients.yourcompany.com. It has to be yours.",
                pt: "Por exemplo clientes.suaempresa.com. Deve ser seu.")
        case .claimed: Message(es: "Falta comprobarlo", en: "Not proven yet", pt: "Falta comprovar")
        case .served: Message(es: "Funcionando", en: "Working", pt: "Funcionando")
        case .losing: Message(es: "Se perdió la comprobación", en: "The proof is gone", pt: "A comprovação foi perdida")
        case .losingHint:
            Message(
                es: "El registro TXT ya no está. Vuelva a crearlo antes del {until}, o el dominio dejará de responder.",
                en: "The TXT record is gone. Create it again before {until}, or the domain will stop answering.",
                pt:
                    "O registro TXT não está mais lá. Crie-o de novo antes de {until}, ou o domínio deixará de responder."
            )
        case .checked:
            Message(
                es: "Última comprobación: {moment}", en: "Last checked: {moment}", pt: "Última verificação: {moment}")
        case .check: Message(es: "Comprobar ahora", en: "Check now", pt: "Verificar agora")
        case .remove: Message(es: "Quitar dominio", en: "Remove the domain", pt: "Remover domínio")
        case .removeTitle:
            Message(es: "¿Quitar {host}?", en: "Remove {host}?", pt: "Remover {host}?")
        case .removeText:
            Message(
                es:
                    "Deja de responder enseguida: sus clientes ya no podrán entrar por él. Durante 30 días ninguna otra empresa puede usarlo.",
                tu:
                    "Deja de responder enseguida: tus clientes ya no podrán entrar por él. Durante 30 días ninguna otra empresa puede usarlo.",
                en:
                    "It stops answering at once: your customers can no longer come in by it. For 30 days no other company can use it.",
                pt:
                    "Deixa de responder na hora: seus clientes não poderão mais entrar por ele. Durante 30 dias nenhuma outra empresa pode usá-lo."
            )
        case .place:
            Message(
                es: "Entre a la página donde compró el dominio, busque «DNS» y haga esto:",
                en: "Go to the site where you bought the domain, look for “DNS” and do this:",
                pt: "Entre na página onde comprou o domínio, procure “DNS” e faça isto:")
        case .createProof:
            Message(
                es: "Cree este registro, que muestra que el dominio es suyo, y no lo borre después.",
                en: "Create this record, which shows that the domain is yours, and keep it there.",
                pt: "Crie este registro, que mostra que o domínio é seu, e não o apague depois.")
        case .createPointer:
            Message(
                es: "Cree este otro, que trae a sus visitantes hasta aquí.",
                en: "Create this other one, which brings your visitors here.",
                pt: "Crie este outro, que traz seus visitantes até aqui.")
        case .thenCheck:
            Message(
                es: "Espere unos minutos y presione «Comprobar ahora». También lo comprobamos solos cada día.",
                en: "Wait a few minutes and press “Check now”. We also check by ourselves every day.",
                pt: "Espere alguns minutos e pressione “Verificar agora”. Também verificamos sozinhos todos os dias.")
        case .recordKind: Message(es: "Tipo", en: "Type", pt: "Tipo")
        case .recordName: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .recordValue: Message(es: "Valor", en: "Value", pt: "Valor")
        case .missing:
            Message(
                es:
                    "El registro TXT todavía no aparece. Puede tardar unas horas en verse; revise que el nombre y el valor estén iguales.",
                en: "The TXT record does not show yet. It can take some hours; check that name and value are the same.",
                pt:
                    "O registro TXT ainda não aparece. Pode levar algumas horas; confira se o nome e o valor estão iguais."
            )
        case .unanswered:
            Message(
                es: "El DNS de ese dominio no respondió. Intente de nuevo en unos minutos.",
                en: "The domain's DNS did not answer. Try again in a few minutes.",
                pt: "O DNS desse domínio não respondeu. Tente de novo em alguns minutos.")
        case .notAName:
            Message(
                es: "Escriba un dominio como clientes.suempresa.com, sin puerto.",
                en: "Write a domain such as clients.yourcompany.com, without a port.",
                pt: "Escreva um domínio como clientes.suaempresa.com, sem porta.")
        case .ours:
            Message(
                es: "Ese nombre es del sistema. Escriba uno de su propio dominio.",
                en: "That name is the system's. Write one of your own domain.",
                pt: "Esse nome é do sistema. Escreva um do seu próprio domínio.")
        case .known:
            Message(
                es: "Ese dominio ya está en su lista.", en: "That domain is in your list already.",
                pt: "Esse domínio já está na sua lista.")
        case .tooMany:
            Message(
                es: "Ya tiene 20 dominios. Quite uno que no use.",
                en: "You have 20 domains. Remove one you do not use.",
                pt: "Já há 20 domínios. Remova um que não use.")
        case .taken:
            Message(
                es:
                    "Ese dominio no está disponible por ahora. Si es suyo y otra empresa lo usó antes, podrá usarlo cuando pasen 30 días.",
                en:
                    "That domain is not available for now. If it is yours and another company used it before, you can use it once 30 days have passed.",
                pt:
                    "Esse domínio não está disponível por enquanto. Se é seu e outra empresa o usou antes, poderá usá-lo depois de 30 dias."
            )
        }
    }
}
