import Identifiers
import Locale
import Nouns
import Postgres

/// A customer who may be a duplicate of an older one, and the evidence.
package struct LikelyDuplicate: Sendable, Equatable {
    package let customer: Customer.ID
    package let number: Int
    package let name: String
    package let older: Customer.ID
    package let olderNumber: Int
    package let olderName: String
    package let alike: [Likeness]

    package enum Likeness: String, FieldChoice {
        case name, phone, email, identification, address

        package var message: Message {
            switch self {
            case .name: Message(es: "mismo nombre", en: "same name", pt: "mesmo nome")
            case .phone: Message(es: "mismo teléfono", en: "same phone", pt: "mesmo telefone")
            case .email: Message(es: "mismo correo", en: "same e-mail", pt: "mesmo e-mail")
            case .identification:
                Message(es: "misma identificación", en: "same identification", pt: "mesma identificação")
            case .address: Message(es: "misma dirección", en: "same address", pt: "mesmo endereço")
            }
        }
    }
}

extension TenantDatabase {
    /// Pairs each with the oldest customer who shares most with them. Values shared by more than a handful, such as a
    /// shop's telephone, do not count.
    func likelyDuplicates(after number: Int, limit: Int) async throws -> [LikelyDuplicate] {
        // On a connection of its own, since it reads all customers.
        try await transaction { database in
            try await database.rows(
                """
                WITH keys AS MATERIALIZED (
                    SELECT c.customer_id, c.number, k.kind, k.key
                    FROM customers c CROSS JOIN LATERAL (VALUES
                        ('phone', c.phone), ('email', c.email), ('name', c.name_key),
                        ('identification', regexp_replace(upper(c.identification), '[^A-Z0-9]', '', 'g')),
                        ('address', CASE WHEN c.address ~ '[0-9]' THEN regexp_replace(
                            translate(lower(c.address || c.neighbourhood), 'áéíóúüñãõâêôç', 'aeiouunaoaeoc'),
                            '[^a-z0-9]', '', 'g') END)) k(kind, key)
                    WHERE c.tenant_id = \(tenant) AND c.merged_into IS NULL AND char_length(k.key) >= 5
                ), shared AS (
                    SELECT k.kind, k.key, min(k.number) AS first FROM keys k
                    GROUP BY k.kind, k.key HAVING count(*) BETWEEN 2 AND 6
                ), found AS (
                    SELECT k.customer_id, k.number, s.first, string_agg(k.kind, ' ' ORDER BY k.kind) AS alike,
                        count(*) AS count
                    FROM keys k JOIN shared s ON s.kind = k.kind AND s.key = k.key
                    WHERE k.number > s.first AND k.number > \(number)
                    GROUP BY k.customer_id, k.number, s.first
                ), likeliest AS (
                    SELECT DISTINCT ON (f.number) f.customer_id, f.number, f.first, f.alike FROM found f
                    ORDER BY f.number, f.count DESC, f.first LIMIT \(limit)
                )
                SELECT l.customer_id, l.number, c.name, o.customer_id AS older_id, o.number AS older_number,
                    o.name AS older_name, l.alike
                FROM likeliest l
                JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = l.customer_id
                JOIN customers o ON o.tenant_id = \(tenant) AND o.number = l.first
                ORDER BY l.number
                """)
        }
    }
}

extension LikelyDuplicate: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let alike: String = try row.read("alike")
        self.init(
            customer: try row.read("customer_id"), number: try row.read("number"), name: try row.read("name"),
            older: try row.read("older_id"), olderNumber: try row.read("older_number"),
            olderName: try row.read("older_name"),
            alike: alike.split(separator: " ").compactMap { Likeness(rawValue: String($0)) })
    }
}
