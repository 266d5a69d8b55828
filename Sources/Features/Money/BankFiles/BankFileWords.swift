import BankStatements
import Locale
import Nouns
import Spreadsheets

enum BankFileWords: MessageCatalogue {
    case files, intro, noFiles, file, fileNumber, account, accounts, noAccounts, upload, uploadHint, underWay, refresh
    case from, to, lines, line, state, author, period, opening, closing, check, difference, isCut, unreadable, faultLine
    case commit, commitText, undo, undoText, undoneReason, discard, discardText
    case columns, column, means, examples, ignored, readAgain, dayOrder, decimalMark, asWritten
    case noLines, day, description, reference, payer, payerAccount, amount, customer, evidence, payment, reason, decider
    case queue, queueIntro, nothingWaits, candidates, samePayment, sameAmount, sameName, owes, owesNothing
    case assign, assignTo, confirmPayment, search, searchOther, find, nobodyFound, dismiss, dismissHint, recall,
        seePayment
    case aliases, aliasIntro, noAliases, forget, forgetText, linesApplied, linesWaiting, linesRepeated, linesUndone

    var message: Message {
        switch self {
        case .files: Message(es: "Conciliación bancaria", en: "Bank files", pt: "Conciliação bancária")
        case .intro:
            Message(
                es:
                    "Suba el estado de cuenta de su banco: los depósitos de clientes se registran solos, y lo que no se sabe de quién es queda por identificar.",
                tu:
                    "Sube el estado de cuenta de tu banco: los depósitos de clientes se registran solos, y lo que no se sabe de quién es queda por identificar.",
                vos:
                    "Subí el resumen de cuenta de tu banco: los depósitos de clientes se registran solos, y lo que no se sabe de quién es queda por identificar.",
                en:
                    "Upload your bank's statement: customers' deposits are written down by themselves, and what nobody can tell waits for a person.",
                pt:
                    "Envie o extrato do seu banco: os depósitos de clientes se registram sozinhos, e o que não se sabe de quem é fica por identificar."
            )
        case .noFiles:
            Message(
                es: "Todavía no se ha subido ningún archivo del banco.", en: "No bank file was uploaded yet.",
                pt: "Nenhum arquivo do banco foi enviado ainda.")
        case .file: Message(es: "Archivo", en: "File", pt: "Arquivo")
        case .fileNumber: Message(es: "Archivo {number}", en: "File {number}", pt: "Arquivo {number}")
        case .account: Message(es: "Cuenta", en: "Account", pt: "Conta")
        case .accounts: Message(es: "Cuentas bancarias", en: "Bank accounts", pt: "Contas bancárias")
        case .noAccounts:
            Message(
                es: "Agregue primero la cuenta bancaria de la empresa.",
                tu: "Agrega primero la cuenta bancaria de la empresa.",
                vos: "Agregá primero la cuenta bancaria de la empresa.", en: "First add the company's bank account.",
                pt: "Adicione primeiro a conta bancária da empresa.")
        case .upload: Message(es: "Subir archivo", en: "Upload file", pt: "Enviar arquivo")
        case .uploadHint:
            Message(
                es:
                    "CSV, Excel (.xlsx), OFX, camt.053 o MT940, como lo da el banco. No se aplica nada antes de que usted lo vea.",
                tu:
                    "CSV, Excel (.xlsx), OFX, camt.053 o MT940, como lo da el banco. No se aplica nada antes de que lo veas.",
                vos:
                    "CSV, Excel (.xlsx), OFX, camt.053 o MT940, como lo da el banco. No se aplica nada antes de que lo veas.",
                en:
                    "CSV, Excel (.xlsx), OFX, camt.053 or MT940, as the bank gives it. Nothing is applied before you see it.",
                pt:
                    "CSV, Excel (.xlsx), OFX, camt.053 ou MT940, como o banco o dá. Nada é aplicado antes que você veja."
            )
        case .underWay:
            Message(
                es: "El archivo está en marcha; vuelva a cargar la página en un momento.",
                tu: "El archivo está en marcha; vuelve a cargar la página en un momento.",
                vos: "El archivo está en marcha; volvé a cargar la página en un momento.",
                en: "The file is being worked on; reload the page in a moment.",
                pt: "O arquivo está em andamento; recarregue a página em um momento.")
        case .refresh: Message(es: "Actualizar", en: "Refresh", pt: "Atualizar")
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .to: Message(es: "Hasta", en: "Until", pt: "Até")
        case .lines: Message(es: "Líneas", en: "Lines", pt: "Linhas")
        case .line: Message(es: "Línea", en: "Line", pt: "Linha")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .author: Message(es: "Quién", en: "Who", pt: "Quem")
        case .period: Message(es: "Periodo", en: "Period", pt: "Período")
        case .opening: Message(es: "Saldo inicial", en: "Opening balance", pt: "Saldo inicial")
        case .closing: Message(es: "Saldo final", en: "Closing balance", pt: "Saldo final")
        case .check: Message(es: "Comprobación", en: "Check", pt: "Conferência")
        case .difference: Message(es: "Diferencia", en: "Difference", pt: "Diferença")
        case .isCut:
            Message(
                es:
                    "El archivo está cortado: lo que sigue no se conoce. Descárguelo otra vez; lo que ya esté no se repite.",
                tu:
                    "El archivo está cortado: lo que sigue no se conoce. Descárgalo otra vez; lo que ya esté no se repite.",
                vos:
                    "El archivo está cortado: lo que sigue no se conoce. Descargalo otra vez; lo que ya esté no se repite.",
                en: "The file is cut: what follows is not known. Download it again; what is there is not repeated.",
                pt:
                    "O arquivo está cortado: o que segue não se conhece. Baixe-o outra vez; o que já está não se repete."
            )
        case .unreadable:
            Message(
                es: .count(
                    one: "{count} línea no se pudo leer y queda fuera.",
                    many: "{count} de líneas no se pudieron leer y quedan fuera.",
                    other: "{count} líneas no se pudieron leer y quedan fuera."),
                en: .count(
                    one: "{count} line could not be read and is left out.",
                    other: "{count} lines could not be read and are left out."),
                pt: .count(
                    one: "{count} linha não pôde ser lida e fica fora.",
                    many: "{count} de linhas não puderam ser lidas e ficam fora.",
                    other: "{count} linhas não puderam ser lidas e ficam fora."))
        case .faultLine:
            Message(
                es: "Línea {number}: {reason}. {text}", en: "Line {number}: {reason}. {text}",
                pt: "Linha {number}: {reason}. {text}")
        case .commit: Message(es: "Aplicar", en: "Apply", pt: "Aplicar")
        case .commitText:
            Message(
                es: "Líneas que se registran como pagos: {number}, por {amount}. Quedan por identificar: {waiting}.",
                en: "Lines written down as payments: {number}, {amount} in all. To be identified: {waiting}.",
                pt:
                    "Linhas que se registram como pagamentos: {number}, no total {amount}. Ficam por identificar: {waiting}."
            )
        case .undo: Message(es: "Deshacer archivo", en: "Undo file", pt: "Desfazer arquivo")
        case .undoText:
            Message(
                es:
                    "Los pagos que el archivo registró o confirmó se reversan: {number}, por {amount}. Lo que habían pagado queda abierto otra vez, y los comprobantes que confirmó vuelven a esperar.",
                en:
                    "The payments that the file wrote down or confirmed are reversed: {number}, {amount} in all. What they had paid is open again, and receipts that it confirmed wait again.",
                pt:
                    "Os pagamentos que o arquivo registrou ou confirmou são estornados: {number}, no total {amount}. O que tinham pago fica aberto outra vez, e os comprovantes que confirmou voltam a esperar."
            )
        case .undoneReason:
            Message(
                es: "Se deshizo el archivo del banco {number}", en: "Bank file {number} was undone",
                pt: "O arquivo do banco {number} foi desfeito")
        case .discard: Message(es: "Descartar", en: "Discard", pt: "Descartar")
        case .discardText:
            Message(
                es: "El archivo se quita sin haber aplicado nada.", en: "The file goes without anything applied.",
                pt: "O arquivo sai sem ter aplicado nada.")
        case .columns: Message(es: "Columnas", en: "Columns", pt: "Colunas")
        case .column: Message(es: "Columna", en: "Column", pt: "Coluna")
        case .means: Message(es: "Es", en: "Is", pt: "É")
        case .examples: Message(es: "Ejemplos", en: "Examples", pt: "Exemplos")
        case .ignored: Message(es: "No se usa", en: "Not used", pt: "Não se usa")
        case .readAgain: Message(es: "Leer otra vez así", en: "Read again so", pt: "Ler outra vez assim")
        case .dayOrder: Message(es: "Orden de la fecha", en: "Order of dates", pt: "Ordem da data")
        case .decimalMark: Message(es: "Decimales", en: "Decimals", pt: "Decimais")
        case .asWritten: Message(es: "Como diga el archivo", en: "As the file says", pt: "Como diga o arquivo")
        case .noLines: Message(es: "Todavía no hay líneas.", en: "There are no lines yet.", pt: "Ainda não há linhas.")
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .description: Message(es: "Concepto", en: "Description", pt: "Histórico")
        case .reference: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .payer: Message(es: "Pagador", en: "Payer", pt: "Pagador")
        case .payerAccount: Message(es: "Cuenta del pagador", en: "Payer's account", pt: "Conta do pagador")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .evidence: Message(es: "Se sabe por", en: "Known by", pt: "Sabe-se por")
        case .payment: Message(es: "Pago", en: "Payment", pt: "Pagamento")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .decider: Message(es: "Lo decidió", en: "Decided by", pt: "Decidido por")
        case .queue: Message(es: "Por identificar", en: "To be identified", pt: "Por identificar")
        case .queueIntro:
            Message(
                es:
                    "Dinero que está en el banco y no se sabe de quién es. Elija al cliente: su pago se registra y su servicio vuelve solo.",
                tu:
                    "Dinero que está en el banco y no se sabe de quién es. Elige al cliente: su pago se registra y su servicio vuelve solo.",
                vos:
                    "Dinero que está en el banco y no se sabe de quién es. Elegí al cliente: su pago se registra y su servicio vuelve solo.",
                en:
                    "Money that is in the bank and nobody's yet. Choose the customer: the payment is written down and the service comes back.",
                pt:
                    "Dinheiro que está no banco e não se sabe de quem é. Escolha o cliente: o pagamento se registra e o serviço volta sozinho."
            )
        case .nothingWaits:
            Message(es: "No hay nada por identificar.", en: "Nothing is to be identified.", pt: "Nada por identificar.")
        case .candidates: Message(es: "Puede ser de", en: "It may be of", pt: "Pode ser de")
        case .samePayment:
            Message(
                es: "Pago igual ya registrado", en: "Equal payment there already", pt: "Pagamento igual já registrado")
        case .sameAmount: Message(es: "Debe ese importe", en: "Owes that amount", pt: "Deve esse valor")
        case .sameName: Message(es: "Nombre parecido", en: "Similar name", pt: "Nome parecido")
        case .owes: Message(es: "debe {amount}", en: "owes {amount}", pt: "deve {amount}")
        case .owesNothing: Message(es: "no debe nada", en: "owes nothing", pt: "não deve nada")
        case .assign: Message(es: "Asignar", en: "Assign", pt: "Atribuir")
        case .assignTo: Message(es: "Es de {name}", en: "Of {name}", pt: "É de {name}")
        case .confirmPayment: Message(es: "Es ese pago", en: "It is that payment", pt: "É esse pagamento")
        case .search: Message(es: "Buscar cliente", en: "Find customer", pt: "Buscar cliente")
        case .searchOther: Message(es: "Buscar otro", en: "Find another", pt: "Buscar outro")
        case .find: Message(es: "Buscar", en: "Find", pt: "Buscar")
        case .nobodyFound:
            Message(es: "No se encontró a nadie.", en: "Nobody was found.", pt: "Ninguém foi encontrado.")
        case .dismiss: Message(es: "No es de un cliente", en: "No customer's", pt: "Não é de um cliente")
        case .dismissHint:
            Message(
                es: "Intereses, un préstamo, dinero propio.", en: "Interest, a loan, one's own money.",
                pt: "Juros, um empréstimo, dinheiro próprio.")
        case .recall: Message(es: "Volver a la cola", en: "Back to the queue", pt: "Voltar à fila")
        case .seePayment: Message(es: "Ver el pago", en: "See the payment", pt: "Ver o pagamento")
        case .aliases: Message(es: "Pagadores conocidos", en: "Known payers", pt: "Pagadores conhecidos")
        case .aliasIntro:
            Message(
                es:
                    "Cada vez que alguien dice de quién es un depósito, se aprende quién paga por él. Olvide lo que ya no valga.",
                tu:
                    "Cada vez que alguien dice de quién es un depósito, se aprende quién paga por él. Olvida lo que ya no valga.",
                vos:
                    "Cada vez que alguien dice de quién es un depósito, se aprende quién paga por él. Olvidá lo que ya no valga.",
                en: "Each time somebody says whose a deposit is, its payer is learned. Forget what no longer holds.",
                pt:
                    "Cada vez que alguém diz de quem é um depósito, aprende-se quem paga por ele. Esqueça o que já não vale."
            )
        case .noAliases:
            Message(
                es: "Todavía no se conoce a ningún pagador.", en: "No payer is known yet.",
                pt: "Nenhum pagador é conhecido ainda.")
        case .forget: Message(es: "Olvidar", en: "Forget", pt: "Esquecer")
        case .forgetText:
            Message(
                es: "Lo ya registrado queda como está; los depósitos nuevos de este pagador quedarán por identificar.",
                en: "What was written down stays; this payer's new deposits will wait for a person.",
                pt: "O já registrado fica como está; os novos depósitos deste pagador ficarão por identificar.")
        case .linesApplied: Message(es: "Líneas aplicadas", en: "Lines applied", pt: "Linhas aplicadas")
        case .linesWaiting:
            Message(es: "Líneas por identificar", en: "Lines to be identified", pt: "Linhas por identificar")
        case .linesRepeated:
            Message(es: "Líneas que ya estaban", en: "Lines there already", pt: "Linhas que já estavam")
        case .linesUndone: Message(es: "Líneas deshechas", en: "Lines undone", pt: "Linhas desfeitas")
        }
    }
}

