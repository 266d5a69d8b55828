import Access
import HTML
import Identity
import Locale
import Nouns
import Panel

/// The account page's card of the second factor.
struct SecondFactorCard: View {
    let member: StaffMember
    let state: SecondFactorState
    let faults: [FormFault]
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { StaffWords.secondFactor.text(for: reader) }
            if state.isOn {
                p { StaffWords.secondFactorIsOn.text(for: reader) }
                p(.class("hint")) {
                    StaffWords.codesLeft.text(for: reader, .number("left", state.recoveryCodesLeft))
                }
                ProvenForm(
                    action: "/panel/account/recovery-codes", button: .newCodes, isDangerous: false, faults: faults,
                    reader: reader
                ) {
                    if !state.isRequired {
                        button(
                            .type("submit"), .class("danger"), .formaction("/panel/account/second-factor/off")
                        ) { StaffWords.turnOff.text(for: reader) }
                    }
                }
            } else {
                p { StaffWords.secondFactorIntro.text(for: reader) }
                if member.hasPassword {
                    start
                } else {
                    p(.class("hint")) { StaffWords.passwordFirst.text(for: reader) }
                }
            }
        }
    }

    private var start: Markup {
        form(.method(.post), .action("/panel/account/second-factor")) {
            PresentPasswordField(name: "factor-password", fault: fault("factor-password"), reader: reader)
            button(.type("submit"), .class("primary")) { StaffWords.setUp.text(for: reader) }
        }
    }

    private func fault(_ name: String) -> Message? { faults.first { $0.name == name }?.message }
}

/// A form that requires password and code.
struct ProvenForm: View {
    let action: String
    let button: StaffWords
    let isDangerous: Bool
    let faults: [FormFault]
    let reader: Reader
    let other: Markup

    init(
        action: String, button: StaffWords, isDangerous: Bool, faults: [FormFault], reader: Reader,
        @MarkupBuilder other: () -> Markup
    ) {
        self.action = action
        self.button = button
        self.isDangerous = isDangerous
        self.faults = faults
        self.reader = reader
        self.other = other()
    }

    var body: Markup {
        form(.method(.post), .action(action)) {
            PresentPasswordField(name: "factor-password", fault: fault("factor-password"), reader: reader)
            CodeField(isPaperTaken: true, fault: fault("code"), reader: reader)
            div(.class("buttons")) {
                HTML.button(.type("submit"), .class(isDangerous ? "danger" : "")) { button.text(for: reader) }
                other
            }
        }
    }

    private func fault(_ name: String) -> Message? { faults.first { $0.name == name }?.message }
}

struct PresentPasswordField: View {
    let name: String
    let fault: Message?
    let reader: Reader

    var body: Markup {
        FormField(StaffWords.presentPassword.text(for: reader), name: name, error: fault?.text(for: reader)) { wiring in
            input(wiring, .type("password"), .autocomplete("current-password"), .required(), .maxlength(128))
        }
    }
}

/// Shows the new secret until a code confirms it.
struct SetUpPage: View {
    let setUp: SecondFactorSetUp
    let fault: Message?
    let reader: Reader

    var body: Markup {
        h1 { SecondStepWords.enrol.text(for: reader) }
        form(.class("card"), .method(.post), .action("/panel/account/second-factor/confirm")) {
            SecondFactorFields(setUp, fault: fault, reader: reader)
            button(.type("submit"), .class("primary")) { SecondStepWords.turnOn.text(for: reader) }
        }
    }
}

struct RecoveryCodesPage: View {
    let codes: [RecoveryCode]
    let reader: Reader

    var body: Markup {
        h1 { SecondStepWords.codesTitle.text(for: reader) }
        section(.class("card")) {
            RecoveryCodeList(codes: codes, reader: reader)
            p { a(.class("button primary"), .href("/panel/account")) { SecondStepWords.goOn.text(for: reader) } }
        }
    }
}
