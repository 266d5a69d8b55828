import Locale

enum CustomerAPIWords: MessageCatalogue {
    case list, create, read, change
    case id, number, name, phone, address, neighbourhood, state, since, ofState

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
