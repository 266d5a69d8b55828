import Locale

enum TemplateWords: MessageCatalogue {
    case templates, newTemplate, intro, noAccount, cost, used, usedNoCap, cap, utilityPrice, marketingPrice
    case authenticationPrice, askConsent, saveCost, noTemplates, business, businessHint, refresh, byNotice, saveUses,
        template
    case noTemplate, blanks, choose, kind, preview, account, name, nameHint, category, text, textHint, look, submit
    case approved, pending, rejected, paused, deleted

    var message: Message {
        switch self {
        case .templates: Message(es: "Plantillas de WhatsApp", en: "WhatsApp templates", pt: "Modelos do WhatsApp")
        case .newTemplate: Message(es: "Nueva plantilla", en: "New template", pt: "Novo modelo")
        case .intro:
            Message(
                es:
                    "A quien no escribió en las últimas 24 horas, WhatsApp solo le entrega plantillas aprobadas. Elija con cuál sale cada aviso; si ninguna está elegida, el aviso sale por el siguiente canal. Los datos se escriben en el orden de los lugares de la plantilla; debajo están los que tiene cada aviso.",
                en:
                    "To those who have not written in 24 hours WhatsApp delivers only approved templates. Choose the one for each notice; if none is chosen, the notice leaves by the next channel. Write the values in the order of the template's places; below stand those that each notice has.",
                pt:
                    "A quem não escreveu nas últimas 24 horas, o WhatsApp só entrega modelos aprovados. Escolha com qual sai cada aviso; se nenhum for escolhido, o aviso sai pelo canal seguinte. Escreva os dados na ordem dos lugares do modelo; abaixo estão os que cada aviso tem."
            )
        case .noAccount:
            Message(
                es: "Primero conecte un número de WhatsApp.", en: "Connect a WhatsApp number first.",
                pt: "Primeiro conecte um número do WhatsApp.")
        case .cost: Message(es: "Costo", en: "Cost", pt: "Custo")
        case .used:
            Message(
                es:
                    "Este mes: {used} de {cap}; quedan {left}. Al llegar al tope, los avisos salen por el siguiente canal.",
                en: "This month: {used} of {cap}; {left} left. At the cap, notices leave by the next channel.",
                pt: "Este mês: {used} de {cap}; restam {left}. No limite, os avisos saem pelo canal seguinte.")
        case .usedNoCap:
            Message(
                es: "Este mes: {used}, sin tope.", en: "This month: {used}, without a cap.",
                pt: "Este mês: {used}, sem limite.")
        case .cap: Message(es: "Tope de gasto al mes", en: "Monthly cap", pt: "Limite de gasto por mês")
        case .utilityPrice:
            Message(es: "Precio de una de utilidad", en: "Price of a utility one", pt: "Preço de um de utilidade")
        case .marketingPrice:
            Message(es: "Precio de una de publicidad", en: "Price of a marketing one", pt: "Preço de um de marketing")
        case .authenticationPrice:
            Message(
                es: "Precio de una de autenticación", en: "Price of an authentication one",
                pt: "Preço de um de autenticação")
        case .askConsent:
            Message(
                es: "Escribir primero solo a quien consta que lo aceptó",
                en: "Write first only to those on record as having agreed",
                pt: "Escrever primeiro só a quem consta que aceitou")
        case .saveCost: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .noTemplates:
            Message(
                es: "Todavía no se han traído plantillas de esta cuenta.",
                en: "No templates of this account have been fetched yet.",
                pt: "Ainda não se trouxeram modelos desta conta.")
        case .business:
            Message(
                es: "Identificador de la cuenta de WhatsApp Business", en: "WhatsApp Business account ID",
                pt: "Identificador da conta do WhatsApp Business")
        case .businessHint:
            Message(
                es: "En Meta está junto al identificador del número.",
                en: "At Meta it stands beside the phone number ID.",
                pt: "Na Meta está junto ao identificador do número.")
        case .refresh: Message(es: "Traer de WhatsApp", en: "Fetch from WhatsApp", pt: "Trazer do WhatsApp")
        case .byNotice: Message(es: "Con cuál sale cada aviso", en: "By notice", pt: "Com qual sai cada aviso")
        case .saveUses: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .template: Message(es: "Plantilla", en: "Template", pt: "Modelo")
        case .noTemplate: Message(es: "Ninguna", en: "None", pt: "Nenhum")
        case .blanks: Message(es: "Datos, en orden", en: "Values, in order", pt: "Dados, em ordem")
        case .choose: Message(es: "Elegir", en: "Choose", pt: "Escolher")
        case .kind: Message(es: "Aviso", en: "Notice", pt: "Aviso")
        case .preview:
            Message(es: "Así la verá el cliente", en: "As the customer will see it", pt: "Como o cliente verá")
        case .account: Message(es: "Cuenta", en: "Account", pt: "Conta")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .nameHint:
            Message(
                es: "Minúsculas, números y guiones bajos; el cliente no lo ve.",
                en: "Small letters, digits and underscores; the customer does not see it.",
                pt: "Minúsculas, números e sublinhados; o cliente não o vê.")
        case .category: Message(es: "Categoría", en: "Category", pt: "Categoria")
        case .text: Message(es: "Texto", en: "Text", pt: "Texto")
        case .textHint:
            Message(
                es: "Datos que puede poner: {names}", en: "Values that it may have: {names}",
                pt: "Dados que pode pôr: {names}")
        case .look: Message(es: "Ver cómo queda", en: "Preview", pt: "Ver como fica")
        case .submit: Message(es: "Enviar a aprobación", en: "Send for approval", pt: "Enviar para aprovação")
        case .approved: Message(es: "Aprobada", en: "Approved", pt: "Aprovado")
        case .pending: Message(es: "En revisión", en: "In review", pt: "Em análise")
        case .rejected: Message(es: "Rechazada", en: "Rejected", pt: "Rejeitado")
        case .paused: Message(es: "Pausada", en: "Paused", pt: "Pausado")
        case .deleted:
            Message(es: "Ya no está en WhatsApp", en: "No longer at WhatsApp", pt: "Não está mais no WhatsApp")
        }
    }
}
