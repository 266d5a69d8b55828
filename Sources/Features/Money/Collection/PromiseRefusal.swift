import Access
import HTTP
import Locale

package enum PromiseRefusal: Refusal, Equatable {
    case notTaken, nothingOwed, amountOutside, inThePast, tooMuchOwed, openAlready, ended
    case tooFar(days: Int)
    case tooMany(count: Int)
    case tooLittle(percent: Int)

    package static let cases: [PromiseRefusal] = [
        .notTaken, .nothingOwed, .amountOutside, .inThePast, .tooMuchOwed, .openAlready, .ended, .tooFar(days: 7),
        .tooMany(count: 2),
        .tooLittle(percent: 100),
    ]

    package var status: Status {
        switch self {
        case .openAlready, .ended: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .notTaken: "promises_not_taken"
        case .nothingOwed: "nothing_owed"
        case .amountOutside: "promise_amount_outside"
        case .inThePast: "promise_in_the_past"
        case .tooMuchOwed: "promise_debt_too_large"
        case .openAlready: "promise_open_already"
        case .ended: "promise_ended"
        case .tooFar: "promise_too_far"
        case .tooMany: "promises_too_many"
        case .tooLittle: "promise_too_small"
        }
    }

    package var field: String {
        switch self {
        case .inThePast, .tooFar: "until"
        default: "amount"
        }
    }

    package var message: Message {
        switch self {
        case .notTaken:
            Message(
                es: "La empresa no acepta promesas de pago aquí.", en: "The company takes no promises here.",
                pt: "A empresa não aceita promessas aqui.")
        case .nothingOwed: Message(es: "No se debe nada.", en: "Nothing is owed.", pt: "Não se deve nada.")
        case .amountOutside:
            Message(
                es: "El importe va de un centavo a todo lo que se debe.",
                en: "The amount is from a cent to all that is owed.",
                pt: "O valor vai de um centavo a tudo o que se deve.")
        case .inThePast:
            Message(
                es: "Elija hoy o un día posterior.", en: "Choose today or a later day.", pt: "Escolha hoje ou depois.")
        case .tooMuchOwed:
            Message(
                es: "Se debe más de lo que la política permite prometer.",
                en: "More is owed than the policy lets people promise.",
                pt: "Deve-se mais do que a política permite prometer.")
        case .openAlready:
            Message(
                es: "Ya hay una promesa vigente.", en: "There is an open promise already.",
                pt: "Já há uma promessa vigente.")
        case .ended: Message(es: "La promesa ya terminó.", en: "The promise is over.", pt: "A promessa já terminou.")
        case .tooFar(let days):
            Message(
                es: .always("La política permite \(days) días como máximo."),
                en: .always("The policy allows \(days) days at most."),
                pt: .always("A política permite \(days) dias no máximo."))
        case .tooLittle(let percent):
            Message(
                es: .always("Se promete al menos el \(percent) % de lo que venció."),
                en: .always("A promise is for at least \(percent) % of what is due."),
                pt: .always("Promete-se ao menos \(percent) % do que venceu."))
        case .tooMany(let count):
            Message(
                es: .always("Ya prometió \(count) veces en noventa días, que es el máximo."),
                en: .always("There were \(count) promises in ninety days, which is the most."),
                pt: .always("Já prometeu \(count) vezes em noventa dias, que é o máximo."))
        }
    }
}
