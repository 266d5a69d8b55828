import Access
import Customers
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// On a customer's page: whether they may be written to first, and by what it is known.
struct ConsentCard: View {
    let customer: Customer
    let consents: [MessageConsent]
    let first: FirstWords?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(customer.panelPath)/consent" }
    private var isGiven: Bool { consents.contains { $0.endedAt == nil && $0.phone == customer.phone } }

    var body: Markup {
        section(.class("card")) {
            h2 { ConsentWords.title.text(for: reader) }
            if first == nil, !isGiven { p { ConsentWords.unknown.text(for: reader) } }
            ul(.class("plain lines")) {
                if let first { li { wrote(first) } }
                for consent in consents { li { line(of: consent) } }
            }
            if visit.mayAct(with: .conversationsAnswer) {
                if !customer.phone.isEmpty { noting }
                if consents.contains(where: { $0.endedAt == nil }) { ending }
            }
        }
    }

    private func wrote(_ first: FirstWords) -> String {
        ConsentWords.wrote.text(
            for: reader, .text("channel", first.channel.name), .text("day", day(at: first.at)),
            .text("words", FormText.line(first.words, upTo: 80)))
    }

    @MarkupBuilder private func line(of consent: MessageConsent) -> Markup {
        ConsentWords.agreed.text(
            for: reader, .text("way", consent.way.text(for: reader)),
            .text("day", consent.givenOn.text(.long, for: reader)),
            .text("phone", Phone.text(of: consent.phone, in: visit.tenant.region)),
            .text("proof", consent.proof), .name(consent.recordedBy))
        if let endedAt = consent.endedAt {
            " "
            ConsentWords.ended.text(for: reader, .text("day", day(at: endedAt)), .name(consent.endedBy ?? ""))
        } else if consent.phone != customer.phone {
            " "
            ConsentWords.otherPhone.text(for: reader)
        }
    }

    private func day(at moment: Instant) -> String {
        visit.tenant.timeZone.day(at: moment).text(.long, for: reader)
    }

    private var noting: Markup {
        let today = visit.tenant.timeZone.day(at: visit.now)
        return details(.class("chooser")) {
            summary(.class("button")) { ConsentWords.note.text(for: reader) }
            form(.method(.post), .action(path)) {
                input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                FormField(ConsentWords.how.text(for: reader), name: "way") { wiring in
                    select(wiring) {
                        for way in MessageConsent.Way.allCases {
                            option(.value(way.rawValue)) { way.text(for: reader) }
                        }
                    }
                }
                FormField(ConsentWords.day.text(for: reader), name: "day") { wiring in
                    input(wiring, .type("date"), .required(), .max(today.iso), .value(today.iso))
                }
                FormField(
                    ConsentWords.proof.text(for: reader), name: "proof", hint: ConsentWords.proofHint.text(for: reader)
                ) { wiring in
                    input(
                        wiring, .type("text"), .required(), .maxlength(NewConsent.longestProof), .autocomplete("off"))
                }
                button(.type("submit"), .class("primary")) { ConsentWords.save.text(for: reader) }
            }
        }
    }

    private var ending: Markup {
        form(.method(.post), .action("\(path)/end")) {
            button(.type("submit"), .class("danger")) { ConsentWords.end.text(for: reader) }
        }
    }
}

enum ConsentWords: MessageCatalogue {
    case title, unknown, wrote, agreed, ended, otherPhone, note, how, day, proof, proofHint, save, end

    var message: Message {
        switch self {
        case .title:
            Message(es: "Acepta que se le escriba", en: "Agrees to be written to", pt: "Aceita que lhe escrevam")
        case .unknown:
            Message(
                es: "No ha escrito, y no consta que aceptara mensajes.",
                en: "They have not written, and it is not on record that they agreed to messages.",
                pt: "Não escreveu, e não consta que aceitou mensagens.")
        case .wrote:
            Message(
                es: "Escribió por {channel} el {day}: «{words}»", en: "Wrote by {channel} on {day}: “{words}”",
                pt: "Escreveu por {channel} em {day}: “{words}”")
        case .agreed:
            Message(
                es: "{way}, el {day}, para {phone}: {proof} (anotó {name})",
                en: "{way}, on {day}, for {phone}: {proof} (noted by {name})",
                pt: "{way}, em {day}, para {phone}: {proof} (anotou {name})")
        case .ended:
            Message(
                es: "Ya no: lo anotó {name} el {day}.", en: "No longer: noted by {name} on {day}.",
                pt: "Não mais: anotou {name} em {day}.")
        case .otherPhone:
            Message(
                es: "Ese no es su teléfono actual.", en: "That is not their telephone now.",
                pt: "Esse não é o telefone atual.")
        case .note: Message(es: "Anotar que acepta", en: "Note that they agree", pt: "Anotar que aceita")
        case .how: Message(es: "Cómo aceptó", en: "How they agreed", pt: "Como aceitou")
        case .day: Message(es: "Qué día", en: "On which day", pt: "Em que dia")
        case .proof: Message(es: "Cómo consta", en: "How it is known", pt: "Como consta")
        case .proofHint:
            Message(
                es: "Qué dijo o firmó, y dónde está guardado.", en: "What was said or signed, and where it is kept.",
                pt: "O que disse ou assinou, e onde está guardado.")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .end: Message(es: "Ya no acepta", en: "They no longer agree", pt: "Não aceita mais")
        }
    }
}
