import Contracts
import DNS
import Loop

/// What pages need besides the database: the DNS, the name under which all tenants are, places to draw and to print.
struct Outside: Sendable {
    let records: TextRecords
    let base: String
    let pictures: BlockingPool
    let papers: ContractPress
}
