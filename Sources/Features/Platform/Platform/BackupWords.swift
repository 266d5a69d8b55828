import Locale

/// The console's texts on backups of the database.
enum BackupWords: MessageCatalogue {
    case title, intro, how, runs, ended, what, outcome, size, took, backup, drill, worked, failed
    case lastBackup, lastDrill, restoredIn, lost, never, old, lastFailed, drillFailed

    var message: Message {
        switch self {
        case .title: Message(es: "Respaldos", en: "Backups", pt: "Backups")
        case .intro:
            Message(
                es:
                    "La base de datos de todas las empresas. Cada respaldo se restaura aparte y se comprueba: cuentas que cuadran, auditoría íntegra, tablas que aceptan datos. El archivo de llaves no va en él: guárdelo en otro lugar.",
                en:
                    "The database of every company. Each backup is restored beside it and proved: books that balance, an intact record, tables that take rows. The key file is not in it: keep that elsewhere.",
                pt:
                    "O banco de dados de todas as empresas. Cada backup é restaurado à parte e comprovado: contas que batem, auditoria íntegra, tabelas que aceitam dados. O arquivo de chaves não vai nele: guarde-o em outro lugar."
            )
        case .how:
            Message(
                es: "«deploy/backup take» hace uno; «deploy/backup keep» hace uno cada día y lo prueba.",
                en: "“deploy/backup take” makes one; “deploy/backup keep” makes one each day and tries it.",
                pt: "“deploy/backup take” faz um; “deploy/backup keep” faz um por dia e o testa.")
        case .runs: Message(es: "Respaldos y pruebas", en: "Backups and drills", pt: "Backups e testes")
        case .ended: Message(es: "Terminó", en: "Ended", pt: "Terminou")
        case .what: Message(es: "Qué", en: "What", pt: "O quê")
        case .outcome: Message(es: "Resultado", en: "Outcome", pt: "Resultado")
        case .size: Message(es: "Tamaño", en: "Size", pt: "Tamanho")
        case .took: Message(es: "Tardó", en: "Took", pt: "Demorou")
        case .backup: Message(es: "Respaldo", en: "Backup", pt: "Backup")
        case .drill: Message(es: "Prueba de restauración", en: "Restore drill", pt: "Teste de restauração")
        case .worked: Message(es: "Correcto", en: "Worked", pt: "Correto")
        case .failed: Message(es: "Falló", en: "Failed", pt: "Falhou")
        case .lastBackup: Message(es: "Último respaldo", en: "Last backup", pt: "Último backup")
        case .lastDrill: Message(es: "Última prueba", en: "Last drill", pt: "Último teste")
        case .restoredIn: Message(es: "Se restauró en", en: "Restored in", pt: "Restaurado em")
        case .lost:
            Message(
                es: "Se habría perdido lo de los últimos", en: "Would have lost the last",
                pt: "Teria perdido o dos últimos")
        case .never:
            Message(es: "No hay ningún respaldo.", en: "There is no backup.", pt: "Não há nenhum backup.")
        case .old:
            Message(
                es: "El último respaldo tiene más de un día.", en: "The last backup is more than a day old.",
                pt: "O último backup tem mais de um dia.")
        case .lastFailed:
            Message(es: "El último respaldo falló.", en: "The last backup failed.", pt: "O último backup falhou.")
        case .drillFailed:
            Message(
                es: "El último respaldo no pasó la prueba de restauración.",
                en: "The last backup did not pass its restore drill.",
                pt: "O último backup não passou no teste de restauração.")
        }
    }
}
