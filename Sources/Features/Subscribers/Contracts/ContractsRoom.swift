import API
import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Panel
import Postgres

extension Permission {
    package static let contractsView = Permission("contracts.view")
    package static let contractsManage = Permission("contracts.manage")
    package static let contractsTemplates = Permission("contracts.templates")
}

extension Notice {
    package static let published = Notice(
        "published",
        Message(
            es: "La versión quedó publicada: los contratos nuevos la usan.",
            en: "The version is published: new contracts use it.",
            pt: "A versão foi publicada: os contratos novos a usam."))
    package static let contractSigned = Notice(
        "contract_signed",
        Message(es: "El contrato quedó firmado.", en: "The contract is signed.", pt: "O contrato foi assinado."))
    /// Shown to the customer who signed.
    package static let ownContractSigned = Notice(
        "own_contract_signed",
        Message(
            es: "Su contrato quedó firmado. Aquí puede descargarlo cuando lo necesite.",
            en: "Your contract is signed. You can download it here at any time.",
            pt: "Seu contrato foi assinado. Aqui você pode baixá-lo quando precisar."))
    package static let contractAnnulled = Notice(
        "contract_annulled",
        Message(es: "El contrato quedó anulado.", en: "The contract is annulled.", pt: "O contrato foi anulado."))
}

extension EventKind {
    package static let contractCreated = EventKind(
        "contract.created", Message(es: "Creó un contrato", en: "Made a contract", pt: "Criou um contrato"),
        told: Message(es: "Contrato creado", en: "Contract made", pt: "Contrato criado"), to: .contractsView)
    package static let contractSigned = EventKind(
        "contract.signed", Message(es: "Firmó un contrato", en: "Signed a contract", pt: "Assinou um contrato"),
        told: Message(es: "Contrato firmado", en: "Contract signed", pt: "Contrato assinado"), to: .contractsView,
        where: Variant(
            "in_person", is: "yes", naming: "signer",
            Message(
                es: "Tomó la firma de {signer}", en: "Took the signature of {signer}",
                pt: "Colheu a assinatura de {signer}")))
    package static let contractSent = EventKind(
        "contract.sent",
        Message(
            es: "Envió un contrato para firmar", en: "Sent a contract to be signed",
            pt: "Enviou um contrato para assinar"))
    package static let contractAnnulled = EventKind(
        "contract.annulled", Message(es: "Anuló un contrato", en: "Annulled a contract", pt: "Anulou um contrato"),
        told: Message(es: "Contrato anulado", en: "Contract annulled", pt: "Contrato anulado"), to: .contractsView)
    package static let contractTemplatePublished = EventKind(
        "contract_template.published",
        Message(
            es: "Publicó una versión del modelo de contrato", en: "Published a version of the contract template",
            pt: "Publicou uma versão do modelo de contrato"))
}

extension LetterKind {
    package static let contractToSign = LetterKind(
        "contract_to_sign", Message(es: "Contrato por firmar", en: "Contract to sign", pt: "Contrato por assinar"))
    package static let contractSigned = LetterKind(
        "contract_signed", Message(es: "Contrato firmado", en: "Contract signed", pt: "Contrato assinado"))
}

