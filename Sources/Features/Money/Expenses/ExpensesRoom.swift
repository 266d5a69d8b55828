import Assembly
import CashDesk
import Declarations
import Locale
import Nouns
import Panel

extension Permission {
    package static let expensesView = Permission("expenses.view")
    package static let expensesManage = Permission("expenses.manage")
}

extension EventKind {
    package static let expenseEntered = EventKind(
        "expense.entered",
        Message(
            es: "Registró un gasto o ingreso", en: "Entered an expense or income",
            pt: "Registrou uma despesa ou receita"),
        told: Message(
            es: "Gasto o ingreso registrado", en: "Expense or income entered", pt: "Despesa ou receita registrada"),
        to: .expensesView)
    package static let expenseReversed = EventKind(
        "expense.reversed",
        Message(
            es: "Reversó un gasto o ingreso", en: "Reversed an expense or income", pt: "Estornou uma despesa ou receita"
        ),
        told: Message(
            es: "Gasto o ingreso reversado", en: "Expense or income reversed", pt: "Despesa ou receita estornada"),
        to: .expensesView)
}

extension RoomDeclarations {
    package static let expenses = RoomDeclarations(
        "Expenses",
        permissions: [
            GrantablePermission(
                .expensesView,
                Message(
                    es: "Ver gastos e ingresos de la empresa", en: "See the company's expenses and income",
                    pt: "Ver despesas e receitas da empresa"),
                heldBy: [.accountant], lent: .toReaders),
            GrantablePermission(
                .expensesManage,
                Message(
                    es: "Registrar y reversar gastos e ingresos", en: "Enter and reverse expenses and income",
                    pt: "Registrar e estornar despesas e receitas"),
                heldBy: [.accountant]),
        ],
        menu: [
            MenuEntry(
                .menu(.finance, 45), ExpenseWords.expenses.message, path: HouseEntry.list.path,
                permission: .expensesView, icon: .billing,
                synonyms: Message(
                    es: "egresos compras proveedores pagos", en: "spending purchases suppliers",
                    pt: "compras fornecedores pagamentos")),
            MenuEntry(
                .act, ExpenseWords.new.message, path: "\(HouseEntry.list.path)/new", permission: .expensesManage,
                icon: .plus),
        ],
        events: [.expenseEntered, .expenseReversed],
        details: HouseEntry.detailKinds,
        parts: [HouseEntry.afterMovement, HouseEntry.afterUndoneMovement, HouseEntry.otherCash])
}

extension Room {
    package static let expenses = Room(
        .expenses,
        panel: { routes, context in
            ExpenseRoutes(files: context.files, randomness: context.randomness).add(to: &routes)
        },
        api: { routes, context in ExpenseAPI(randomness: context.randomness).add(to: &routes) })
}
