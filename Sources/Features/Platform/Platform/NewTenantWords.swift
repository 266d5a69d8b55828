import Locale

/// Texts on new companies and their administrators.
enum NewTenantWords: MessageCatalogue {
    case title, startHint, name, goOn, slug, slugHint, slugWrong, slugReserved, slugTaken, zoneWrong, agreed, create
    case firstAdmin, firstAdminHint, noRoomForAdmin, inviteAdmin, inviteAdminHint, planIsFull

    var message: Message {
        switch self {
        case .title: Message(es: "Nueva empresa", en: "New company", pt: "Nova empresa")
        case .startHint:
            Message(
                es: "Con el nombre y el país se propone lo demás; podrá cambiarlo antes de crearla.",
                en: "Name and country propose the rest, which you can change before it is made.",
                pt: "O nome e o país propõem o resto; você poderá alterar antes de criar.")
        case .name: Message(es: "Nombre de la empresa", en: "Company's name", pt: "Nome da empresa")
        case .goOn: Message(es: "Continuar", en: "Continue", pt: "Continuar")
        case .slug: Message(es: "Identificador", en: "Identifier", pt: "Identificador")
        case .slugHint:
            Message(
                es: "Su dirección será identificador.{base}. No se puede cambiar después.",
                en: "Its address will be identifier.{base}. It cannot be changed later.",
                pt: "O endereço será identificador.{base}. Não pode ser alterado depois.")
        case .slugWrong:
            Message(
                es: "Use de 2 a 31 letras minúsculas sin acento, números o guiones; primero una letra.",
                en: "Use 2 to 31 small letters without accents, digits or hyphens, a letter first.",
                pt: "Use de 2 a 31 letras minúsculas sem acento, números ou hifens; primeiro uma letra.")
        case .slugReserved:
            Message(
                es: "Ese identificador está reservado. Elija otro.", en: "That identifier is reserved. Choose another.",
                pt: "Esse identificador é reservado. Escolha outro.")
        case .slugTaken:
            Message(
                es: "Otra empresa ya tiene ese identificador. Elija otro.",
                en: "Another company has that identifier. Choose another.",
                pt: "Outra empresa já tem esse identificador. Escolha outro.")
        case .zoneWrong:
            Message(
                es: "Elija una zona horaria de la lista.", en: "Choose a time zone from the list.",
                pt: "Escolha um fuso horário da lista.")
        case .agreed: Message(es: "Lo acordado", en: "What was agreed", pt: "O combinado")
        case .create: Message(es: "Crear la empresa", en: "Create the company", pt: "Criar a empresa")
        case .firstAdmin: Message(es: "Primer administrador", en: "First administrator", pt: "Primeiro administrador")
        case .firstAdminHint:
            Message(
                es: "Recibirá una invitación para elegir su contraseña, y podrá invitar a los demás.",
                en: "They will get an invitation to choose their password, and can invite the others.",
                pt: "Receberá um convite para escolher a senha e poderá convidar os demais.")
        case .noRoomForAdmin:
            Message(
                es: "El plan debe permitir al menos un usuario: el primer administrador.",
                en: "The plan needs room for the first administrator at least.",
                pt: "O plano precisa de lugar ao menos para o primeiro administrador.")
        case .inviteAdmin:
            Message(es: "Invitar a un administrador", en: "Invite an administrator", pt: "Convidar um administrador")
        case .inviteAdminHint:
            Message(
                es: "Tendrá todos los permisos en esta empresa. Su personal verá en la auditoría quién lo invitó.",
                en: "They will have every permission in this company. Its staff sees in the audit trail who did it.",
                pt: "Terá todas as permissões nesta empresa. A equipe verá na auditoria quem convidou.")
        case .planIsFull:
            Message(
                es: "El plan de la empresa no permite más usuarios activos. Amplíelo primero.",
                en: "The company's plan allows no more active users. Enlarge it first.",
                pt: "O plano da empresa não permite mais usuários ativos. Amplie-o primeiro.")
        }
    }
}
