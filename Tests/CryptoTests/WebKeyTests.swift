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
}
