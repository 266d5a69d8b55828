import Locale

/// What each permission lets somebody do, as a role's page says it.
package enum PermissionWords: MessageCatalogue {
    case anyone, signedIn, customersRead, customersWrite, staffRead, staffManage, rolesManage, tokensManage, auditRead
    case securityManage, settingsManage, zonesManage
    case lettersManage, portal, portalAccess
    case webhooksManage, eventsRead
    case contractsView, contractsManage, contractsTemplates

    package var message: Message {
        switch self {
        case .anyone: Message(es: "Lo que ve cualquiera", en: "What anyone sees", pt: "O que qualquer pessoa vê")
        case .signedIn: Message(es: "Su propia cuenta", en: "Their own account", pt: "A própria conta")
        case .customersRead: Message(es: "Ver clientes", en: "See customers", pt: "Ver clientes")
        case .customersWrite:
            Message(es: "Crear y cambiar clientes", en: "Create and change customers", pt: "Criar e alterar clientes")
        case .staffRead: Message(es: "Ver usuarios y roles", en: "See users and roles", pt: "Ver usuários e papéis")
        case .staffManage:
            Message(
                es: "Invitar, cambiar y desactivar usuarios", en: "Invite, change and disable users",
                pt: "Convidar, alterar e desativar usuários")
        case .rolesManage:
            Message(es: "Crear y cambiar roles", en: "Create and change roles", pt: "Criar e alterar papéis")
        case .tokensManage:
            Message(
                es: "Crear y revocar tokens de API", en: "Create and revoke API tokens",
                pt: "Criar e revogar tokens de API")
        case .zonesManage:
            Message(
                es: "Crear y cambiar zonas", en: "Create and change zones", pt: "Criar e alterar zonas")
        case .securityManage:
            Message(
                es: "Decidir cómo entra el personal", en: "Decide how staff sign in",
                pt: "Decidir como a equipe entra")
        case .portal: Message(es: "Su propio servicio", en: "Their own service", pt: "O próprio serviço")
        case .portalAccess:
            Message(
                es: "Dar a clientes acceso al portal", en: "Give customers access to the portal",
                pt: "Dar a clientes acesso ao portal")
        case .contractsView: Message(es: "Ver contratos", en: "See contracts", pt: "Ver contratos")
        case .contractsManage:
            Message(
                es: "Crear, firmar en persona y anular contratos",
                en: "Make contracts, have them signed and annul them",
                pt: "Criar, assinar presencialmente e anular contratos")
        case .contractsTemplates:
            Message(
                es: "Publicar el modelo de contrato", en: "Publish the contract template",
                pt: "Publicar o modelo de contrato")
        case .lettersManage:
            Message(
                es: "Ver y reenviar los correos enviados", en: "See and resend sent mail",
                pt: "Ver e reenviar os e-mails enviados")
        case .auditRead: Message(es: "Ver la auditoría", en: "See the audit trail", pt: "Ver a auditoria")
        case .settingsManage:
            Message(
                es: "Cambiar los datos, la marca y los dominios de la empresa",
                en: "Change the company's details, brand and domains",
                pt: "Alterar os dados, a marca e os domínios da empresa")
        case .webhooksManage:
            Message(
                es: "Administrar los webhooks", en: "Manage webhooks", pt: "Administrar os webhooks")
        case .eventsRead:
            Message(
                es: "Recibir por la API lo que va ocurriendo", en: "Be told by the API what happens",
                pt: "Receber pela API o que vai acontecendo")
        }
    }
}

extension Permission {
    package var words: PermissionWords {
        switch self {
        case .anyone: .anyone
        case .signedIn: .signedIn
        case .customersRead: .customersRead
        case .customersWrite: .customersWrite
        case .staffRead: .staffRead
        case .staffManage: .staffManage
        case .rolesManage: .rolesManage
        case .tokensManage: .tokensManage
        case .securityManage: .securityManage
        case .zonesManage: .zonesManage
        case .auditRead: .auditRead
        case .settingsManage: .settingsManage
        case .lettersManage: .lettersManage
        case .portal: .portal
        case .portalAccess: .portalAccess
        case .webhooksManage: .webhooksManage
        case .eventsRead: .eventsRead
        case .contractsView: .contractsView
        case .contractsManage: .contractsManage
        case .contractsTemplates: .contractsTemplates
        }
    }
}
