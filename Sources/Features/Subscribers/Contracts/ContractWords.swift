import Locale

/// Texts on contracts.
enum ContractWords: MessageCatalogue {
    case send, thanks, giveBack
    case contracts, contract, pending, signed, annulled
    case number, customer, state, version, made, signedAt, search, filter, everyState, showAll, noneYet, noneMatch
    case noMore, noneOfCustomer, new, cancel, problems
    case identification, identificationHint, conditions, conditionsHint, text, textHint, noTemplateYet, toTemplate
    case download, sign, annul, madeBy, annulledText, signature, signer, way, address, browser, assistedBy, textHash
    case history
    case noTemplate, templateChanged, templateUnchanged, unknownCustomer, conditionsMissing, conditionsTooLong,
        identificationMissing
    case reasonMissing, alreadySigned, isAnnulled
    case annulTitle, annulText, annulSigned, reason
    case template, templateIntro, lawyer, templateText, structure, blanks, publish, preview, versions, current
    case versionTitle, versionBy, textMissing, textTooLong, unknownBlank, conditionsNotInText

    var message: Message {
        switch self {
        case .send: Message(es: "Enviar para firmar", en: "Send to be signed", pt: "Enviar para assinar")
        case .thanks: Message(es: "Gracias, {name}", en: "Thank you, {name}", pt: "Obrigado, {name}")
        case .giveBack:
            Message(
                es: "Su contrato quedó firmado. Ya puede devolver el equipo.",
                en: "Your contract is signed. You can give the device back.",
                pt: "Seu contrato foi assinado. Você já pode devolver o aparelho.")
        case .contracts: Message(es: "Contratos", en: "Contracts", pt: "Contratos")
        case .contract: Message(es: "Contrato n.º {number}", en: "Contract no. {number}", pt: "Contrato n.º {number}")
        case .pending: Message(es: "Por firmar", en: "To sign", pt: "Por assinar")
        case .signed: Message(es: "Firmado", en: "Signed", pt: "Assinado")
        case .annulled: Message(es: "Anulado", en: "Annulled", pt: "Anulado")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .version: Message(es: "Versión", en: "Version", pt: "Versão")
        case .made: Message(es: "Creado", en: "Made", pt: "Criado")
        case .signedAt: Message(es: "Firmado el", en: "Signed on", pt: "Assinado em")
        case .search:
            Message(
                es: "Número de contrato o cliente", en: "Number of the contract, or customer",
                pt: "Número do contrato ou cliente")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .everyState: Message(es: "Todos los estados", en: "Every status", pt: "Todas as situações")
        case .showAll: Message(es: "Ver todos", en: "Show all", pt: "Ver todos")
        case .noneYet:
            Message(
                es: "Todavía no hay contratos. Se crean en la página de cada cliente.",
                en: "There are no contracts yet. They are made on each customer's page.",
                pt: "Ainda não há contratos. São criados na página de cada cliente.")
        case .noneMatch:
            Message(
                es: "Ningún contrato coincide con el filtro.", en: "No contract matches the filter.",
                pt: "Nenhum contrato corresponde ao filtro.")
        case .noMore:
            Message(
                es: "No hay más contratos a partir de aquí.", en: "There are no more contracts from here on.",
                pt: "Não há mais contratos a partir daqui.")
        case .noneOfCustomer:
            Message(
                es: "Este cliente no tiene contratos.", en: "This customer has no contracts.",
                pt: "Este cliente não tem contratos.")
        case .new: Message(es: "Crear contrato", en: "Create contract", pt: "Criar contrato")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .identification:
            Message(
                es: "Identificación del cliente", en: "The customer's identification",
                pt: "Identificação do cliente")
        case .identificationHint:
            Message(
                es: "Documento o número fiscal, como debe decir el contrato.",
                en: "Card or tax number, as the contract should say it.",
                pt: "Documento ou número fiscal, como deve constar no contrato.")
        case .conditions:
            Message(es: "Condiciones particulares", en: "Particular conditions", pt: "Condições particulares")
        case .conditionsHint:
            Message(
                es: "Plan, precio, domicilio de instalación, plazo: un renglón cada uno.",
                en: "Plan, price, where it is installed, term: a line each.",
                pt: "Plano, preço, local da instalação, prazo: uma linha cada.")
        case .text: Message(es: "Texto del contrato", en: "Text of the contract", pt: "Texto do contrato")
        case .textHint:
            Message(
                es:
                    "Es la versión {version} del modelo con los datos de este cliente. Lo que falta se llena al crearlo, y desde entonces ya no cambia.",
                en:
                    "This is version {version} of the template with this customer's details. What is missing is filled in when it is made, and nothing changes from then on.",
                pt:
                    "É a versão {version} do modelo com os dados deste cliente. O que falta é preenchido ao criá-lo, e a partir daí já não muda."
            )
        case .noTemplateYet:
            Message(
                es: "Antes de crear contratos hay que publicar el modelo de contrato.",
                en: "Before contracts can be made, the contract template has to be published.",
                pt: "Antes de criar contratos é preciso publicar o modelo de contrato.")
        case .toTemplate: Message(es: "Ir al modelo", en: "Go to the template", pt: "Ir ao modelo")
        case .download: Message(es: "Descargar PDF", en: "Download PDF", pt: "Baixar PDF")
        case .sign: Message(es: "Firmar en este equipo", en: "Sign on this device", pt: "Assinar neste aparelho")
        case .annul: Message(es: "Anular contrato", en: "Annul contract", pt: "Anular contrato")
        case .madeBy: Message(es: "Creado por", en: "Made by", pt: "Criado por")
        case .annulledText:
            Message(
                es: "Anulado por {name} el {moment}: {reason}", en: "Annulled by {name} on {moment}: {reason}",
                pt: "Anulado por {name} em {moment}: {reason}")
        case .signature: Message(es: "Firma", en: "Signature", pt: "Assinatura")
        case .signer: Message(es: "Firmante", en: "Signer", pt: "Signatário")
        case .way: Message(es: "Forma", en: "Manner", pt: "Forma")
        case .address: Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")
        case .browser: Message(es: "Navegador", en: "Browser", pt: "Navegador")
        case .assistedBy:
            Message(es: "En persona, con ayuda de", en: "In person, assisted by", pt: "Presencialmente, com ajuda de")
        case .textHash: Message(es: "SHA-256 del texto", en: "SHA-256 of the text", pt: "SHA-256 do texto")
        case .history: Message(es: "Historial", en: "History", pt: "Histórico")
        case .noTemplate:
            Message(
                es: "Todavía no hay un modelo de contrato publicado.",
                en: "No contract template has been published yet.",
                pt: "Ainda não há um modelo de contrato publicado.")
        case .templateChanged:
            Message(
                es: "Mientras tanto se publicó otra versión del modelo. Revise el texto y vuelva a enviar.",
                en: "Another version of the template was published meanwhile. Check the text and send again.",
                pt: "Enquanto isso foi publicada outra versão do modelo. Revise o texto e envie de novo.")
        case .templateUnchanged:
            Message(
                es: "El texto es igual al de la versión vigente.",
                en: "The text is the same as the current version's.",
                pt: "O texto é igual ao da versão vigente.")
        case .unknownCustomer:
            Message(
                es: "No hay un cliente con ese identificador.", en: "There is no customer of that id.",
                pt: "Não há um cliente com esse identificador.")
        case .conditionsMissing:
            Message(
                es: "Escriba las condiciones particulares.", en: "Write the particular conditions.",
                pt: "Escreva as condições particulares.")
        case .conditionsTooLong:
            Message(
                es: "Las condiciones pueden tener 4000 caracteres y 100 renglones como máximo.",
                en: "The conditions may have 4000 characters and 100 lines at most.",
                pt: "As condições podem ter 4000 caracteres e 100 linhas no máximo.")
        case .identificationMissing:
            Message(
                es: "Escriba la identificación del cliente: el texto la menciona.",
                en: "Write the customer's identification: the text names it.",
                pt: "Escreva a identificação do cliente: o texto a menciona.")
        case .reasonMissing:
            Message(
                es: "Escriba por qué se anula.", en: "Write why it is annulled.", pt: "Escreva por que é anulado.")
        case .alreadySigned:
            Message(
                es: "Este contrato ya está firmado.", en: "This contract is signed already.",
                pt: "Este contrato já está assinado.")
        case .isAnnulled:
            Message(
                es: "Este contrato está anulado.", en: "This contract is annulled.", pt: "Este contrato está anulado.")
        case .annulTitle:
            Message(
                es: "¿Anular el contrato n.º {number}?", en: "Annul contract no. {number}?",
                pt: "Anular o contrato n.º {number}?")
        case .annulText:
            Message(
                es: "Ya no se podrá firmar, y no hay vuelta atrás. El contrato y el motivo quedan guardados.",
                en: "It can no longer be signed, and there is no way back. The contract and the reason are kept.",
                pt: "Já não poderá ser assinado, e não há volta. O contrato e o motivo ficam guardados.")
        case .annulSigned:
            Message(
                es: "El cliente ya lo firmó. Quedará anulado, con su firma guardada, y no hay vuelta atrás.",
                en:
                    "The customer has signed it. It will be annulled with its signature kept, and there is no way back.",
                pt: "O cliente já o assinou. Ficará anulado, com a assinatura guardada, e não há volta.")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .template: Message(es: "Modelo de contrato", en: "Contract template", pt: "Modelo de contrato")
        case .templateIntro:
            Message(
                es:
                    "El texto con el que se crean los contratos. Cada cambio se publica como una versión nueva; los contratos ya creados conservan la suya.",
                en:
                    "The text that contracts are made of. Each change is published as a new version; contracts already made keep theirs.",
                pt:
                    "O texto com que os contratos são criados. Cada mudança é publicada como uma versão nova; os contratos já criados mantêm a sua."
            )
        case .lawyer:
            Message(
                es:
                    "Este es un texto inicial para que no empiece de cero. Antes de publicarlo, pida que lo revise un abogado de su país.",
                en:
                    "This is a text to begin with. Before you publish it, have it reviewed by a lawyer of your country.",
                pt:
                    "Este é um texto inicial para não começar do zero. Antes de publicá-lo, peça a revisão de um advogado do seu país."
            )
        case .templateText: Message(es: "Texto", en: "Text", pt: "Texto")
        case .structure:
            Message(
                es:
                    "Un renglón que empieza con «# » es un título, y con «- », un punto de una lista. Un renglón vacío separa párrafos.",
                en:
                    "A line that begins with “# ” is a heading, one with “- ” a point of a list. An empty line ends a paragraph.",
                pt:
                    "Uma linha que começa com «# » é um título, e com «- », um item de lista. Uma linha vazia separa parágrafos."
            )
        case .blanks:
            Message(
                es: "Lo que se llena en cada contrato", en: "What each contract fills in",
                pt: "O que cada contrato preenche")
        case .publish: Message(es: "Publicar versión", en: "Publish version", pt: "Publicar versão")
        case .preview: Message(es: "Ver en PDF", en: "See as PDF", pt: "Ver em PDF")
        case .versions: Message(es: "Versiones publicadas", en: "Published versions", pt: "Versões publicadas")
        case .current: Message(es: "Vigente", en: "Current", pt: "Vigente")
        case .versionTitle:
            Message(
                es: "Modelo de contrato, versión {version}", en: "Contract template, version {version}",
                pt: "Modelo de contrato, versão {version}")
        case .versionBy:
            Message(
                es: "Publicada por {name} el {moment}", en: "Published by {name} on {moment}",
                pt: "Publicada por {name} em {moment}")
        case .textMissing: Message(es: "Escriba el texto.", en: "Write the text.", pt: "Escreva o texto.")
        case .textTooLong:
            Message(
                es: "El texto puede tener {most} caracteres y {lines} renglones como máximo.",
                en: "The text may have {most} characters and {lines} lines at most.",
                pt: "O texto pode ter {most} caracteres e {lines} linhas no máximo.")
        case .unknownBlank:
            Message(
                es: "{blank} no es un dato que se pueda llenar. Use los de la lista.",
                en: "{blank} is nothing that can be filled in. Use those of the list.",
                pt: "{blank} não é um dado que se possa preencher. Use os da lista.")
        case .conditionsNotInText:
            Message(
                es: "Falta {blank}: ahí va lo acordado con cada cliente.",
                en: "{blank} is missing: there goes what is agreed with each customer.",
                pt: "Falta {blank}: ali vai o que foi combinado com cada cliente.")
        }
    }
}

