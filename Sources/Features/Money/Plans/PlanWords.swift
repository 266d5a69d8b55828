import Locale

enum PlanWords: MessageCatalogue {
    case plans, intro, none, search, new, delete, deleteTitle, deleteText, retire, retireTitle, retireText
    case sellAgain, onSale

    var message: Message {
        switch self {
        case .plans: Message(es: "Planes de internet", en: "Internet plans", pt: "Planos de internet")
        case .intro:
            Message(
                es: "Lo que vende. Un servicio conserva el precio acordado aunque aquí cambie el del plan.",
                en: "What you sell. A service keeps the agreed price though the plan's changes here.",
                pt: "O que você vende. Um serviço mantém o preço combinado mesmo que aqui mude o do plano.")
        case .none:
            Message(
                es: "Todavía no hay planes. Cree el primero para vender servicios.",
                en: "There are no plans yet. Create the first one to sell services.",
                pt: "Ainda não há planos. Crie o primeiro para vender serviços.")
        case .search: Message(es: "Nombre del plan", en: "Name of the plan", pt: "Nome do plano")
        case .new: Message(es: "Crear plan", en: "Create plan", pt: "Criar plano")
        case .delete: Message(es: "Eliminar plan", en: "Delete plan", pt: "Excluir plano")
        case .deleteTitle:
            Message(es: "¿Eliminar el plan {name}?", en: "Delete the plan {name}?", pt: "Excluir o plano {name}?")
        case .deleteText:
            Message(
                es: "Solo se elimina si nunca se vendió. Si se vendió, retírelo.",
                en: "It is deleted only if it was never sold. If it was, retire it.",
                pt: "Só é excluído se nunca foi vendido. Se foi, retire-o.")
        case .retire: Message(es: "Retirar plan", en: "Retire plan", pt: "Retirar plano")
        case .retireTitle:
            Message(es: "¿Retirar el plan {name}?", en: "Retire the plan {name}?", pt: "Retirar o plano {name}?")
        case .retireText:
            Message(
                es: "Deja de venderse. Los servicios que lo tienen siguen igual.",
                en: "It is sold no more. The services that have it go on as they are.",
                pt: "Deixa de ser vendido. Os serviços que o têm continuam iguais.")
        case .sellAgain: Message(es: "Volver a vender", en: "Sell again", pt: "Voltar a vender")
        case .onSale: Message(es: "Plan en venta", en: "Plan on sale", pt: "Plano à venda")
        }
    }
}
