import Declarations
import Locale

/// A test may record what no room declares.
extension EventKind: ExpressibleByStringLiteral {
    package init(stringLiteral name: String) {
        self.init(name, Message(es: "Probó", en: "Tested", pt: "Testou"))
    }
}
