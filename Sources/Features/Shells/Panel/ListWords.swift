import Locale

/// Texts of all lists.
package enum ListWords: MessageCatalogue {
    case filter, search, every, noMatch, noMore, showAll, select, withSelected, columns, size, previous, total, moreThan
    case selected, noneSelected, importing, views, keepView, viewName, removeView

    package var message: Message {
        switch self {
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .search: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .every: Message(es: "Todos", en: "All", pt: "Todos")
        case .noMatch:
            Message(
                es: "Nada coincide con el filtro.", en: "Nothing matches the filter.",
                pt: "Nada corresponde ao filtro.")
        case .noMore:
            Message(
                es: "No hay más a partir de aquí.", en: "There is nothing more from here on.",
                pt: "Não há mais a partir daqui.")
        case .showAll: Message(es: "Ver todos", en: "Show all", pt: "Ver todos")
        case .select: Message(es: "Elegir", en: "Select", pt: "Escolher")
        case .withSelected: Message(es: "Con los elegidos:", en: "With those selected:", pt: "Com os escolhidos:")
        case .selected:
            Message(
                es: .count(one: "Uno elegido:", many: "{count} de elegidos:", other: "{count} elegidos:"),
                en: .count(one: "One selected:", other: "{count} selected:"),
                pt: .count(one: "{count} escolhido:", many: "{count} de escolhidos:", other: "{count} escolhidos:"))
        case .noneSelected:
            Message(
                es: "No eligió ninguno. Marque las casillas de la lista.",
                en: "None was selected. Tick boxes in the list.",
                pt: "Nenhum foi escolhido. Marque as caixas da lista.")
        case .views: Message(es: "Vistas guardadas", en: "Saved views", pt: "Vistas salvas")
        case .keepView: Message(es: "Guardar vista", en: "Save view", pt: "Salvar vista")
        case .viewName: Message(es: "Nombre de la vista", en: "Name of the view", pt: "Nome da vista")
        case .removeView: Message(es: "Quitar «{name}»", en: "Remove “{name}”", pt: "Remover “{name}”")
        case .importing: Message(es: "Importar", en: "Import", pt: "Importar")
        case .columns: Message(es: "Columnas", en: "Columns", pt: "Colunas")
        case .size: Message(es: "Por página:", en: "A page:", pt: "Por página:")
        case .previous: Message(es: "Anteriores", en: "Previous", pt: "Anteriores")
        case .total:
            Message(
                es: .count(one: "Uno en total", many: "{count} de registros en total", other: "{count} en total"),
                en: .count(one: "One in all", other: "{count} in all"),
                pt: .count(one: "{count} no total", many: "{count} de registros no total", other: "{count} no total"))
        case .moreThan: Message(es: "Más de {most}", en: "More than {most}", pt: "Mais de {most}")
        }
    }
}
