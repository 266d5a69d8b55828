import Testing
import Time

@testable import Locale

@Suite struct MessageTests {
    @Test(arguments: [
        (Reader.mexican, 1, "Ana tiene una factura."), (.mexican, 1234, "Ana tiene 1,234 facturas."),
        (.colombian, 1234, "Ana tiene 1.234 facturas."), (.mexican, 2_000_000, "Ana tiene 2,000,000 de facturas."),
        (.mexican, 0, "Ana tiene 0 facturas."), (.english, 1, "Ana has one invoice."),
        (.english, 1_000_000, "Ana has 1,000,000 invoices."), (.brazilian, 0, "Ana tem 0 fatura."),
        (.brazilian, 1, "Ana tem 1 fatura."), (.brazilian, 3_000_000, "Ana tem 3.000.000 de faturas."),
    ])
    func `a noun agrees with its number`(reader: Reader, count: Int, text: String) {
        #expect(SampleWords.invoices.text(for: reader, .count(count), .name("Ana")) == text)
    }

    @Test(arguments: [
        (Courtesy.usted, "Ingrese su clave.", "¿Desea salir?"), (.tu, "Ingresa tu clave.", "¿Quieres salir?"),
        (.vos, "Ingresá tu clave.", "¿Quieres salir?"),
    ])
    func `Spanish says usted unless told otherwise`(courtesy: Courtesy, password: String, leave: String) {
        let reader = Reader(.es, in: .argentina, courtesy: courtesy)
        #expect(SampleWords.password.text(for: reader) == password)
        #expect(SampleWords.leave.text(for: reader) == leave)
        #expect(
            SampleWords.password.text(for: Reader(.en, in: .argentina, courtesy: courtesy)) == "Enter your password.")
    }

    @Test func `values are written the way of the reader, and never read as blanks`() throws {
        let blanks: [Blank] = [
            .text("plan", "{due} <b>"), .money("total", Money(minor: 123_450, .ars)), .number("days", 1500),
            .date("due", try #require(Day(iso: "2026-11-20"))),
        ]
        #expect(
            SampleWords.bill.message.text(for: Reader(.es, in: .argentina), blanks).readable
                == "{due} <b>: $·1.234,50 antes del 20 de noviembre de 2026 (1.500 días).")
        #expect(
            SampleWords.bill.message.text(for: .english, blanks).readable
                == "{due} <b>: ARS·1,234.50 before November 20, 2026 (1,500 days).")
    }

    @Test(arguments: [
        ("norte", "Avise a norte."), ("Norte S.A. de C.V.", "Avise a Norte S.A. de C.V."), ("", "Avise a ."),
    ])
    func `a sentence ends with one point`(company: String, text: String) {
        let message = Message(es: "Avise a {company}.", en: "Tell {company}.", pt: "Avise {company}.")
        #expect(message.text(for: .mexican, .text("company", company)) == text)
    }

    @Test func `a blank left empty stops whoever tests`() async {
        await #expect(processExitsWith: .failure) {
            _ = SampleWords.bill.text(for: Reader(.es, in: .mexico))
        }
        await #expect(processExitsWith: .failure) {
            _ = SampleWords.invoices.text(for: Reader(.es, in: .mexico), .name("Ana"))
        }
    }

    @Test func `good catalogues have no problems`() {
        #expect(SampleWords.problems == [])
        #expect(DistanceWords.problems == [])
    }

    @Test(
        arguments: [
            (Message(es: "", en: "a", pt: "a"), ["es: is empty"]),
            (Message(es: "a", en: " ", pt: "a"), ["en: is empty", "en: ' ' begins or ends with a space"]),
            (
                Message(es: "a b", en: "a  b", pt: "a b "),
                ["en: 'a  b' has two spaces together", "pt: 'a b ' begins or ends with a space"]
            ),
            (Message(es: "{a}", en: "{a}", pt: "{b}"), [#"pt: '{b}' has the blanks ["b"], not ["a"] as es"#]),
            (
                Message(es: "{a}", tu: "{}", en: "{a}", pt: "{a}"),
                [#"tu: '{}' has the blanks [], not ["a"] as es"#, "tu: '{}' has a brace that is no blank"]
            ),
            (
                Message(es: "a }", en: "{a b}", pt: "a {"),
                [
                    "es: 'a }' has a brace that is no blank", "en: '{a b}' has a brace that is no blank",
                    "pt: 'a {' has a brace that is no blank",
                ]
            ),
            (
                Message(es: "Sale?", vos: "¿Salís", en: "Leave?", pt: "Sai?"),
                ["es: 'Sale?' lacks an opening ¿ or ¡", "vos: '¿Salís' lacks an opening ¿ or ¡"]
            ),
            (Message(es: "¡Ya! Listo!", en: "Done!", pt: "Já!"), ["es: '¡Ya! Listo!' lacks an opening ¿ or ¡"]),
            (Message(es: "¡¿Ya?! Vea a.b/c?d=1", en: "x", pt: "x"), []),
            (
                Message(es: "{count} a", en: "{count} a", pt: "{count} a"),
                [
                    "es: '{count} a' counts without plural forms", "en: '{count} a' counts without plural forms",
                    "pt: '{count} a' counts without plural forms",
                ]
            ),
            (
                Message(
                    es: .count(one: "una", many: "{count} de", other: "{count}"), en: "many",
                    pt: .count(one: "{count}", many: "{count} de", other: "{count}")),
                ["en: has other plural forms than es", #"en: 'many' has the blanks [], not ["count"] as es"#]
            ),
            (
                Message(
                    es: .count(one: "una", other: "{count}"), en: .count(one: "one", many: "{count}", other: "{count}"),
                    pt: .count(one: "uma", many: "{count}", other: "{count}")),
                [
                    "es: lacks the form for millions (many)", "en: has a form for millions, which English does not",
                    "pt: 'one' must show {count}, it is also said of 0",
                ]
            ),
            (
                Message(
                    es: .count(one: "una {x}", many: "muchas {x}", other: "{count} {x}"),
                    en: .count(one: "one", other: "{count} {x}"),
                    pt: .count(one: "{count} {x}", many: "{count} {x}", other: "{count} {x}")),
                [
                    #"es: 'muchas {x}' has the blanks ["x"], not ["count", "x"] as es"#,
                    #"en: 'one' has the blanks [], not ["count", "x"] as es"#,
                ]
            ),
        ] as [(Message, [String])])
    func `what is wrong with a text is said`(message: Message, problems: [String]) {
        #expect(message.problems == problems)
    }

    @Test func `a problem names the catalogue and the message`() {
        #expect(BadWords.problems == ["BadWords.late: pt: is empty"])
    }

    @Test(
        arguments: [
            ("es-MX,es;q=0.9,en;q=0.8", Language.es), ("en-US,en;q=0.9", .en), ("fr, pt-BR;q=0.5, en;q=0.4", .pt),
            ("en;q=0.5, ES;q=0.501", .es), ("es;q=0, en;q=0.1", .en), ("pt , en", .pt), ("en ; q=0.2, pt ; q=0.3", .pt),
            ("es;q=2, en;q=1.000", .en), ("es;q=abc, en", .en), ("*", nil), ("", nil), ("fr;q=1,de", nil),
            ("est, enx", nil),
            (",,;q=1,es", .es), ("es;q=0.0001, en;q=0.001", .en), ("-es, e", nil), ("es;q=, pt;q=.5, en;q=1.1", nil),
        ] as [(String, Language?)])
    func `a browser gets the language it wants most`(header: String, language: Language?) {
        #expect(Language(accepting: header.utf8) == language)
        #expect(Language(accepting: Array(header.utf8)) == language)
    }
}

private enum BadWords: MessageCatalogue {
    case late

    var message: Message { Message(es: "Tarde", en: "Late", pt: "") }
}

private enum SampleWords: MessageCatalogue {
    case invoices, password, leave, bill

    var message: Message {
        switch self {
        case .invoices:
            Message(
                es: .count(
                    one: "{name} tiene una factura.", many: "{name} tiene {count} de facturas.",
                    other: "{name} tiene {count} facturas."),
                en: .count(one: "{name} has one invoice.", other: "{name} has {count} invoices."),
                pt: .count(
                    one: "{name} tem {count} fatura.", many: "{name} tem {count} de faturas.",
                    other: "{name} tem {count} faturas."))
        case .password:
            Message(
                es: "Ingrese su clave.", tu: "Ingresa tu clave.", vos: "Ingresá tu clave.", en: "Enter your password.",
                pt: "Digite sua senha.")
        case .leave: Message(es: "¿Desea salir?", tu: "¿Quieres salir?", en: "Leave?", pt: "Deseja sair?")
        case .bill:
            Message(
                es: "{plan}: {total} antes del {due} ({days} días).", en: "{plan}: {total} before {due} ({days} days).",
                pt: "{plan}: {total} antes de {due} ({days} dias).")
        }
    }
}
