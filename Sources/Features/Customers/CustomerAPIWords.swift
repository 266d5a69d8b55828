import Locale

enum CustomerAPIWords: MessageCatalogue {
    case list, create, read, change
    case id, number, name, phone, email, address, neighbourhood, state, since, ofState
    case zone, ofZone

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de clientes", en: "The customers", pt: "Lista de clientes")
        case .create: Message(es: "Crea un cliente", en: "Makes a customer", pt: "Cria um cliente")
        case .read: Message(es: "Un cliente", en: "One customer", pt: "Um cliente")
        case .change: Message(es: "Cambia un cliente", en: "Changes a customer", pt: "Altera um cliente")
        case .id: Message(es: "Identifica al cliente.", en: "Stands for the customer.", pt: "Identifica o cliente.")
        case .number:
            Message(
                es: "El número que el cliente dice al llamar.", en: "The number the customer says on the phone.",
                pt: "O número que o cliente diz ao ligar.")
        case .name:
            Message(
                es: "Nombre de la persona o empresa.", en: "The person's or company's name.",
                pt: "Nome da pessoa ou empresa.")
        case .phone: Message(es: "Teléfono.", en: "Telephone.", pt: "Telefone.")
        case .email:
            Message(
                es: "Correo, en minúsculas; vacío si no tiene.",
                en: "E-mail, in small letters; empty if there is none.",
                pt: "E-mail, em minúsculas; vazio se não tiver.")
        case .zone:
            Message(
                es: "La zona donde vive, de /api/v1/zones.", en: "The zone they live in, of /api/v1/zones.",
                pt: "A zona onde mora, de /api/v1/zones.")
        case .ofZone:
            Message(es: "Solo los de esta zona.", en: "Only those of this zone.", pt: "Só os desta zona.")
        case .address: Message(es: "Dirección.", en: "Address.", pt: "Endereço.")
        case .neighbourhood: Message(es: "Colonia o barrio.", en: "Neighbourhood.", pt: "Bairro.")
        case .state:
            Message(
                es: "Estado; un cliente nuevo es prospect si no se dice.",
                en: "Status; a new customer is a prospect when not said.",
                pt: "Situação; um cliente novo é prospect se não for dito.")
        case .since:
            Message(
                es: "Desde cuándo es cliente; hoy si no se dice.", en: "Customer since; today when not said.",
                pt: "Desde quando é cliente; hoje se não for dito.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        }
    }
}
