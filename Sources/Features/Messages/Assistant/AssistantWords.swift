import Locale

enum AssistantWords: MessageCatalogue {
    case title, intro, settings, isOn, instructions, instructionsHint, perDay, budget, budgetHint, save
    case models, noModels, newModel, position, positionHint, api, model, modelHint, address, addressHint, key, keyHint
    case inputPrice, outputPrice, priceHint, test, works, delete, deleteTitle, deleteText
    case spent, spentOf, days, day, questions, cost, asked, noQuestions, question, answer, tools, state, older, newest
    case tooMany, promptVersion

    var message: Message { setup ?? use }

    private var setup: Message? {
        switch self {
        case .title: Message(es: "Modelo de lenguaje", en: "Language model", pt: "Modelo de linguagem")
        case .intro:
            Message(
                es:
                    "Opcional. Responde lo que el bot no entendió, solo con los datos del cliente que escribe. Lo paga la empresa a su proveedor.",
                en:
                    "Optional. It answers what the bot did not understand, with the data of the customer who writes only. The company pays its provider.",
                pt:
                    "Opcional. Responde o que o bot não entendeu, só com os dados do cliente que escreve. A empresa paga ao seu provedor."
            )
        case .settings: Message(es: "Uso y límites", en: "Use and limits", pt: "Uso e limites")
        case .isOn:
            Message(
                es: "Preguntar al modelo lo que el bot no entiende",
                en: "Ask the model what the bot does not understand",
                pt: "Perguntar ao modelo o que o bot não entende")
        case .instructions: Message(es: "Notas de la empresa", en: "The company's notes", pt: "Notas da empresa")
        case .instructionsHint:
            Message(
                es:
                    "Lo que el modelo puede decir además de los datos: políticas, promociones, zonas. Cada cambio es una versión.",
                en: "What the model may say besides the data: policies, offers, zones. Each change is a version.",
                pt: "O que o modelo pode dizer além dos dados: políticas, promoções, zonas. Cada mudança é uma versão.")
        case .perDay:
            Message(
                es: "Preguntas por cliente al día", en: "Questions a customer a day", pt: "Perguntas por cliente ao dia"
            )
        case .budget: Message(es: "Presupuesto del mes (USD)", en: "Month's budget (USD)", pt: "Orçamento do mês (USD)")
        case .budgetHint:
            Message(
                es: "Al llegar, el bot responde solo hasta el mes siguiente.",
                en: "Once it is spent, the bot answers alone until the next month.",
                pt: "Ao chegar, o bot responde sozinho até o mês seguinte.")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .models: Message(es: "Modelos", en: "Models", pt: "Modelos")
        case .noModels:
            Message(
                es: "Ningún modelo: el bot responde solo.", en: "No model: the bot answers alone.",
                pt: "Nenhum modelo: o bot responde sozinho.")
        case .newModel: Message(es: "Agregar modelo", en: "Add a model", pt: "Adicionar modelo")
        case .position: Message(es: "Orden", en: "Order", pt: "Ordem")
        case .positionHint:
            Message(
                es: "Si el primero no responde, se pregunta al siguiente.",
                en: "If the first does not answer, the next is asked.",
                pt: "Se o primeiro não responde, pergunta-se ao seguinte.")
        case .api: Message(es: "Proveedor", en: "Provider", pt: "Provedor")
        case .model: Message(es: "Modelo", en: "Model", pt: "Modelo")
        case .modelHint:
            Message(
                es: "Como lo nombra el proveedor.", en: "As the provider names it.", pt: "Como o provedor o nomeia.")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .addressHint:
            Message(
                es: "Vacía para Anthropic u OpenAI; para otros, la base de su API: https://api.deepseek.com",
                en: "Empty for Anthropic or OpenAI; for others the base of their API: https://api.deepseek.com",
                pt: "Vazio para Anthropic ou OpenAI; para outros, a base da API: https://api.deepseek.com")
        case .key: Message(es: "Clave", en: "Key", pt: "Chave")
        case .keyHint:
            Message(
                es: "No se vuelve a mostrar. Vacía para no cambiarla.", en: "Not shown again. Empty to keep it.",
                pt: "Não é mostrada de novo. Vazia para não alterá-la.")
        case .inputPrice:
            Message(
                es: "Precio de entrada (USD)", en: "Input price (USD)", pt: "Preço de entrada (USD)")
        case .outputPrice:
            Message(es: "Precio de salida (USD)", en: "Output price (USD)", pt: "Preço de saída (USD)")
        case .priceHint:
            Message(
                es: "Por un millón de tokens, como lo publica el proveedor.",
                en: "For a million tokens, as the provider publishes it.",
                pt: "Por um milhão de tokens, como o provedor publica.")
        case .test: Message(es: "Probar", en: "Test", pt: "Testar")
        case .works: Message(es: "El modelo responde.", en: "The model answers.", pt: "O modelo responde.")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deleteTitle: Message(es: "¿Eliminar {name}?", en: "Delete {name}?", pt: "Excluir {name}?")
        case .deleteText:
            Message(
                es: "Su clave se borra. Lo que respondió se conserva.",
                en: "Its key is erased. What it answered is kept.",
                pt: "A chave é apagada. O que respondeu é mantido.")
        default: nil
        }
    }

    private var use: Message {
        switch self {
        case .spent:
            Message(
                es: .count(
                    one: "Este mes: {count} pregunta, {cost}.", many: "Este mes: {count} de preguntas, {cost}.",
                    other: "Este mes: {count} preguntas, {cost}."),
                en: .count(
                    one: "This month: {count} question, {cost}.", other: "This month: {count} questions, {cost}."),
                pt: .count(
                    one: "Este mês: {count} pergunta, {cost}.", many: "Este mês: {count} de perguntas, {cost}.",
                    other: "Este mês: {count} perguntas, {cost}."))
        case .spentOf: Message(es: "Presupuesto: {budget}.", en: "Budget: {budget}.", pt: "Orçamento: {budget}.")
        case .days: Message(es: "Por día", en: "By day", pt: "Por dia")
        case .day: Message(es: "Día", en: "Day", pt: "Dia")
        case .questions: Message(es: "Preguntas", en: "Questions", pt: "Perguntas")
        case .cost: Message(es: "Costo", en: "Cost", pt: "Custo")
        case .asked: Message(es: "Lo que se preguntó", en: "What was asked", pt: "O que se perguntou")
        case .noQuestions:
            Message(
                es: "Todavía no se preguntó nada.", en: "Nothing was asked yet.", pt: "Ainda não se perguntou nada.")
        case .question: Message(es: "Pregunta", en: "Question", pt: "Pergunta")
        case .answer: Message(es: "Respuesta", en: "Answer", pt: "Resposta")
        case .tools: Message(es: "Consultó", en: "Looked up", pt: "Consultou")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .older: Message(es: "Anteriores", en: "Older", pt: "Anteriores")
        case .newest: Message(es: "Las más recientes", en: "Newest", pt: "As mais recentes")
        case .promptVersion: Message(es: "Notas, versión", en: "Notes, version", pt: "Notas, versão")
        default:
            Message(
                es: "Por hoy ya no puedo responder más preguntas así. Escriba «menú», o pida una persona.",
                tu: "Por hoy ya no puedo responder más preguntas así. Escribe «menú», o pide una persona.",
                vos: "Por hoy ya no puedo responder más preguntas así. Escribí «menú», o pedí una persona.",
                en: "I cannot answer more such questions today. Write “menu”, or ask for a person.",
                pt: "Por hoje não posso responder mais perguntas assim. Escreva «menu», ou peça uma pessoa.")
        }
    }
}
