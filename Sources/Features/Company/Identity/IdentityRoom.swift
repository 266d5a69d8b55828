import Access
import Declarations
import Events
import Locale
import Roles
import Time

extension Permission {
    package static let securityManage = Permission("security.manage")
    package static let tokensManage = Permission("tokens.manage")
}

extension Notice {
    package static let disabled = Notice(
        "disabled",
        Message(
            es: "El usuario quedó desactivado y sus sesiones se cerraron.",
            en: "The user is disabled and their sessions are closed.",
            pt: "O usuário foi desativado e suas sessões foram encerradas."))
    package static let enabled = Notice(
        "enabled",
        Message(
            es: "El usuario puede entrar otra vez.", en: "The user can sign in again.",
            pt: "O usuário pode entrar novamente."))
    package static let sessionEnded = Notice(
        "session_ended",
        Message(es: "La sesión quedó cerrada.", en: "The session is closed.", pt: "A sessão foi encerrada."))
    package static let visitEnded = Notice(
        "visit_ended",
        Message(
            es: "La visita terminó: quien estaba dentro ya no ve nada.",
            en: "The visit is over: whoever was inside sees nothing any more.",
            pt: "A visita terminou: quem estava dentro já não vê nada."))
    package static let identityLinked = Notice(
        "identity_linked",
        Message(
            es: "Su cuenta de Google quedó vinculada.", en: "Your Google account is linked.",
            pt: "Sua conta do Google foi vinculada."))
}

extension SearchKind {
    package static let staff = SearchKind(
        "staff", Message(es: "Usuarios", en: "Users", pt: "Usuários"), icon: .staff, at: "/panel/staff",
        permission: .staffRead)
}

