import Identifiers
import Testing

@Suite struct UUIDTests {
    @Test func `identifiers sort by the millisecond they were made in`() {
        let randomness = Randomness(seed: 1)
        let made = (0..<1000).map { UUID.v7(milliseconds: 1_700_000_000_000 + $0 * 7, from: randomness) }

        #expect(made == made.sorted())
        #expect(made.map(\.description) == made.map(\.description).sorted())
        #expect(Set(made).count == 1000)
    }

    @Test(arguments: [0, 1, 1_645_557_742_000, (1 << 48) - 1] as [Int64])
    func `an identifier carries its time, version and variant`(milliseconds: Int64) {
        for seed in 0..<50 {
            let uuid = UUID.v7(milliseconds: milliseconds, from: Randomness(seed: UInt64(seed)))

            #expect(uuid.high >> 16 == UInt64(milliseconds))
            #expect(uuid.high >> 12 & 15 == 7)
            #expect(uuid.low >> 62 == 0b10)
        }
    }

    @Test func `identifiers of one millisecond differ, and those of one seed are the same`() {
        let randomness = Randomness(seed: 5)
        let first = UUID.v7(milliseconds: 9, from: randomness)

        #expect(UUID.v7(milliseconds: 9, from: randomness) != first)
        #expect(UUID.v7(milliseconds: 9, from: Randomness(seed: 5)) == first)
        #expect(UUID.v7(milliseconds: 9, from: .system) != UUID.v7(milliseconds: 9, from: .system))
    }

    @Test(arguments: [
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ])
    func `text and bytes come back as they went`(text: String) throws {
        let uuid = try #require(UUID(text))
        var bytes: [UInt8] = []
        uuid.append(to: &bytes)

        #expect(uuid.description == text)
        #expect(UUID(text.uppercased()) == uuid)
        #expect(bytes.count == 16)
        #expect(bytes.withUnsafeBytes(UUID.init(bytes:)) == uuid)
        #expect(Array(bytes.dropLast()).withUnsafeBytes(UUID.init(bytes:)) == nil)
    }

    @Test func `the digits stand where RFC 9562 puts them`() {
        #expect(
            UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
                == UUID(high: 0x017F_22E2_79B0_7CC3, low: 0x98C4_DC0C_0C07_398F))
    }

    @Test(arguments: [
        "", "017f22e2", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}", "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4_dc0c0c07398f", " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739é", "０17f22e2-79b0-7cc3-98c4-dc0c0c0739",
    ])
    func `a malformed identifier is refused`(text: String) {
        #expect(UUID(text) == nil)
        #expect(ID<UUIDTests>(text) == nil)
    }

    @Test(arguments: [0, 1, 7, 8, 9, 32])
    func `randomness gives as many bytes as asked for`(count: Int) {
        #expect(Randomness.system.bytes(count).count == count)
        #expect(Randomness(seed: 3).bytes(count) == Randomness(seed: 3).bytes(count))
    }
}
