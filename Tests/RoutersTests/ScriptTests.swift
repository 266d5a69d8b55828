import Addresses
import Identifiers
import Testing

@testable import Routers

/// What is pasted into a router.
@Suite struct ScriptTests {
    private static func script(_ login: String, _ password: String, from sources: [AddressRange] = []) -> RouterScript {
        var router = Router(id: .make(milliseconds: 0, from: .system))
        (router.login, router.port) = (login, 8729)
        return RouterScript(router, password: password, from: sources, policies: ["api", "read"])
    }

    @Test func `it makes one user with the policies named, from our addresses, and may be pasted twice`() throws {
        let range = try #require(AddressRange("203.0.113.5"))
        let lines = Self.script("bot", "clave", from: [range]).text.split(separator: "\n")
        #expect(lines.contains("/user group set [find name=\"api-clientes\"] policy=api,read"))
        #expect(lines.last == "/ip service set api disabled=no port=8729 address=\(range)")
        // Whatever adds looks first whether it is there.
        #expect(lines.filter { $0.contains(" add ") }.allSatisfy { $0.hasPrefix(":if ([:len [") })
    }

    @Test func `names and passwords stay what they are, whatever a terminal makes of them`() {
        let text = Self.script("a\"; /system reset", #"$p?\"#).text
        #expect(text.contains(#"name="a\"; /system reset""#) && text.contains(#"password="\$p\?\\""#))
        #expect(!text.contains("address="))
    }
}
