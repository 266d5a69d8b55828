import Barcodes
import Crypto
import HTML
import HTTP
import Identity
import Locale

/// What an authenticator app needs: a QR code, and the same as text.
package struct SecondFactorSetUp: Sendable {
    fileprivate let square: QRCode?
    fileprivate let secret: String

    package init(_ totp: TOTP, issuer: String, account: String) {
        square = QRCode(totp.address(issuer: issuer, account: account))
        secret = Base32.encode(totp.secret)
    }
}

extension TOTP {
    /// The QR code's URI.
    func address(issuer: String, account: String) -> String {
        let query = Fields([
            "secret": Base32.encode(secret), "issuer": issuer, "algorithm": "SHA1", "digits": "\(digits)",
            "period": "30",
        ])
        return query.query(
            of: "otpauth://totp/\(PercentCoding.escape(issuer)):\(PercentCoding.escape(account))")
    }
}

/// The QR code and the field for the first code, inside the caller's form.
package struct SecondFactorFields: View {
    let setUp: SecondFactorSetUp
    let fault: Message?
    let reader: Reader

    package init(_ setUp: SecondFactorSetUp, fault: Message?, reader: Reader) {
        self.setUp = setUp
        self.fault = fault
        self.reader = reader
    }

    package var body: Markup {
        p { SecondStepWords.scan.text(for: reader) }
        if let square = setUp.square {
            svg(
                .class("square"), .viewBox(square.viewBox), .role("img"),
                .aria("label", SecondStepWords.square.text(for: reader))
            ) { path(.d(square.path)) }
        }
        p {
            SecondStepWords.orType.text(for: reader)
            code(.class("secret")) { grouped }
        }
        CodeField(isPaperTaken: false, fault: fault, reader: reader)
    }

    /// In groups of four.
    private var grouped: String {
        let plain = Array(setUp.secret)
        return stride(from: 0, to: plain.count, by: 4).map { String(plain[$0..<min($0 + 4, plain.count)]) }
            .joined(separator: " ")
    }
}

package struct CodeField: View {
    let isPaperTaken: Bool
    let fault: Message?
    let reader: Reader

    package init(isPaperTaken: Bool, fault: Message?, reader: Reader) {
        self.isPaperTaken = isPaperTaken
        self.fault = fault
        self.reader = reader
    }

    package var body: Markup {
        FormField(
            SecondStepWords.code.text(for: reader), name: "code",
            hint: (isPaperTaken ? SecondStepWords.codeHint : .firstCodeHint).text(for: reader),
            error: fault?.text(for: reader)
        ) { wiring in
            input(
                wiring, .autocomplete("one-time-code"), .required(), .maxlength(40),
                .when(!isPaperTaken, .inputmode("numeric")))
        }
    }
}

struct CodePage: SignedOutPage {
    let next: String
    let fault: Message?
    let reader: Reader

    var title: String { SecondStepWords.title.text(for: reader) }

    var body: Markup {
        h1 { title }
        form(.method(.post), .action(SecondStepRoutes.path)) {
            input(.type("hidden"), .name("next"), .value(next))
            CodeField(isPaperTaken: true, fault: fault, reader: reader)
            label(.class("choice")) {
                input(.type("checkbox"), .name("trust"), .value("yes"))
                span { SecondStepWords.trust.text(for: reader) }
            }
            button(.type("submit"), .class("primary")) { PanelWords.signIn.text(for: reader) }
        }
        p(.class("hint")) { SecondStepWords.lost.text(for: reader) }
    }
}

/// For people who must set up a second factor.
struct EnrolmentPage: SignedOutPage {
    let setUp: SecondFactorSetUp
    let next: String
    let fault: Message?
    let reader: Reader

    var title: String { SecondStepWords.enrol.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { SecondStepWords.enrolBecause.text(for: reader) }
        form(.method(.post), .action(SecondStepRoutes.path)) {
            input(.type("hidden"), .name("next"), .value(next))
            SecondFactorFields(setUp, fault: fault, reader: reader)
            button(.type("submit"), .class("primary")) { SecondStepWords.turnOn.text(for: reader) }
        }
    }
}

struct EnrolledPage: SignedOutPage {
    let codes: [RecoveryCode]
    let next: String
    let reader: Reader

    var title: String { SecondStepWords.codesTitle.text(for: reader) }

    var body: Markup {
        h1 { title }
        RecoveryCodeList(codes: codes, reader: reader)
        p { a(.class("button primary"), .href(next)) { SecondStepWords.goOn.text(for: reader) } }
    }
}

/// Shown once: only digests are stored.
package struct RecoveryCodeList: View {
    let codes: [RecoveryCode]
    let reader: Reader

    package init(codes: [RecoveryCode], reader: Reader) {
        self.codes = codes
        self.reader = reader
    }

    package var body: Markup {
        p { SecondStepWords.codesHint.text(for: reader) }
        ol(.class("codes")) { for item in codes { li { code { item.text } } } }
    }
}