extension EventKind {
    package static let staffInvited = EventKind(
        "staff.invited", Message(es: "Invitó a un usuario", en: "Invited a user", pt: "Convidou um usuário"),
        told: Message(es: "Usuario invitado", en: "User invited", pt: "Usuário convidado"), to: .staffRead)
    package static let staffLinkMade = EventKind(
        "staff.link_made",
        Message(es: "Creó un enlace de contraseña", en: "Created a password link", pt: "Criou um link de senha"))
    package static let staffCorrected = EventKind(
        "staff.corrected",
        Message(
            es: "Corrigió los datos de un usuario", en: "Corrected a user's details",
            pt: "Corrigiu os dados de um usuário"))
    package static let staffDisabled = EventKind(
        "staff.disabled", Message(es: "Desactivó a un usuario", en: "Disabled a user", pt: "Desativou um usuário"),
        told: Message(es: "Usuario desactivado", en: "User disabled", pt: "Usuário desativado"), to: .staffRead)
    package static let staffEnabled = EventKind(
        "staff.enabled", Message(es: "Activó a un usuario", en: "Enabled a user", pt: "Ativou um usuário"),
        told: Message(es: "Usuario activado", en: "User enabled", pt: "Usuário ativado"), to: .staffRead)
    package static let staffPasswordChosen = EventKind(
        "staff.password_chosen",
        Message(es: "Eligió su contraseña", en: "Chose their password", pt: "Escolheu sua senha"))
    package static let staffPasswordChanged = EventKind(
        "staff.password_changed",
        Message(es: "Cambió su contraseña", en: "Changed their password", pt: "Alterou sua senha"))
    package static let sessionStarted = EventKind(
        "session.started", Message(es: "Inició sesión", en: "Signed in", pt: "Entrou"),
        told: Message(es: "Sesión iniciada", en: "Signed in", pt: "Sessão iniciada"), to: .auditRead)
    package static let tokenCreated = EventKind(
        "token.created", Message(es: "Creó un token de API", en: "Created an API token", pt: "Criou um token de API"),
        told: Message(es: "Token de API creado", en: "API token created", pt: "Token de API criado"), to: .tokensManage)
    package static let tokenRevoked = EventKind(
        "token.revoked",
        Message(es: "Revocó un token de API", en: "Revoked an API token", pt: "Revogou um token de API"),
        told: Message(es: "Token de API revocado", en: "API token revoked", pt: "Token de API revogado"),
        to: .tokensManage)
    package static let impersonationStarted = EventKind(
        "impersonation.started",
        Message(
            es: "Pidió entrar al panel como plataforma", en: "Asked to enter the panel for the platform",
            pt: "Pediu para entrar no painel pela plataforma"))
    package static let impersonationEntered = EventKind(
        "impersonation.entered",
        Message(
            es: "Entró al panel como plataforma", en: "Entered the panel for the platform",
            pt: "Entrou no painel pela plataforma"))
    package static let impersonationEnded = EventKind(
        "impersonation.ended",
        Message(
            es: "Terminó una visita de la plataforma", en: "Ended a visit of the platform",
            pt: "Encerrou uma visita da plataforma"))
    package static let impersonationAllowed = EventKind(
        "impersonation.allowed",
        Message(
            es: "Permitió las visitas de la plataforma", en: "Allowed visits of the platform",
            pt: "Permitiu as visitas da plataforma"))
    package static let impersonationForbidden = EventKind(
        "impersonation.forbidden",
        Message(
            es: "Prohibió las visitas de la plataforma", en: "Forbade visits of the platform",
            pt: "Proibiu as visitas da plataforma"))
    package static let platformAdminAdded = EventKind(
        "platform.admin_added",
        Message(
            es: "Agregó a un administrador de plataforma", en: "Added a platform administrator",
            pt: "Adicionou um administrador da plataforma"))
    package static let platformCompanyAdminInvited = EventKind(
        "platform.company_admin_invited",
        Message(
            es: "Invitó a un administrador de una empresa", en: "Invited an administrator of a company",
            pt: "Convidou um administrador de uma empresa"))
    package static let staffPINSet = EventKind(
        "staff.pin_set",
        Message(
            es: "Eligió su PIN de supervisor", en: "Chose their supervisor's PIN", pt: "Escolheu seu PIN de supervisor")
    )
    package static let staffSecondFactorOn = EventKind(
        "staff.second_factor_on",
        Message(
            es: "Activó su verificación en dos pasos", en: "Turned on their two-step verification",
            pt: "Ativou sua verificação em duas etapas"))
    package static let staffSecondFactorOff = EventKind(
        "staff.second_factor_off",
        Message(
            es: "Desactivó su verificación en dos pasos", en: "Turned off their two-step verification",
            pt: "Desativou sua verificação em duas etapas"))
    package static let staffSecondFactorReset = EventKind(
        "staff.second_factor_reset",
        Message(
            es: "Quitó la verificación en dos pasos a un usuario", en: "Removed a user's two-step verification",
            pt: "Removeu a verificação em duas etapas de um usuário"))
    package static let staffRecoveryCodesMade = EventKind(
        "staff.recovery_codes_made",
        Message(
            es: "Creó códigos de recuperación nuevos", en: "Made new recovery codes",
            pt: "Criou novos códigos de recuperação"))
    package static let staffIdentityLinked = EventKind(
        "staff.identity_linked",
        Message(
            es: "Vinculó su cuenta de Google", en: "Linked their Google account", pt: "Vinculou sua conta do Google"))
    package static let staffIdentityUnlinked = EventKind(
        "staff.identity_unlinked",
        Message(
            es: "Desvinculó su cuenta de Google", en: "Unlinked their Google account",
            pt: "Desvinculou sua conta do Google"))
    package static let securityExternalSignIn = EventKind(
        "security.external_sign_in",
        Message(
            es: "Cambió si se puede entrar con Google", en: "Changed whether one may sign in with Google",
            pt: "Alterou se é possível entrar com o Google"))
    package static let staffRecoveryCodeUsed = EventKind(
        "staff.recovery_code_used",
        Message(es: "Usó un código de recuperación", en: "Used a recovery code", pt: "Usou um código de recuperação"))
    package static let securitySecondFactorRule = EventKind(
        "security.second_factor_rule",
        Message(
            es: "Cambió quién debe usar la verificación en dos pasos", en: "Changed who must use two-step verification",
            pt: "Alterou quem deve usar a verificação em duas etapas"))
    package static let staffZonesChanged = EventKind(
        "staff.zones_changed",
        Message(
            es: "Cambió las zonas de un usuario", en: "Changed a user's zones", pt: "Alterou as zonas de um usuário"))
}

