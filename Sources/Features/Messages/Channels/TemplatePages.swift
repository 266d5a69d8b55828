import Access
import ChannelProtocol
import HTML
import Locale
import Notices
import Nouns
import Panel
import Tenancy
import Time

struct TemplatesPage: View {
    let accounts: [ChannelAccount]
    let templates: [MessageTemplate]
    let uses: [TemplateUse]
    let budget: MessageBudget
    let spent: Int64
    let fault: String?
    /// What was sent and refused, by kind of notice.
    let typed: [String: TemplateChoice]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var mayAct: Bool { visit.mayAct(with: .channelsManage) }

    private func money(_ minor: Int64) -> String { Money(minor: minor, visit.tenant.currency).exactText(for: reader) }

    var body: Markup {
        Crumb(ChannelWords.channels.text(for: reader), path: ChannelRoutes.path)
        PageHeading(TemplateWords.templates.text(for: reader)) {
            if mayAct {
                a(.class("button"), .href("\(TemplateRoutes.path)/new")) {
                    TemplateWords.newTemplate.text(for: reader)
                }
            }
        }
        if let fault { p(.class("notice error"), .role("alert")) { fault } }
        p(.class("hint lead")) { TemplateWords.intro.text(for: reader) }
        if accounts.isEmpty { p(.class("empty")) { TemplateWords.noAccount.text(for: reader) } }
        cost
        for account in accounts { provided(account) }
        if !accounts.isEmpty { mapping }
    }

    private var cost: Markup {
        section(.class("card")) {
            h2 { TemplateWords.cost.text(for: reader) }
            p { used }
            if mayAct { budgetForm }
        }
    }

    private var used: String {
        guard let cap = budget.cap else {
            return TemplateWords.usedNoCap.text(for: reader, .text("used", money(spent)))
        }
        return TemplateWords.used.text(
            for: reader, .text("used", money(spent)), .text("cap", money(cap)),
            .text("left", money(max(0, cap - spent))))
    }

    private var budgetForm: Markup {
        form(.method(.post), .action("\(TemplateRoutes.path)/budget")) {
            amount(.cap, "cap", budget.cap)
            amount(.utilityPrice, "utility", budget.utility)
            amount(.marketingPrice, "marketing", budget.marketing)
            amount(.authenticationPrice, "authentication", budget.authentication)
            label(.class("choice")) {
                input(.type("checkbox"), .name("consent"), .value("yes"), .checked(budget.asksConsent))
                span { TemplateWords.askConsent.text(for: reader) }
            }
            button(.type("submit")) { TemplateWords.saveCost.text(for: reader) }
        }
    }

    private func amount(_ words: TemplateWords, _ name: String, _ minor: Int64?) -> Markup {
        FormField(words.text(for: reader), name: name) { wiring in
            input(
                wiring, .value(minor.map { Money(minor: $0, visit.tenant.currency).plainText } ?? ""),
                .inputmode("decimal"), .maxlength(40), .autocomplete("off"))
        }.body
    }

    private func provided(_ account: ChannelAccount) -> Markup {
        let own = templates.filter { $0.account == account.id }
        return section(.class("card")) {
            h2 { "\(account.provider.name) \(account.handle)" }
            if own.isEmpty { p(.class("hint")) { TemplateWords.noTemplates.text(for: reader) } }
            ul {
                for template in own {
                    li {
                        strong { template.name }
                        " · \(template.language) · \(template.category.text(for: reader)) · "
                        span(.class("state"), .data("tone", template.tone.rawValue)) { template.stateText(for: reader) }
                        p(.class("hint")) { template.body }
                    }
                }
            }
            if mayAct { refreshForm(account) }
        }
    }

    private func refreshForm(_ account: ChannelAccount) -> Markup {
        form(.method(.post), .action("\(TemplateRoutes.path)/refresh")) {
            input(.type("hidden"), .name("account"), .value("\(account.id)"))
            FormField(
                TemplateWords.business.text(for: reader), name: "business",
                hint: TemplateWords.businessHint.text(for: reader)
            ) { wiring in
                input(
                    wiring, .value(account.business), .inputmode("numeric"), .maxlength(40), .autocomplete("off"),
                    .required())
            }
            button(.type("submit")) { TemplateWords.refresh.text(for: reader) }
        }
    }

    @MarkupBuilder private var mapping: Markup {
        let title = TemplateWords.byNotice.text(for: reader)
        h2 { title }
        if mayAct {
            form(.method(.post), .action("\(TemplateRoutes.path)/uses")) {
                table(title)
                button(.type("submit"), .class("primary")) { TemplateWords.saveUses.text(for: reader) }
            }
        } else {
            table(title)
        }
    }

