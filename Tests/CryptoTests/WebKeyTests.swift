import Testing

@testable import Crypto

@Suite struct WebKeyTests {
    /// RFC 7515, appendices A.2 and A.3.
    private enum Example {
        static let modulus =
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
        static let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
        static let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        static let claims =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        static let signatures: [WebKey.Algorithm: (head: String, signature: String)] = [
            .rs256: (
                "eyJhbGciOiJSUzI1NiJ9",
                "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
            ),
            .es256: (
                "eyJhbGciOiJFUzI1NiJ9",
                "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
            ),
        ]
    }

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64.url.decode(text.utf8)) }

    private func key(_ algorithm: WebKey.Algorithm) throws -> WebKey {
        switch algorithm {
        case .rs256: try #require(WebKey(modulus: bytes(Example.modulus), exponent: [1, 0, 1]))
        case .es256: try #require(WebKey(x: bytes(Example.x), y: bytes(Example.y)))
        }
    }

    @Test(arguments: [WebKey.Algorithm.rs256, .es256])
    func `a signature is checked as its specification's example`(algorithm: WebKey.Algorithm) throws {
        let (key, example) = (try key(algorithm), try #require(Example.signatures[algorithm]))
        let (message, signature) = (Array("\(example.head).\(Example.claims)".utf8), try bytes(example.signature))
        #expect(key.algorithm == algorithm)
        #expect(key.signed(message, as: signature))
        #expect(!key.signed(Array(message.dropLast()), as: signature))
        for other in [Array(signature.dropLast()), signature + [0], [], Array(repeating: 0, count: signature.count)] {
            #expect(!key.signed(message, as: other))
        }
        for place in [0, signature.count / 2, signature.count - 1] {
            var other = signature
            other[place] ^= 1
            #expect(!key.signed(message, as: other))
        }
    }

    @Test func `a key that is weak or none is refused`() throws {
        let modulus = try bytes(Example.modulus)
        for (modulus, exponent) in [
            (Array(modulus[..<128]), [1, 0, 1]), (modulus, []), (modulus, [1]), (modulus, [2]), ([], [1, 0, 1]),
        ] as [([UInt8], [UInt8])] {
            #expect(WebKey(modulus: modulus, exponent: exponent) == nil)
        }
        #expect(WebKey(modulus: [0] + modulus, exponent: [0, 1, 0, 1]) == (try key(.rs256)))
        let (x, y) = (try bytes(Example.x), try bytes(Example.y))
        for (x, y) in [(y, x), (x, Array(y.dropLast())), ([0] + x, y), ([], []), (Array(x.dropFirst()), y + [0])] {
            #expect(WebKey(x: x, y: y) == nil)
        }
    }

    /// By `openssl genpkey -algorithm RSA`, and `openssl dgst -sha256 -sign`.
    private enum PEMExample {
        static let key = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkbQ82mBG0OpgBh0z/BHh
            iL96XTKnb4CabK4Ely8IEkWKE85260f7NyAH5dY968PatB2WQ6gcoszDSHgVXX/A
            bCtB79blvpwKmnRjqTdodirqW9BzHAf5HIZDV09wiCBqFULde9Jw4nZqN5kNQ96X
            4d1hTEWY50/2S9pS9IgbwJR1z91WF+YbujFtp9G+OkuW7A0jBngkEz97oto7Eupg
            KX6yfVJy3W2QmYVm8XAbusGOiQ5K+w2QEs+iIeHeLVkfp9ax9q4RfS8yY6MuSb9C
            tTfPQtLHYe0gQTjteQapuI6RGB01L7zYe1r7yq2QBIYcs2A1URYm4jJST1xBdyC6
            /wIDAQAB
            -----END PUBLIC KEY-----
            """
        static let body = #"{"id":"evt_1","object":"event","type":"order.paid"}"#
        static let signature =
            "dTaQ40yq0waUFESDA5Ow5np1EOitYU3WjFh8iU4QGiHdyIvzDjEbCyFWElTmI506wqnjBouchCNWBcWmKxebx1FA5d4S4ILhpU9/9NNAx7uXk303sCL0uKBJxlb2G5KsDOQMqyrRnvxXSE93xgFhQR4RAvoMTw5AlmpddWEzBOm3sL4mAOihgUMsDtyy9KxSi2/AI2hjYtbaneGWaZPGBGeoo9vMJLtDAQk90QPpUaBt+cK7dW8T7hbCFXQhq5IO649SYnvuO6x20rTQ+sfrV6Sb/L38DMW2Bpo7ftYNwNphfRqFz3UARk4nPhBKgIQ5UXEhWXgK2sdO06JS7zfMMw=="
    }

    @Test func `a key out of a PEM file checks what openssl signed, and what our own pair signs`() throws {
        let key = try #require(WebKey(pem: PEMExample.key))
        let (body, signature) = (
            Array(PEMExample.body.utf8), try #require(Base64.standard.decode(PEMExample.signature.utf8))
        )
        #expect(key.algorithm == .rs256 && key.signed(body, as: signature))
        #expect(!key.signed(body + [0x20], as: signature))
        let pair = RSAKeyPair.make()
        let own = try #require(WebKey(pem: pair.publicPEM))
        #expect(own.signed(body, as: pair.sign(body)))
        #expect(!own.signed(body, as: signature) && !key.signed(body, as: pair.sign(body)))
    }

    @Test(arguments: [
        "", "-----BEGIN PUBLIC KEY-----", PEMExample.key.replacing("MIIB", with: "MIIC"), weak, curve,
        PEMExample.key.replacing("PUBLIC KEY", with: "PRIVATE KEY"),
        "-----BEGIN PUBLIC KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END PUBLIC KEY-----\n",
    ])
    func `a PEM file that holds no good key of RSA is refused`(pem: String) {
        #expect(WebKey(pem: pem) == nil)
    }

    /// Of 1024 bits.
    private static let weak = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDM/7H7lwAZvRcKsWhy9K8DpFj/
        zZu/+BOjNbT0+z1rhI5/A95jocdzxod4ea2BNj62/RVL02ujvq8CCOwf/rktCqXK
        iv2uCvT/BwnDnjr5qVYKKQyOSwTtpgBANT7kd6onkdTyFOWqpqnjDRKwHX+ADRl/
        MSe2ujIhlk4q3wiDHwIDAQAB
        -----END PUBLIC KEY-----
        """
    /// Of P-256.
    private static let curve = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEubpOeNc4/Kf0hbHKn09MCgqevs8k
        NNYl0ZRxCl44t9V1H2RqFNdhFWrvNHdVzvRNZZaRCweyLM6JQOQlNgmXeA==
        -----END PUBLIC KEY-----
        """
}
