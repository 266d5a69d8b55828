import Access
import Bot
import Declarations
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

struct AssistantPage: View {
    let form: NounForm<AssistantSettings>
    let settings: AssistantSettings
    let models: [ModelAccess]
    let spending: AssistantSpending
    let days: [AssistantDay]
    /// The model that has just answered a test.
    let tested: String?
    let fault: AssistantRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var mayAct: Bool { visit.mayAct(with: .botManage) }

    var body: Markup {
        PageHeading(AssistantWords.title.text(for: reader)) {
            a(.class("button"), .href(AssistantRoutes.questions)) { AssistantWords.asked.text(for: reader) }
        }
        if let fault { p(.class("notice error"), .role("alert")) { fault.message.text(for: reader) } }
        if let tested {
            p(.class("notice"), .role("status")) { "\(tested): \(AssistantWords.works.text(for: reader))" }
        }
        p(.class("hint lead")) { AssistantWords.intro.text(for: reader) }
        modelsCard
        if mayAct {
            HTML.form(.class("card"), .method(.post), .action(AssistantRoutes.path)) {
                h2 { AssistantWords.settings.text(for: reader) }
                input(.type("hidden"), .name("revision"), .value(form.revision))
                NounFields(form, isNew: false, for: reader)
                button(.type("submit"), .class("primary")) { AssistantWords.save.text(for: reader) }
            }
        }
        costCard
    }

    private var modelsCard: Markup {
        section(.class("card"), .aria("label", AssistantWords.models.text(for: reader))) {
            h2 { AssistantWords.models.text(for: reader) }
            if models.isEmpty { p(.class("hint")) { AssistantWords.noModels.text(for: reader) } }
            ul(.class("plain lines")) { for model in models { li { line(model) } } }
            if mayAct {
                NewLink(AssistantWords.newModel.text(for: reader), path: "\(ModelAccess.path)/new")
            }
        }
    }

    private func line(_ model: ModelAccess) -> Markup {
        div(.class("acts")) {
            if mayAct {
                a(.href(model.panelPath)) { "\(model.position). \(model.model)" }
            } else {
                span { "\(model.position). \(model.model)" }
            }
            span(.class("hint")) { "\(model.api.text(for: reader)) · •••• \(model.keyEnd)" }
            if mayAct {
                HTML.form(.class("inline"), .method(.post), .action("\(model.panelPath)/test")) {
                    button(.type("submit")) { AssistantWords.test.text(for: reader) }
                }
                a(.class("button danger"), .href("\(model.panelPath)/delete"), .data("dialog", "")) {
                    AssistantWords.delete.text(for: reader)
                }
            }
        }
    }

    private var costCard: Markup {
        section(.class("card"), .aria("label", AssistantWords.cost.text(for: reader))) {
            h2 { AssistantWords.cost.text(for: reader) }
            p {
                AssistantWords.spent.text(
                    for: reader, .count(spending.questions), .text("cost", AssistantCost.text(spending.cost, reader)))
                " "
                AssistantWords.spentOf.text(for: reader, .text("budget", settings.budget.exactText(for: reader)))
            }
            if !days.isEmpty {
                div(
                    .class("table"), .role("region"), .tabindex(0),
                    .aria("label", AssistantWords.days.text(for: reader))
                ) {
                    table {
                        caption { AssistantWords.days.text(for: reader) }
                        thead {
                            tr {
                                for words in [AssistantWords.day, .questions, .cost] {
                                    th(.scope("col")) { words.text(for: reader) }
                                }
                            }
                        }
                        tbody { for day in days { row(day) } }
                    }
                }
            }
        }
    }

    private func row(_ day: AssistantDay) -> Markup {
        tr {
            td { day.day.text(.short, for: reader) }
            td(.data("label", AssistantWords.questions.text(for: reader))) { day.questions.text(for: reader) }
            td(.data("label", AssistantWords.cost.text(for: reader))) { AssistantCost.text(day.cost, reader) }
        }
    }
}

enum AssistantCost {
    /// Millionths of a dollar, rounded up to cents.
    static func text(_ cost: Int64, _ reader: Reader) -> String {
        Money(minor: cost / 10_000 + (cost % 10_000 > 0 ? 1 : 0), .usd).exactText(for: reader)
    }
}

struct AssistantQuestionsPage: View {
    static let length = 50

    /// One more than is shown.
    let questions: [AssistantQuestion]
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(AssistantWords.title.text(for: reader), path: AssistantRoutes.path)
        PageHeading(AssistantWords.asked.text(for: reader))
        if questions.isEmpty {
            EmptyState(.messages, AssistantWords.noQuestions.text(for: reader))
        } else {
            ul(.class("cards")) { for question in questions.prefix(Self.length) { card(question) } }
        }
        if !isFirst || questions.count > Self.length {
            nav(.class("pager"), .aria("label", AssistantWords.asked.text(for: reader))) {
                if !isFirst { a(.href(AssistantRoutes.questions)) { AssistantWords.newest.text(for: reader) } }
                if questions.count > Self.length {
                    a(.href("\(AssistantRoutes.questions)?before=\(questions[Self.length - 1].message)")) {
                        AssistantWords.older.text(for: reader)
                    }
                }
            }
        }
    }

    private func card(_ question: AssistantQuestion) -> Markup {
        li(.class("card")) {
            p {
                a(.href("/panel/inbox/\(question.conversation)")) { question.question }
                " "
                StateMark(question.state, for: reader)
            }
            if !question.answer.isEmpty { p { question.answer } }
            p(.class("hint")) { facts(question).joined(separator: " · ") }
            if !question.failure.isEmpty { p(.class("hint")) { question.failure } }
        }
    }

    private func facts(_ question: AssistantQuestion) -> [String] {
        var facts = [question.askedAt.text(.short, in: visit.tenant.timeZone, for: reader)]
        if !question.model.isEmpty { facts.append(question.model) }
        if !question.tools.isEmpty {
            facts.append("\(AssistantWords.tools.text(for: reader)): \(question.tools.joined(separator: ", "))")
        }
        facts.append("\(question.tokens.text(for: reader)) tokens")
        facts.append(AssistantCost.text(question.cost, reader))
        facts.append("\(AssistantWords.promptVersion.text(for: reader)) \(question.version)")
        return facts
    }
}
