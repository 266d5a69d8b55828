import Testing

@testable import DNS

@Suite struct DomainNameTests {
    @Test(arguments: [
        ("clientes.norte.mx", "clientes.norte.mx"), (" Clientes.NORTE.mx. ", "clientes.norte.mx"),
        ("https://clientes.norte.mx/panel?x", "clientes.norte.mx"), ("señal.pe", "xn--seal-hqa.pe"),
        ("sen\u{303}al.pe", "xn--seal-hqa.pe"), ("SEÑAL.pe", "xn--seal-hqa.pe"), ("ａｎｄｅｓ.pe", "andes.pe"),
        // A look-alike in Cyrillic is another name, and can be seen to be.
        ("\u{430}ndes.pe", "xn--ndes-43d.pe"),
    ])
    func `what a person types becomes what the DNS carries`(typed: String, text: String) throws {
        #expect(try #require(DomainName(typed: typed)).text == text)
    }

    @Test(arguments: [
        "", "localhost", "norte", "norte.mx:8080", "10.0.0.1", "[::1]", "norte..mx", ".norte.mx", "-norte.mx",
        "norte-.mx", "nor te.mx", "norte.mx/panel", "usuario@norte.mx", "norte_x.mx", "*.norte.mx", "norte.mx..",
        "a\u{202E}b.mx", "norte.mx\u{0}", "norte。。mx", "javascript:alert(1)", String(repeating: "a", count: 64) + ".mx",
        String(repeating: "a.", count: 130) + "mx",
    ])
    func `what is no public name is refused`(typed: String) { #expect(DomainName(typed: typed) == nil) }
}