    private func table(_ title: String) -> Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [TemplateWords.kind, .template, .blanks] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for kind in visit.catalogue.noticeKinds { row(of: kind) } }
            }
        }
    }

    private func row(of kind: NoticeKind) -> Markup {
        let use = uses.first { $0.kind == kind.name }
        let choice = typed[kind.name] ?? use.map { TemplateChoice($0) } ?? TemplateChoice()
        let name = kind.words.text(for: reader)
        return tr {
            td(.class("name")) {
                name
                if use?.isUsable == false {
                    p(.class("hint")) { ChatCarrierRefusal.templateWaits.text(for: reader) }
                }
            }
            td(.data("label", TemplateWords.template.text(for: reader))) {
                mayAct ? chooser(of: kind, choice, name) : .text(use?.template.name ?? "–")
            }
            td(.data("label", TemplateWords.blanks.text(for: reader))) {
                mayAct ? blanks(of: kind, choice, name) : .text(use?.blanks.joined(separator: ", ") ?? "–")
            }
        }
    }

    private func chooser(of kind: NoticeKind, _ choice: TemplateChoice, _ name: String) -> Markup {
        select(
            .name(TemplateChoice.templateField(of: kind)),
            .aria("label", "\(TemplateWords.template.text(for: reader)): \(name)")
        ) {
            option(.value(""), .selected(choice.template.isEmpty)) { TemplateWords.noTemplate.text(for: reader) }
            for template in templates where !template.isForeign || "\(template.id)" == choice.template {
                option(.value("\(template.id)"), .selected("\(template.id)" == choice.template)) {
                    "\(template.name) (\(template.language))"
                }
            }
        }
    }

    @MarkupBuilder private func blanks(of kind: NoticeKind, _ choice: TemplateChoice, _ name: String) -> Markup {
        input(
            .name(TemplateChoice.blanksField(of: kind)), .value(choice.blanks.joined(separator: ", ")),
            .maxlength(1000), .autocomplete("off"),
            .aria("label", "\(TemplateWords.blanks.text(for: reader)): \(name)"))
        p(.class("hint")) { kind.blanks.joined(separator: ", ") }
    }
}

struct NewTemplatePage: View {
    let kind: NoticeKind
    let kinds: [NoticeKind]
    let accounts: [ChannelAccount]
    let draft: TemplateDraft?
    /// The values of the newest notice of the kind.
    let example: [String: String]
    let fault: Message?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(TemplateWords.templates.text(for: reader), path: TemplateRoutes.path)
        PageHeading(TemplateWords.newTemplate.text(for: reader))
        if let fault { p(.class("notice error"), .role("alert")) { fault.text(for: reader) } }
        FilterBar("\(TemplateRoutes.path)/new", button: TemplateWords.choose.text(for: reader)) {
            FormField(TemplateWords.kind.text(for: reader), name: "kind") { wiring in
                select(wiring) {
                    for known in kinds {
                        option(.value(known.name), .selected(known.name == kind.name)) {
                            known.words.text(for: reader)
                        }
                    }
                }
            }
        }
        // Another notice has other values.
        LivingList {
            if fault == nil, let draft, let checked = try? draft.checked() { preview(checked) }
            if visit.mayAct(with: .channelsManage) { editor }
        }
    }

    private func preview(_ checked: (body: String, blanks: [String])) -> Markup {
        section(.class("card"), .role("status")) {
            h2 { TemplateWords.preview.text(for: reader) }
            p { MessageTemplate.filled(checked.body, checked.blanks.map { example[$0] ?? "[\($0)]" }) }
        }
    }

    private var editor: Markup {
        form(.class("card"), .method(.post), .action("\(TemplateRoutes.path)/new")) {
            h2 { kind.words.text(for: reader) }
            input(.type("hidden"), .name("kind"), .value(kind.name))
            FormField(TemplateWords.account.text(for: reader), name: "account") { wiring in
                select(wiring) {
                    for account in accounts {
                        option(.value("\(account.id)")) { "\(account.provider.name) \(account.handle)" }
                    }
                }
            }
            FormField(
                TemplateWords.name.text(for: reader), name: "name", hint: TemplateWords.nameHint.text(for: reader)
            ) { wiring in
                input(wiring, .value(draft?.name ?? ""), .maxlength(512), .required(), .autocomplete("off"))
            }
            FormField(TemplateWords.category.text(for: reader), name: "category") { wiring in
                select(wiring) {
                    for category in [MessageTemplate.Category.utility, .marketing] {
                        option(.value(category.rawValue), .selected(category == draft?.category)) {
                            category.text(for: reader)
                        }
                    }
                }
            }
            FormField(
                TemplateWords.text.text(for: reader), name: "text",
                hint: TemplateWords.textHint.text(
                    for: reader, .text("names", kind.blanks.map { "[\($0)]" }.joined(separator: " ")))
            ) { wiring in
                textarea(wiring, .rows(5), .maxlength(2000), .required(), text: draft?.text ?? "")
            }
            button(.type("submit"), .name("preview"), .value("1")) { TemplateWords.look.text(for: reader) }
            button(.type("submit"), .class("primary")) { TemplateWords.submit.text(for: reader) }
        }
    }
}

extension MessageTemplate {
    fileprivate var tone: Tone {
        switch status {
        case "approved": .good
        case "pending", "in_appeal": .warning
        case "deleted": .quiet
        default: .bad
        }
    }

    fileprivate func stateText(for reader: Reader) -> String {
        switch status {
        case "approved": TemplateWords.approved.text(for: reader)
        case "pending": TemplateWords.pending.text(for: reader)
        case "rejected": TemplateWords.rejected.text(for: reader)
        case "paused": TemplateWords.paused.text(for: reader)
        case "deleted": TemplateWords.deleted.text(for: reader)
        default: status
        }
    }
}
