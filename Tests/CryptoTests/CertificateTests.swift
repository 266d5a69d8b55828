import Crypto
import Testing
import Time

@Suite struct CertificateTests {
    private typealias Samples = CertificateSamples

    @Test func `a chain with its key says how long and for which names it is good`() throws {
        let certificate = try Certificate(chain: Samples.server + Samples.authority, privateKey: Samples.serverKey)

        #expect(certificate.names == ["panel.norte.example", "*.norte.example"])
        #expect(certificate.notBefore == Instant(seconds: 1_767_225_600))
        #expect(certificate.notAfter == Instant(seconds: 4_102_444_799))
        #expect(certificate.chainLength == 2)
        #expect(try Certificate(chain: Samples.server, privateKey: Samples.serverKey).chainLength == 1)
    }

    @Test func `a certificate without alternative names is good for none`() throws {
        #expect(try Certificate(chain: Samples.authority, privateKey: Samples.authorityKey).names.isEmpty)
    }

    @Test func `what cannot serve is refused with its reason`() {
        #expect(refusal(chain: Samples.server, privateKey: Samples.otherKey)?.contains("another certificate") == true)
        #expect(refusal(chain: Samples.server, privateKey: Samples.protectedKey)?.contains("passphrase") == true)
        #expect(refusal(chain: Samples.server, privateKey: [])?.contains("cannot be read") == true)
        #expect(refusal(chain: Samples.server, privateKey: Samples.server)?.contains("cannot be read") == true)
        #expect(refusal(chain: [], privateKey: Samples.serverKey)?.contains("no certificate") == true)
        #expect(refusal(chain: Samples.serverKey, privateKey: Samples.serverKey)?.contains("no certificate") == true)
        #expect(
            refusal(chain: Samples.authority + Samples.server, privateKey: Samples.serverKey)?
                .contains("another certificate") == true)
        #expect(
            refusal(chain: Samples.server + Samples.server, privateKey: Samples.serverKey)?
                .contains("not issued by") == true)
    }

    @Test func `a file cut short is refused at every length`() {
        let chain = Samples.server + Samples.authority
        for count in stride(from: Samples.server.count + 40, to: chain.count - 30, by: 13) {
            #expect(refusal(chain: Array(chain[..<count]), privateKey: Samples.serverKey) != nil)
        }
    }

    private func refusal(chain: [UInt8], privateKey: [UInt8]) -> String? {
        do {
            _ = try Certificate(chain: chain, privateKey: privateKey)
            return nil
        } catch {
            return error.description
        }
    }
}
