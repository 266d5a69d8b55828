import Identifiers
import Locale
import Loop
import TestSupport
import Testing
import Time

@testable import Tenancy

/// Clients that do not read keep their exports on the disk: how many there are is bounded, in all processes together.
@Suite struct ExportSpoolTests {
    private static func tenant(_ number: UInt64) -> Tenant {
        Tenant(
            id: Tenant.ID(.init(high: 1, low: 0x8000_0000_0000_0000 | number << 2)), slug: "t\(number)",
            state: .active, region: .mexico, currency: .mxn,
            company: Company(name: "T", language: .es, timeZone: .utc), brand: Brand(colour: .white))
    }

    @Test func `a company has one archive at a time, everybody three, and ended ones make room`() throws {
        let folder = try TemporaryFolder()
        let threads = BlockingPool(threads: 1, queueLimit: 1, name: "exports")
        // As of two processes.
        let (one, other) = (
            ExportSpool(directory: folder.path, writingOn: threads),
            ExportSpool(directory: folder.path, writingOn: threads)
        )
        func failure(_ number: UInt64, of spool: ExportSpool) -> String? {
            do {
                _ = try spool.archive(of: Self.tenant(number), at: Instant(seconds: 0))
                return nil
            } catch {
                return "\(error)"
            }
        }
        var held = [try one.archive(of: Self.tenant(1), at: Instant(seconds: 0))]
        #expect(failure(1, of: one) == "\(ExportError.busy)")
        #expect(failure(1, of: other) == "\(ExportError.busy)")
        held.append(try other.archive(of: Self.tenant(2), at: Instant(seconds: 0)))
        #expect(failure(3, of: one) == nil)
        held.append(try other.archive(of: Self.tenant(3), at: Instant(seconds: 0)))
        #expect(failure(4, of: one) == "\(ExportError.allBusy)")
        held.removeFirst()
        #expect(failure(4, of: one) == nil && failure(1, of: other) == nil)
    }
}