extension LetterKind {
    package static let invitation = LetterKind(
        "invitation", Message(es: "Invitación al panel", en: "Invitation to the panel", pt: "Convite para o painel"))
    package static let passwordLink = LetterKind(
        "password_link",
        Message(es: "Enlace para elegir contraseña", en: "Link to choose a password", pt: "Link para escolher senha"))
    package static let newDevice = LetterKind(
        "new_device", Message(es: "Aviso de equipo nuevo", en: "Notice of a new device", pt: "Aviso de aparelho novo"))
}

extension RoomDeclarations {
    package static let identity = RoomDeclarations(
        "Identity", module: .settings(.staff),
        permissions: [
            GrantablePermission(
                .securityManage,
                Message(
                    es: "Decidir cómo entra el personal", en: "Decide how staff sign in",
                    pt: "Decidir como a equipe entra"), heldBy: .ownerOnly, lent: .never),
            GrantablePermission(
                .tokensManage,
                Message(
                    es: "Crear y revocar tokens de API", en: "Create and revoke API tokens",
                    pt: "Criar e revogar tokens de API"), heldBy: .ownerOnly, lent: .never),
        ],
        notices: [.disabled, .enabled, .sessionEnded, .visitEnded, .identityLinked],
        events: [
            .staffInvited, .staffLinkMade, .staffDisabled, .staffCorrected, .staffEnabled, .staffPasswordChosen,
            .staffPasswordChanged,
            .sessionStarted, .tokenCreated, .tokenRevoked, .impersonationStarted, .impersonationEntered,
            .impersonationEnded, .impersonationAllowed, .impersonationForbidden, .platformAdminAdded,
            .platformCompanyAdminInvited, .staffPINSet, .staffSecondFactorOn, .staffSecondFactorOff,
            .staffSecondFactorReset,
            .staffRecoveryCodesMade, .staffIdentityLinked, .staffIdentityUnlinked, .securityExternalSignIn,
            .staffRecoveryCodeUsed, .securitySecondFactorRule, .staffZonesChanged,
        ],
        details: [
            .roles,
            .list("permissions", Message(es: "Permisos", en: "Permissions", pt: "Permissões")) {
                $1.words(of: Permission($0))
            },
            DetailKind("addresses", Message(es: "Direcciones IP", en: "IP addresses", pt: "Endereços IP")),
            DetailKind("expires", Message(es: "Vence", en: "Expires", pt: "Vence")) { value, _, reader in
                Instant(rfc3339: value)?.rfc3339.prefix(10).description ?? value
            },
            DetailKind("power", Message(es: "Alcance", en: "Power", pt: "Alcance")) { value, _, reader in
                ActiveImpersonation.Power(rawValue: value)?.words.text(for: reader) ?? value
            },
            DetailKind("minutes", Message(es: "Minutos", en: "Minutes", pt: "Minutos")),
            DetailKind(
                "second_factor", Message(es: "Segundo paso", en: "Second step", pt: "Segunda etapa"),
                values: [
                    "app": Message(es: "Código de la aplicación", en: "Code of the app", pt: "Código do aplicativo"),
                    "recovery_code": Message(
                        es: "Código de recuperación", en: "Recovery code", pt: "Código de recuperação"),
                    "trusted_device": Message(
                        es: "Equipo de confianza", en: "Trusted device", pt: "Aparelho de confiança"),
                ]),
            .flag("for_everybody", Message(es: "Todo el personal", en: "All staff", pt: "Toda a equipe")),
            .flag(
                "allowed_google", Message(es: "Entrar con Google", en: "Sign in with Google", pt: "Entrar com o Google")
            ),
            DetailKind("domain", Message(es: "Dominio", en: "Domain", pt: "Domínio")),
            DetailKind("client", Message(es: "Cliente de Google", en: "Google client", pt: "Cliente do Google")),
            DetailKind(
                "client_secret", Message(es: "Secreto del cliente", en: "Client secret", pt: "Segredo do cliente")),
        ],
        letters: [.invitation, .passwordLink, .newDevice])
}
