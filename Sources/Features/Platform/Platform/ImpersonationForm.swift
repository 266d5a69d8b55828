import Access
import HTTP
import Identity
import Locale
import Nouns
import Panel

/// The form for entering a tenant's panel.
struct ImpersonationForm {
    let reason: String
    let power: ActiveImpersonation.Power
    let minutes: Int
    let wish: Impersonation.Wish?
    private(set) var fault: Message?

    static let empty = ImpersonationForm()

    private init() { (reason, power, minutes, wish) = ("", .read, 15, nil) }

    init(_ fields: Fields) throws {
        try fields.allow(["reason", "power", "minutes"])
        reason = FormText.line(fields["reason"], upTo: Impersonation.Wish.reasonLength.upperBound)
        guard let power = ActiveImpersonation.Power(rawValue: fields["power"] ?? ""),
            let minutes = Int(fields["minutes"] ?? ""),
            Impersonation.Wish.minutes.contains(minutes)
        else { throw BadRequest() }
        (self.power, self.minutes) = (power, minutes)
        wish = Impersonation.Wish(reason: reason, power: power, minutes: minutes)
        if wish == nil { fault = PlatformWords.reasonShort.message }
    }

    /// With the tenant's refusal.
    func refused(_ message: Message) -> ImpersonationForm {
        var form = self
        form.fault = message
        return form
    }
}
