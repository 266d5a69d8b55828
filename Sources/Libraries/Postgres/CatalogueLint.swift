/// Proves from the catalogue that every table keeps the rules that keep tenants apart. Run by the tests on the
/// migrated schema, and by `mastil doctor` on a live one.
package struct CatalogueLint: Sendable {
    /// Tables of the platform's, out of the tenants' role's reach, with or without a `tenant_id`.
    package var platformTables: Set<String>
    /// Small tables that all tenants read and only the platform writes; tenants' tables may refer to them.
    package var referenceTables: Set<String>
    /// Functions that run with their owner's rights, as `name(argument types)`, each looked at by a person.
    package var definerFunctions: Set<String>
    package var tenantRole = Roles.tenants
    package var platformRole = Roles.platform

    package init(platformTables: Set<String>, referenceTables: Set<String> = [], definerFunctions: Set<String> = []) {
        self.platformTables = platformTables
        self.referenceTables = referenceTables
        self.definerFunctions = definerFunctions
    }

    /// What is wrong, a sentence each; nothing when all is well.
    package func problems(on connection: OwnerConnection) throws(DatabaseError) -> [String] {
        let parameters = [
            tenantRole, platformRole, Self.array(platformTables.union(["migrations"])), Self.array(referenceTables),
            Self.array(definerFunctions),
        ]
        var problems = try connection.column(CatalogueRules.missingRoles, [tenantRole, platformRole])
        // Without its roles, what they may do cannot even be asked.
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
