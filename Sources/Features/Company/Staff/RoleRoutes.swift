import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Roles
import Time

package struct RoleRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/roles", .staffRead, "Roles y permisos", list)
        routes.get("/panel/roles/new", .rolesManage, "Formulario para crear un rol", ask)
        routes.post("/panel/roles", .rolesManage, "Crea un rol", create)
        routes.get("/panel/roles/:id", .staffRead, "Un rol y sus permisos", show)
        routes.post("/panel/roles/:id", .rolesManage, "Cambia un rol", change)
        routes.get("/panel/roles/:id/delete", .rolesManage, "Pregunta antes de eliminar un rol", askToDelete)
        routes.post("/panel/roles/:id/delete", .rolesManage, "Elimina un rol", delete)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = RoleListPage(
            roles: try await visit.database.roles(), counts: try await visit.database.countsOfRoles(), visit: visit)
        return try await Panel.page(page, titled: StaffWords.rolesTitle.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        var form = RoleForm.empty
        if let text = visit.request.query["copy"] {
            let copied: Role.ID = try FormText.id(text)
            let role = try await found(copied, visit)
            form = RoleForm(
                name: StaffWords.copyOf.text(for: visit.reader, .name(role.name)), allowed: role.allowed,
                denied: role.denied)
        }
        return try await page(of: form, nil, .ok, visit)
    }

    private func show(_ visit: Visit, id: Role.ID) async throws -> Response {
        let role = try await found(id, visit)
        return try await page(
            of: RoleForm(name: role.name, allowed: role.allowed, denied: role.denied), role, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        try await save(.make(milliseconds: visit.now.milliseconds, from: randomness), nil, visit)
    }

    private func change(_ visit: Visit, id: Role.ID) async throws -> Response {
        try await save(id, try await found(id, visit), visit)
    }

    private func save(_ id: Role.ID, _ known: Role?, _ visit: Visit) async throws -> Response {
        var form = try RoleForm(try await visit.request.body.form(upTo: 16_384), of: visit.catalogue)
        if form.isLeveled { return try await page(of: form, known, .ok, visit) }
        guard form.faults.isEmpty else { return try await page(of: form, known, .unprocessableContent, visit) }
        let role = Role(
            id: id, name: form.name, readyMade: known?.readyMade, allowed: form.allowed, denied: form.denied)
        do {
            try await role.save(by: visit.principal, in: visit.database)
        } catch RoleRefusal.nameTaken {
            form.faults.append(FormFault(name: "name", message: RoleRefusal.nameTaken.message))
            return try await page(of: form, known, .conflict, visit)
        }
        return Panel.done(.saved, at: "/panel/roles/\(id)")
    }

    private func askToDelete(_ visit: Visit, id: Role.ID) async throws -> Response {
        let role = try await found(id, visit)
        return try await Panel.confirm(
            StaffWords.deleteRoleTitle.text(for: visit.reader, .name(role.name)),
            text: StaffWords.deleteRoleText.text(for: visit.reader), act: StaffWords.delete.text(for: visit.reader),
            action: "/panel/roles/\(id)/delete", back: "/panel/roles/\(id)", for: visit)
    }

    private func delete(_ visit: Visit, id: Role.ID) async throws -> Response {
        try await Role.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: "/panel/roles")
    }

    private func found(_ id: Role.ID, _ visit: Visit) async throws -> Role {
        guard let role = try await visit.database.role(id) else { throw AccessRefusal.notFound }
        return role
    }

    private func page(of form: RoleForm, _ role: Role?, _ status: Status, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            RolePage(form: form, role: role, visit: visit),
            titled: role?.name ?? StaffWords.newRole.text(for: visit.reader), status: status, for: visit)
    }
}
