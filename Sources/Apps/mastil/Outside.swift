import DNS
import Loop

/// What pages of the panel need besides the database: the DNS, the name under which all tenants are, and a place to draw.
struct Outside: Sendable {
    let records: TextRecords
    let base: String
    let pictures: BlockingPool
}
