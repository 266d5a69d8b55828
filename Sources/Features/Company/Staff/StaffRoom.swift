import Access
import Assembly
import Declarations
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Roles
import Tenancy
import Zones

extension Notice {
    package static let passwordChanged = Notice(
        "password_changed",
        Message(
            es: "Su contraseña cambió. Se cerraron sus sesiones en otros equipos.",
            en: "Your password was changed. Your sessions on other devices were closed.",
            pt: "Sua senha foi alterada. Suas sessões em outros aparelhos foram encerradas."))
    package static let secondFactorOff = Notice(
        "second_factor_off",
        Message(
            es: "La verificación en dos pasos quedó desactivada.", en: "Two-step verification is off.",
            pt: "A verificação em duas etapas foi desativada."))
    package static let secondFactorReset = Notice(
        "second_factor_reset",
        Message(
            es: "Se quitó la verificación en dos pasos y se cerraron las sesiones de esa persona.",
            en: "Two-step verification was removed and that person's sessions are closed.",
            pt: "A verificação em duas etapas foi removida e as sessões dessa pessoa foram encerradas."))
}

extension RoomDeclarations {
    package static let staff = RoomDeclarations(
        "Staff",
        menu: [
            MenuEntry(
                .settings(.staff, 10), Message(es: "Usuarios", en: "Users", pt: "Usuários"), path: "/panel/staff",
                permission: .staffRead, icon: .staff,
                synonyms: Message(
                    es: "empleados personal equipo cajeros técnicos", en: "employees people team cashiers technicians",
                    pt: "funcionários equipe caixas técnicos")),
            MenuEntry(
                .settings(.staff, 20),
                Message(es: "Roles y permisos", en: "Roles and permissions", pt: "Papéis e permissões"),
                path: "/panel/roles", permission: .staffRead, icon: .roles,
                synonyms: Message(es: "permisos accesos", en: "permissions access", pt: "permissões acessos")),
            MenuEntry(
                .settings(.staff, 30), Message(es: "Seguridad", en: "Security", pt: "Segurança"),
                path: "/panel/security", permission: .securityManage, icon: .security,
                synonyms: Message(
                    es: "dos pasos códigos google sesiones", en: "two steps codes google sessions",
                    pt: "duas etapas códigos google sessões")),
            MenuEntry(
                .act, Message(es: "Invitar usuario", en: "Invite a user", pt: "Convidar usuário"),
                path: "/panel/staff/new", permission: .staffManage, icon: .plus,
                synonyms: Message(
                    es: "agregar empleado personal técnico", en: "add employee technician", pt: "adicionar funcionário")
            ),
            MenuEntry(
                .act, Message(es: "Crear rol", en: "Create a role", pt: "Criar papel"), path: "/panel/roles/new",
                permission: .rolesManage, icon: .plus),
        ],
        notices: [.passwordChanged, .secondFactorOff, .secondFactorReset],
        searchKinds: [.staff, .role],
        parts: [
            NounUse<Zone>(
                20, "people",
                Message(es: "Usuarios limitados a ella", en: "Users limited to it", pt: "Usuários limitados a ela")
            ) { database, zone in
                "FROM staff u WHERE u.tenant_id = \(database.tenant) AND \(zone) = ANY (u.zones)"
            }
        ])
}

extension Room {
    package static let staff = Room(
        .staff, .roles, .identity,
        account: { routes, context in
            AccountRoutes(context.signIn, context.external).add(to: &routes)
            SecondFactorRoutes(context.signIn, context.external).add(to: &routes)
        },
        panel: { routes, context in
            ExternalAccountRoutes(context.external).add(to: &routes)
            StaffRoutes(randomness: context.randomness, mailing: context.mailing).add(to: &routes)
            SecurityRoutes(context.external).add(to: &routes)
            RoleRoutes(randomness: context.randomness).add(to: &routes)
        },
        home: StaffHome.parts,
        setup: [
            SetupStep(
                60, Message(es: "Invite a su personal", en: "Invite your staff", pt: "Convide sua equipe"),
                path: "/panel/staff/new", permission: .staffManage
            ) { visit in
                try await visit.database.value(
                    """
                    SELECT count(*) > 1 FROM (
                        SELECT FROM staff WHERE tenant_id = \(visit.database.tenant) LIMIT 2) people
                    """) ?? false
            }
        ],
        figures: [
            CompanyFigure(
                Message(es: "Usuarios activos", en: "Active users", pt: "Usuários ativos"), limit: \.staff
            ) { database in
                try await database.value(
                    "SELECT count(*) FROM staff WHERE tenant_id = \(database.tenant) AND state <> 'disabled'") ?? 0
            }
        ],
        jobs: { jobs, _ in jobs.add(ForgetCredentials.self) { try await $0.run(in: $1) } },
        nightly: [ForgetCredentials.self], letters: StaffLetters.add,
        reindex: { database in
            try await Role.indexAll(in: database)
            try await StaffMember.indexAll(in: database)
        })
}
