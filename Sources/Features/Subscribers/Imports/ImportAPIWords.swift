import Locale

enum ImportAPIWords: MessageCatalogue {
    case list, upload, read, attempt, rows, commit, undo, discard, id, number, name, content, state, ofState
    case columns, fields, dayOrder, decimalMark, distinct, rowCount, doneCount, created, merged, known, refused
    case services, owed, inFavour, interruption, author, madeAt, endedAt, title, sample, field, daysAreDoubtful
    case amountsAreDoubtful, line, rowName, reference, outcome, ofOutcome, customer, sameAs, evidence, faults
    case plan, balance, isDone, kept, faultColumn, faultReason, faultValue

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Las importaciones de archivos",
                en: "The imports of files",
                pt: "As importações de arquivos")
        case .upload:
            Message(
                es: "Recibe un archivo y dice qué parece contener cada columna",
                en: "Takes a file and says what each column seems to hold",
                pt: "Recebe um arquivo e diz o que cada coluna parece conter")
        case .read: Message(es: "Una importación", en: "One import", pt: "Uma importação")
        case .attempt:
            Message(
                es: "Dice qué contiene cada columna y revisa qué pasaría con cada fila",
                en: "Says what each column holds, and checks what would become of each row",
                pt: "Diz o que cada coluna contém e verifica o que aconteceria com cada linha")
        case .rows:
            Message(
                es: "Qué pasa con cada fila",
                en: "What becomes of each row",
                pt: "O que acontece com cada linha")
        case .commit:
            Message(
                es: "Importa lo revisado",
                en: "Imports what was checked",
                pt: "Importa o que foi verificado")
        case .undo: Message(es: "Deshace una importación", en: "Undoes an import", pt: "Desfaz uma importação")
        case .discard:
            Message(
                es: "Descarta una importación de la que nada entró",
                en: "Discards an import of which nothing is in",
                pt: "Descarta uma importação da qual nada entrou")
        case .id:
            Message(
                es: "Identifica la importación.",
                en: "Stands for the import.",
                pt: "Identifica a importação.")
        case .number:
            Message(
                es: "El número de la importación.",
                en: "The number of the import.",
                pt: "O número da importação.")
        case .name: Message(es: "El nombre del archivo.", en: "The name of the file.", pt: "O nome do arquivo.")
        case .content:
            Message(
                es: "El archivo en base64: CSV o .xlsx.",
                en: "The file in base64: CSV or .xlsx.",
                pt: "O arquivo em base64: CSV ou .xlsx.")
        case .state:
            Message(
                es: "Estado de la importación.",
                en: "The status of the import.",
                pt: "Situação da importação.")
        case .ofState:
            Message(
                es: "Solo las de este estado.",
                en: "Only those of this status.",
                pt: "Só as desta situação.")
        case .columns:
            Message(
                es: "Las columnas del archivo, en su orden.",
                en: "The columns of the file, in their order.",
                pt: "As colunas do arquivo, em sua ordem.")
        case .fields:
            Message(
                es: "Qué contiene cada columna, en su orden; vacío si no se usa. Si falta, vale lo supuesto.",
                en: "What each column holds, in their order; empty where unused. Without it, the guesses count.",
                pt: "O que cada coluna contém, em sua ordem; vazio se não se usa. Se falta, vale o suposto.")
        case .dayOrder:
            Message(
                es: "En qué orden se escriben los días, si el archivo no lo deja claro.",
                en: "The order in which days are written, where the file leaves it open.",
                pt: "Em que ordem se escrevem os dias, se o arquivo não deixa claro.")
        case .decimalMark:
            Message(
                es: "El signo de los decimales, si el archivo no lo deja claro.",
                en: "The decimal mark, where the file leaves it open.",
                pt: "O sinal dos decimais, se o arquivo não deixa claro.")
        case .distinct:
            Message(
                es: "Si las filas que comparten teléfono, correo o nombre con otro cliente son otras personas.",
                en: "Whether rows that share a telephone, an e-mail or a name with another customer are other people.",
                pt: "Se as linhas que compartilham telefone, e-mail ou nome com outro cliente são outras pessoas.")
        case .rowCount: Message(es: "Cuántas filas tiene.", en: "How many rows it has.", pt: "Quantas linhas tem.")
        case .doneCount:
            Message(
                es: "Cuántas filas ya entraron.",
                en: "How many rows are in.",
                pt: "Quantas linhas já entraram.")
        case .created:
            Message(
                es: "Filas que son clientes nuevos.",
                en: "Rows that are new customers.",
                pt: "Linhas que são clientes novos.")
        case .merged:
            Message(
                es: "Filas que se unen a un cliente que ya está.",
                en: "Rows merged with a customer who is there.",
                pt: "Linhas unidas a um cliente que já existe.")
        case .known:
            Message(
                es: "Filas de las que todo ya estaba.",
                en: "Rows of which everything is there already.",
                pt: "Linhas das quais tudo já existe.")
        case .refused: Message(es: "Filas que no entran.", en: "Rows that are refused.", pt: "Linhas que não entram.")
        case .services:
            Message(
                es: "Cuántos servicios trae.",
                en: "How many services it brings.",
                pt: "Quantos serviços traz.")
        case .owed:
            Message(
                es: "Cuánto deben en total las filas que entran, en unidades menores.",
                en: "What the rows that go in owe in all, in minor units.",
                pt: "Quanto devem no total as linhas que entram, em unidades menores.")
        case .inFavour:
            Message(
                es: "Cuánto tienen a favor, en unidades menores.",
                en: "What they have in favour, in minor units.",
                pt: "Quanto têm a favor, em unidades menores.")
        case .interruption:
            Message(
                es: "Por qué se detuvo; nulo si no se detuvo.",
                en: "Why it stopped; null where it did not.",
                pt: "Por que parou; nulo se não parou.")
        case .author: Message(es: "Quién la subió.", en: "Who sent it.", pt: "Quem a enviou.")
        case .madeAt: Message(es: "Cuándo se subió.", en: "When it was sent.", pt: "Quando foi enviada.")
        case .endedAt:
            Message(
                es: "Cuándo se terminó o deshizo.",
                en: "When it was done or undone.",
                pt: "Quando foi concluída ou desfeita.")
        case .title: Message(es: "El título de la columna.", en: "The title of the column.", pt: "O título da coluna.")
        case .sample: Message(es: "Algunos de sus valores.", en: "A few of its values.", pt: "Alguns de seus valores.")
        case .field:
            Message(
                es: "Qué contiene; nulo si no se usa.",
                en: "What it holds; null where it is not used.",
                pt: "O que contém; nulo se não se usa.")
        case .daysAreDoubtful:
            Message(
                es: "Si sus días se pueden leer de dos maneras.",
                en: "Whether its days can be read in two ways.",
                pt: "Se seus dias podem ser lidos de duas maneiras.")
        case .amountsAreDoubtful:
            Message(
                es: "Si sus importes se pueden leer de dos maneras.",
                en: "Whether its amounts can be read in two ways.",
                pt: "Se seus valores podem ser lidos de duas maneiras.")
        case .line: Message(es: "La fila del archivo.", en: "The row of the file.", pt: "A linha do arquivo.")
        case .rowName: Message(es: "El nombre en la fila.", en: "The name in the row.", pt: "O nome na linha.")
        case .reference:
            Message(
                es: "El código del cliente en el otro sistema.",
                en: "The code of the customer in the other system.",
                pt: "O código do cliente no outro sistema.")
        case .outcome:
            Message(
                es: "Qué pasa con la fila.",
                en: "What becomes of the row.",
                pt: "O que acontece com a linha.")
        case .ofOutcome:
            Message(
                es: "Solo las filas con las que pasa esto.",
                en: "Only rows of which this becomes.",
                pt: "Só as linhas com que acontece isto.")
        case .customer:
            Message(
                es: "El cliente con que se une o que se creó; nulo mientras no hay.",
                en: "The customer it is merged with or who was made of it; null while there is none.",
                pt: "O cliente a que se une ou que foi criado; nulo enquanto não há.")
        case .sameAs:
            Message(
                es: "Una fila anterior del mismo cliente.",
                en: "An earlier row of the same customer.",
                pt: "Uma linha anterior do mesmo cliente.")
        case .evidence:
            Message(
                es: "Por qué se sabe que es el mismo cliente.",
                en: "By what it is known to be the same customer.",
                pt: "Por que se sabe que é o mesmo cliente.")
        case .faults:
            Message(
                es: "Qué está mal en la fila.",
                en: "What is wrong with the row.",
                pt: "O que está errado na linha.")
        case .plan:
            Message(
                es: "El plan del servicio que trae; nulo si no trae.",
                en: "The plan of the service it brings; null where it brings none.",
                pt: "O plano do serviço que traz; nulo se não traz.")
        case .balance:
            Message(
                es: "Lo que debe, en unidades menores; negativo si tiene a favor.",
                en: "What it owes, in minor units; negative where it has credit.",
                pt: "O que deve, em unidades menores; negativo se tem a favor.")
        case .isDone: Message(es: "Si ya entró.", en: "Whether it is in.", pt: "Se já entrou.")
        case .kept:
            Message(
                es: "Por qué se quedó al deshacer; nulo si no.",
                en: "Why it stayed when the import was undone; null otherwise.",
                pt: "Por que ficou ao desfazer; nulo se não.")
        case .faultColumn:
            Message(
                es: "La columna, desde 0; nulo si es toda la fila.",
                en: "The column, from 0; null where it is the whole row.",
                pt: "A coluna, desde 0; nulo se é a linha toda.")
        case .faultReason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        case .faultValue:
            Message(
                es: "El valor en el archivo.",
                en: "The value in the file.",
                pt: "O valor no arquivo.")
        }
    }
}
