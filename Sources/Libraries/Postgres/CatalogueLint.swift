/// Verifies in the catalogue that every table follows the rules of tenant isolation. Run by the tests on the migrated
/// schema, and by `mastil doctor` on a live one.
package struct CatalogueLint: Sendable {
    /// The platform's tables, which the tenants' role cannot access, with or without a `tenant_id`.
    package var platformTables: Set<String>
    /// Small tables that all tenants read and only the platform writes; tenants' tables may reference them.
    package var referenceTables: Set<String>
    /// SECURITY DEFINER functions as `name(argument types)`, each reviewed by a person.
    package var definerFunctions: Set<String>
    package var tenantRole = Roles.tenants
    package var platformRole = Roles.platform

    package init(platformTables: Set<String>, referenceTables: Set<String> = [], definerFunctions: Set<String> = []) {
        self.platformTables = platformTables
        self.referenceTables = referenceTables
        self.definerFunctions = definerFunctions
    }

    /// Every violation as a sentence; empty without any.
    package func problems(on connection: OwnerConnection) throws(DatabaseError) -> [String] {
        let parameters = [
            tenantRole, platformRole, Self.array(platformTables.union(["migrations"])), Self.array(referenceTables),
            Self.array(definerFunctions),
        ]
        var problems = try connection.column(CatalogueRules.missingRoles, [tenantRole, platformRole])
        // Without its roles, their privileges cannot even be queried.
        guard problems.isEmpty else { return problems }
        for rule in CatalogueRules.all {
            problems += try connection.column(CatalogueRules.terms + rule, parameters)
        }
        return problems.sorted()
    }

    private static func array(_ names: Set<String>) -> String {
        "{" + names.sorted().map { "\"\($0)\"" }.joined(separator: ",") + "}"
    }
}
