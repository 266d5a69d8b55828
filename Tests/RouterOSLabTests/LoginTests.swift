import Addresses
import RouterOS
import RouterOSLab
import Sockets
import Testing

@Suite struct LoginTests {
    @Test(arguments: [LabVersion(6, 42), LabVersion(6, 49), LabVersion(7, 16), LabVersion(7, 19)])
    func `name and password open every version, also where it answers with a challenge`(version: LabVersion)
        async throws
    {
        var plan = RouterLab.Plan()
        (plan.version, plan.password) = (version, "clave")
        try await withLab(plan) { bench in
            let identity = try await bench.session.identify()
            #expect(identity.version == RouterVersion(version.description))
            let refused = await failure { try await bench.open(password: "otra") }
            let words = version < LabVersion(6, 43) ? "cannot log in" : "invalid user name or password (6)"
            #expect(refused == .loginRefused(words))
        }
    }

    @Test func `an old router is asked for its challenge, so that the password does not travel`() async throws {
        try await withLab(.version(6, 42)) { bench in
            let session = try await bench.open(method: .challenge)
            #expect(try await session.rows(of: RouterCommand("/system/identity/print")).first?["name"] == "MikroTik")
            session.close()
        }
    }

    @Test func `a user without the API policy stays out, one who may only read changes nothing`() async throws {
        try await withLab { bench in
            await bench.lab.inspect { $0.addUser("lector", password: "x", group: "read") }
            try await bench.run("/user/group/add", ["name": "sin-api", "policy": "read,write"])
            try await bench.run("/user/add", ["name": "mudo", "group": "sin-api", "password": "x"])
            #expect(
                await failure { try await bench.open(as: "mudo", password: "x") }
                    == .loginRefused("invalid user name or password (6)"))
            let reader = try await bench.open(as: "lector", password: "x")
            #expect(try await reader.rows(of: RouterCommand("/ppp/profile/print")).count == 2)
            #expect(
                await refusal { try await reader.run(RouterCommand("/ppp/secret/add", ["name": "x"])) }
                    == "not enough permissions (9)")
            reader.close()
        }
    }

    @Test func `who is not at an allowed address stays out`() async throws {
        try await withLab { bench in
            try await bench.run("/ip/service/set", ["numbers": "api", "address": "10.9.0.0/16"])
            #expect(await failure { try await bench.open() } == .loginRefused("invalid user name or password (6)"))
        }
    }

    @Test func `a router without a certificate speaks TLS to who asks for none`() async throws {
        try await withLab { bench in
            let port = try await bench.lab.listen(.withoutCertificate)
            let session = try await open(bench, port, .anonymous)
            #expect(try await session.identify().board == "RB5009UG+S+")
            #expect(await session.certificateFingerprint() == nil)
            session.close()
            // A client that wants a certificate cannot agree with it.
            guard case .untrusted = await failure({ try await open(bench, port, .anybody) }) else {
                Issue.record("It trusted a router without a certificate")
                return
            }
        }
    }

    @Test func `a router is known again by its certificate, and another is not taken for it`() async throws {
        try await withLab { bench in
            let port = try await bench.lab.listen(
                .certificate(chain: TestCertificate.certificate, key: TestCertificate.privateKey))
            let first = try await open(bench, port, .anybody)
            let fingerprint = try #require(await first.certificateFingerprint())
            first.close()
            let again = try await open(bench, port, .fingerprint(fingerprint))
            #expect(try await again.identify().serialNumber == "LAB00000001")
            again.close()
            let other = await failure { try await open(bench, port, .fingerprint([UInt8](repeating: 0, count: 32))) }
            #expect(other == .untrusted("the device shows another certificate than before"))
        }
    }

    private func open(
        _ bench: LabBench, _ port: UInt16, _ trust: TLSTrust
    ) async throws(RouterError) -> RouterSession {
        try await RouterSession.open(
            to: RouterAddress(.loopback, port: port, .tls(trust)), as: RouterCredentials(name: "admin", password: ""),
            on: bench.loop)
    }
}

/// Made once with the openssl command; the key guards nothing.
enum TestCertificate {
    static let certificate = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBoDCCAUegAwIBAgIUY9H03DvHIuJIM1fm9Pxeys0O1xwwCgYIKoZIzj0EAwIw
        FjEUMBIGA1UEAwwLYm94LmV4YW1wbGUwIBcNMjYxMTIwMjM1NDU0WhgPMjEwMDEw
        MjMyMzU0NTRaMBYxFDASBgNVBAMMC2JveC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
        KoZIzj0DAQcDQgAEdELgOaNDovLls2toavlOPXCfrCWU7qMGBoxpZAW4bbagR4IW
        CpXO8nHa+wICbHI7P9zz4QGXG9juglOfsHiORKNxMG8wHQYDVR0OBBYEFHi2CyLl
        Co89xehd6xCcBzdEJpHvMB8GA1UdIwQYMBaAFHi2CyLlCo89xehd6xCcBzdEJpHv
        MBwGA1UdEQQVMBOCC2JveC5leGFtcGxlhwR/AAABMA8GA1UdEwEB/wQFMAMBAf8w
        CgYIKoZIzj0EAwIDRwAwRAIgbnmwQ7SWxWsxDo0c0oKzE3YlTzSafr/kLoUzcX6e
        WOgCIFeTqI2py761QjVc/MPuVxLyrxgMMtq6iLtDQjXRv1Ik
        -----END CERTIFICATE-----

        """.utf8)

    static let privateKey = Array(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgL1UyjT2sgU6y+/q0
        nEG4LN2A0z28uoPtbRYAZFfzz7uhRANCAAR0QuA5o0Oi8uWza2hq+U49cJ+sJZTu
        owYGjGlkBbhttqBHghYKlc7ycdr7AgJscjs/3PPhAZcb2O6CU5+weI5E
        -----END PRIVATE KEY-----

        """.utf8)
}