extension StatementMapping.Role {
    var message: Message {
        switch self {
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .description: Message(es: "Concepto", en: "Description", pt: "Histórico")
        case .reference: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .payer: Message(es: "Pagador", en: "Payer", pt: "Pagador")
        case .payerAccount: Message(es: "Cuenta del pagador", en: "Payer's account", pt: "Conta do pagador")
        case .bankID: Message(es: "Folio del banco", en: "Bank's number", pt: "Número do banco")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .credit: Message(es: "Abono", en: "Credit", pt: "Crédito")
        case .debit: Message(es: "Cargo", en: "Debit", pt: "Débito")
        case .sign: Message(es: "Cargo o abono", en: "Debit or credit", pt: "Débito ou crédito")
        case .balance: Message(es: "Saldo", en: "Balance", pt: "Saldo")
        case .currency: Message(es: "Moneda", en: "Currency", pt: "Moeda")
        case .status: Message(es: "Estado", en: "Status", pt: "Situação")
        }
    }
}

extension TableReading.Source {
    var message: Message {
        switch self {
        case .mapping:
            Message(
                es: "Leído como el archivo anterior de esta cuenta, o como usted dijo.",
                tu: "Leído como el archivo anterior de esta cuenta, o como dijiste.",
                vos: "Leído como el archivo anterior de esta cuenta, o como dijiste.",
                en: "Read as this account's file before, or as you said.",
                pt: "Lido como o arquivo anterior desta conta, ou como você disse.")
        case .titles:
            Message(
                es: "Leído por los títulos de sus columnas.", en: "Read by the titles of its columns.",
                pt: "Lido pelos títulos de suas colunas.")
        case .content:
            Message(
                es: "No tiene títulos conocidos: leído por lo que hay en sus columnas. Revíselo.",
                tu: "No tiene títulos conocidos: leído por lo que hay en sus columnas. Revísalo.",
                vos: "No tiene títulos conocidos: leído por lo que hay en sus columnas. Revisalo.",
                en: "It has no known titles: read by what its columns hold. Check it.",
                pt: "Não tem títulos conhecidos: lido pelo que há em suas colunas. Confira.")
        case .nothing: BankFile.Fault.columns.message
        }
    }
}