extension Contract.State {
    var words: ContractWords {
        switch self {
        case .pending: .pending
        case .signed: .signed
        case .annulled: .annulled
        }
    }
}

/// Labels of the placeholders, and sample values for previews.
enum PlaceholderWords: MessageCatalogue {
    case customer, identification, address, company, companyIdentification, number, date, conditions
    case sampleCustomer, sampleIdentification, sampleAddress, sampleConditions

    var message: Message {
        switch self {
        case .customer: Message(es: "nombre del cliente", en: "the customer's name", pt: "nome do cliente")
        case .identification:
            Message(
                es: "documento o número fiscal del cliente", en: "the customer's card or tax number",
                pt: "documento ou número fiscal do cliente")
        case .address: Message(es: "dirección del cliente", en: "the customer's address", pt: "endereço do cliente")
        case .company:
            Message(es: "razón social de la empresa", en: "the company's legal name", pt: "razão social da empresa")
        case .companyIdentification:
            Message(
                es: "número fiscal de la empresa", en: "the company's tax number", pt: "número fiscal da empresa")
        case .number: Message(es: "número del contrato", en: "the contract's number", pt: "número do contrato")
        case .date: Message(es: "fecha en que se crea", en: "the day it is made", pt: "data em que é criado")
        case .conditions:
            Message(
                es: "condiciones particulares", en: "the particular conditions", pt: "condições particulares")
        case .sampleCustomer: Message(es: "Ana Ejemplo Muestra", en: "Ann Example", pt: "Ana Exemplo Amostra")
        case .sampleIdentification: Message(es: "0000-EJEMPLO", en: "0000-EXAMPLE", pt: "0000-EXEMPLO")
        case .sampleAddress: Message(es: "Calle Ejemplo 5, Centro", en: "5 Example Street", pt: "Rua Exemplo 5, Centro")
        case .sampleConditions:
            Message(
                es: "Plan: Hogar 100 (100 Mb/s de bajada)\nPrecio: 399.00 al mes\nPlazo: 12 meses",
                en: "Plan: Home 100 (100 Mb/s down)\nPrice: 399.00 a month\nTerm: 12 months",
                pt: "Plano: Lar 100 (100 Mb/s de download)\nPreço: 399,00 por mês\nPrazo: 12 meses")
        }
    }
}

extension Placeholder {
    var words: PlaceholderWords {
        switch self {
        case .customer: .customer
        case .identification: .identification
        case .address: .address
        case .company: .company
        case .companyIdentification: .companyIdentification
        case .number: .number
        case .date: .date
        case .conditions: .conditions
        }
    }
}
