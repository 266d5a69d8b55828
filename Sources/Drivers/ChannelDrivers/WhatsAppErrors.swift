import ChannelProtocol
import JSON

/// Meta's codes, in an answer and in a status alike.
enum WhatsAppErrors {
    static func failure(_ error: JSONValue) -> ChannelFailure {
        let code = error["code"]?.whole ?? -1
        let words = error["error_data"]?["details"]?.text ?? error["message"]?.text ?? error["title"]?.text ?? ""
        return ChannelFailure(reason(code, words), "\(code): \(words)")
    }

    private static func reason(_ code: Int64, _ words: String) -> ChannelFailure.Reason {
        switch code {
        case 0, 190: .tokenRefused
        case 10, 200...299: .notAllowed
        case 100: invalid(words)
        case 4, 80007, 130429: .busy
        case 131056: .recipientBusy
        case 1, 2, 131000, 131016: .troubled
        case 368, 131031: .accountBlocked
        case 131042: .accountUnpaid
        case 131048: .spamLimit
        case 131047: .windowClosed
        case 131049: .notWanted
        case 131026, 131030: .undeliverable
        case 131050: .recipientBlocked
        case 131051, 131052, 131053: .fileRefused
        case 132000, 132005, 132007, 132012: .templateWrong
        case 132001: .templateUnknown
        case 132015, 132016: .templatePaused
        default: .refused
        }
    }

    /// Code 100 covers all invalid parameters; only its words tell which.
    private static func invalid(_ words: String) -> ChannelFailure.Reason {
        if words.contains("appsecret_proof") { return .secretWrong }
        return words.contains("Unsupported get request") || words.contains("does not exist") ? .numberUnknown : .refused
    }
}