extension TableReading.Doubt {
    var message: Message {
        switch self {
        case .dayOrder:
            Message(
                es: "Los días podrían ser meses: revise las fechas.", en: "Days could be months: check the dates.",
                pt: "Os dias podem ser meses: confira as datas.")
        case .decimalMark:
            Message(
                es: "Los miles podrían ser decimales: revise los importes.",
                en: "Thousands could be decimals: check the amounts.",
                pt: "Os milhares podem ser decimais: confira os valores.")
        case .signs:
            Message(
                es: "Ningún importe es negativo y nada dice qué entró y qué salió: revise las columnas.",
                en: "No amount is negative and nothing says what came in or went out: check the columns.",
                pt: "Nenhum valor é negativo e nada diz o que entrou ou saiu: confira as colunas.")
        }
    }
}

extension DayOrder {
    var message: Message {
        switch self {
        case .dayFirst: Message(es: "Día primero", en: "Day first", pt: "Dia primeiro")
        case .monthFirst: Message(es: "Mes primero", en: "Month first", pt: "Mês primeiro")
        default: Message(es: "Año primero", en: "Year first", pt: "Ano primeiro")
        }
    }
}

extension DecimalMark {
    var message: Message {
        switch self {
        case .point: Message(es: "Punto: 1,234.50", en: "Point: 1,234.50", pt: "Ponto: 1,234.50")
        case .comma: Message(es: "Coma: 1.234,50", en: "Comma: 1.234,50", pt: "Vírgula: 1.234,50")
        }
    }
}
