import Locale

/// Words shared by all nouns and lists.
package enum NounWords: MessageCatalogue {
    case yes, no, save, cancel, problems, changedMeanwhile, notSaid

    package var message: Message {
        switch self {
        case .yes: Message(es: "Sí", en: "Yes", pt: "Sim")
        case .no: Message(es: "No", en: "No", pt: "Não")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .notSaid: Message(es: "Sin dato", en: "Not given", pt: "Não informado")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .changedMeanwhile:
            Message(
                es:
                    "Otra persona cambió estos datos mientras usted escribía. Revise y guarde otra vez para dejar lo suyo.",
                en: "Somebody else changed this while you were writing. Check, and save again to keep yours.",
                pt: "Outra pessoa alterou estes dados enquanto você escrevia. Revise e salve de novo para manter o seu."
            )
        }
    }
}
