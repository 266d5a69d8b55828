import Locale

/// A message about what was just done, shown once on the next page. A room's notices are constants in an extension of
/// this, listed in its declarations.
package struct Notice: Sendable {
    /// Its name in the next page's URL.
    package let name: String
    package let words: Message
    /// The path that undoes it, for its author, within ten minutes.
    package let undoPath: String?

    package init(_ name: String, _ words: Message, undoneAt undoPath: String? = nil) {
        self.name = name
        self.words = words
        self.undoPath = undoPath
    }
}

// Notices shared by all rooms.
extension Notice {
    package static let saved = Notice(
        "saved", Message(es: "Los cambios quedaron guardados.", en: "Changes saved.", pt: "Alterações salvas."))
    package static let created = Notice("created", Message(es: "Quedó creado.", en: "Created.", pt: "Criado."))
    package static let deleted = Notice("deleted", Message(es: "Eliminado.", en: "Deleted.", pt: "Excluído."))
    package static let undone = Notice(
        "undone", Message(es: "Se deshizo.", en: "It was undone.", pt: "Foi desfeito."))
    package static let imported = Notice(
        "imported", Message(es: "Se importó el archivo.", en: "The file was imported.", pt: "O arquivo foi importado."))
    package static let mailed = Notice(
        "mailed",
        Message(
            es: "El mensaje va en camino. En Correos enviados se ve si llegó.",
            en: "The message is on its way. Sent mail shows whether it arrived.",
            pt: "A mensagem está a caminho. Em E-mails enviados se vê se chegou."))

    package static let usual = [saved, created, deleted, undone, imported, mailed]
}
