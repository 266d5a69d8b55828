import Contracts
import DNS
import Loop

@testable import mastil

extension Outside {
    static let pool = BlockingPool(threads: 2, queueLimit: 100, name: "outside")

    /// A DNS that answers nobody, and a place to draw.
    static let nowhere = Outside(
        records: TextRecords(servers: "127.0.0.1:9", on: pool), base: "test", pictures: pool,
        papers: ContractPress(on: pool))
}