extension RoomDeclarations {
    package static let contracts = RoomDeclarations(
        "Contracts",
        permissions: [
            GrantablePermission(
                .contractsView, Message(es: "Ver contratos", en: "See contracts", pt: "Ver contratos"),
                heldBy: [.accountant, .cashier, .collector, .support, .technician], isWithinZones: true,
                lent: .toReaders),
            GrantablePermission(
                .contractsManage,
                Message(
                    es: "Crear, firmar en persona y anular contratos",
                    en: "Make contracts, have them signed and annul them",
                    pt: "Criar, assinar presencialmente e anular contratos"), heldBy: [.support, .technician],
                isWithinZones: true),
            GrantablePermission(
                .contractsTemplates,
                Message(
                    es: "Publicar el modelo de contrato", en: "Publish the contract template",
                    pt: "Publicar o modelo de contrato"), heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.customers, 20), Message(es: "Contratos", en: "Contracts", pt: "Contratos"),
                path: "/panel/contracts", permission: .contractsView, icon: .contracts,
                synonyms: Message(es: "firmas acuerdos", en: "agreements signatures", pt: "assinaturas acordos"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM contracts WHERE tenant_id = \(tenant) AND state = 'pending' LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .task([.technician], 40), Message(es: "Contratos", en: "Contracts", pt: "Contratos"),
                path: "/panel/contracts", permission: .contractsView, icon: .contracts),
            MenuEntry(
                .settings(.customers, 20),
                Message(es: "Modelo de contrato", en: "Contract template", pt: "Modelo de contrato"),
                path: "/panel/contract-template", permission: .contractsTemplates, icon: .contracts,
                synonyms: Message(es: "plantilla cláusulas texto", en: "template terms", pt: "modelo cláusulas")),
        ],
        notices: [.published, .contractSigned, .ownContractSigned, .contractAnnulled],
        events: [
            .contractCreated, .contractSent, .contractSigned, .contractAnnulled, .contractTemplatePublished,
        ],
        details: [
            DetailKind("customer", Message(es: "Cliente", en: "Customer", pt: "Cliente")),
            DetailKind("version", Message(es: "Versión", en: "Version", pt: "Versão")),
            DetailKind("identification", Message(es: "Identificación", en: "Identification", pt: "Identificação")),
            DetailKind(
                "conditions",
                Message(es: "Condiciones particulares", en: "Particular conditions", pt: "Condições particulares")),
            DetailKind(
                "contract_state", Message(es: "Estado", en: "Status", pt: "Situação"),
                values: [
                    "pending": Message(es: "Por firmar", en: "To sign", pt: "Por assinar"),
                    "signed": Message(es: "Firmado", en: "Signed", pt: "Assinado"),
                    "annulled": Message(es: "Anulado", en: "Annulled", pt: "Anulado"),
                ]),
            DetailKind("signer", Message(es: "Firmante", en: "Signer", pt: "Signatário")),
            DetailKind(
                "signature", Message(es: "Firma", en: "Signature", pt: "Assinatura"),
                values: [
                    "drawn": Message(es: "Dibujada", en: "Drawn", pt: "Desenhada"),
                    "typed": Message(es: "Nombre escrito", en: "Typed name", pt: "Nome escrito"),
                ]),
            .flag("in_person", Message(es: "En persona", en: "In person", pt: "Presencial")),
            DetailKind(
                "text_sha256", Message(es: "SHA-256 del texto", en: "SHA-256 of the text", pt: "SHA-256 do texto")),
            DetailKind("pdf_sha256", Message(es: "SHA-256 del PDF", en: "SHA-256 of the PDF", pt: "SHA-256 do PDF")),
        ],
        letters: [.contractToSign, .contractSigned],
        customerTabs: [
            CustomerTab(
                40, Message(es: "Contratos", en: "Contracts", pt: "Contratos"), path: "/contracts",
                permission: .contractsView)
        ],
        portalCards: [
            PortalCard(
                10, Message(es: "Mis contratos", en: "My contracts", pt: "Meus contratos"),
                hint: Message(
                    es: "Lea, firme y descargue sus contratos.", en: "Read, sign and download your contracts.",
                    pt: "Leia, assine e baixe seus contratos."),
                button: Message(es: "Ver mis contratos", en: "See my contracts", pt: "Ver meus contratos"),
                path: "/portal/contracts")
        ],
        parts: [
            CustomerCards(
                40, for: .contractsView,
                reading: { visit, customer in [visit.database.contractsStatement(of: customer.id, limit: 3)] },
                { rows, visit, customer in
                    let contracts: [Contract] = try rows[0].read()
                    guard !contracts.isEmpty else { return nil }
                    return CustomerCard(ContractWords.contracts.text(for: visit.reader), in: .side) {
                        ul(.class("plain lines")) {
                            for contract in contracts {
                                li {
                                    a(.href(contract.panelPath)) { contract.title(for: visit.reader) }
                                    span(.class("state"), .data("state", contract.state.rawValue)) {
                                        contract.state.words.text(for: visit.reader)
                                    }
                                    if contract.state == .pending, visit.mayAct(with: .contractsManage) {
                                        SendToSign(contract: contract, visit: visit)
                                    }
                                }
                            }
                        }
                    }
                }),
            CustomerNouns(at: "/panel/contracts", for: .contractsView) { database, customer in
                """
                SELECT contract_id FROM contracts WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                ORDER BY number DESC LIMIT 50
                """
            },
            CustomerRows(50, "contracts", ContractWords.contracts.message, in: "contracts", by: "contract_id"),
        ])
}

extension Room {
    package static let contracts = Room(
        .contracts,
        panel: { routes, context in
            ContractRoutes(ContractActs(context)).add(to: &routes)
            CustomerContractRoutes(ContractActs(context)).add(to: &routes)
            TemplateRoutes(ContractPrinter(in: context.sandbox)).add(to: &routes)
        },
        portal: { routes, context in PortalContractRoutes(ContractActs(context)).add(to: &routes) },
        api: { routes, context in ContractAPI(ContractActs(context)).add(to: &routes) },
        onPortal: ContractCards.ofSubscriber,
        letters: ContractLetters.add)
}

extension ContractActs {
    fileprivate init(_ context: RoomContext) {
        self.init(
            printer: ContractPrinter(in: context.sandbox), mailing: context.mailing, randomness: context.randomness)
    }
}
