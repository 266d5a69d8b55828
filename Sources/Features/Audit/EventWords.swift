import Locale

/// What each kind of event is called. One that is newer than this program shows its own word.
enum EventWords: MessageCatalogue {
    case roleCreated, roleChanged, roleDeleted, staffInvited, staffRolesChanged, staffLinkMade, staffDisabled
    case staffEnabled, passwordChosen, passwordChanged, sessionStarted, tokenCreated, tokenRevoked
    case customerCreated, customerChanged, letterResent
    case companyCreated, companyChanged, companySuspended, companyResumed, companyClosed, brandChanged
    case domainClaimed, domainProven, domainLost, domainFound, domainReleased, domainRemoved, domainVouched
    case visitStarted, visitEntered, visitEnded, visitsAllowed, visitsForbidden
    case adminAdded, jobRetried, jobDiscarded, platformSuspended, platformResumed, platformClosed, platformPlanChanged
    case platformCreated, platformAdminInvited, companyExported, platformExported
    case billIssued, billAnnulled, paymentRegistered, paymentReversed
    case secondFactorOn, secondFactorOff, secondFactorReset, recoveryCodesMade, recoveryCodeUsed, secondFactorRule
    case webhookCreated, webhookChanged, webhookPaused, webhookResumed, webhookDeleted, webhookSecretRotated
    case zoneCreated, zoneChanged, zoneDeleted, staffZonesChanged
    case webhookTested, webhookReplayed, webhookDisabled
    case identityLinked, identityUnlinked, externalSignInRule
    case contractCreated, contractSigned, contractAnnulled, contractTemplatePublished
    case portalEntered, portalCodeMade, portalLinkMade, portalLinkMailed, portalSessionsEnded, emailConfirmed,
        phoneClaimed, phoneConfirmed

    static func text(of kind: String, for reader: Reader) -> String {
        known[kind]?.text(for: reader) ?? kind
    }

    private static let known: [String: EventWords] = [
        "role.created": .roleCreated, "role.changed": .roleChanged, "role.deleted": .roleDeleted,
        "staff.invited": .staffInvited, "staff.roles_changed": .staffRolesChanged, "staff.link_made": .staffLinkMade,
        "staff.disabled": .staffDisabled, "staff.enabled": .staffEnabled, "staff.password_chosen": .passwordChosen,
        "staff.password_changed": .passwordChanged, "session.started": .sessionStarted,
        "token.created": .tokenCreated, "token.revoked": .tokenRevoked,
        "domain.claimed": .domainClaimed, "domain.proven": .domainProven, "domain.proof_lost": .domainLost,
        "domain.found_again": .domainFound, "domain.released": .domainReleased, "domain.removed": .domainRemoved,
        "domain.vouched": .domainVouched,
        "company.created": .companyCreated, "company.changed": .companyChanged,
        "company.suspended": .companySuspended, "company.resumed": .companyResumed,
        "company.closed": .companyClosed, "brand.changed": .brandChanged,
        "impersonation.started": .visitStarted, "impersonation.entered": .visitEntered,
        "impersonation.ended": .visitEnded, "impersonation.allowed": .visitsAllowed,
        "impersonation.forbidden": .visitsForbidden, "platform.admin_added": .adminAdded,
        "platform.company_suspended": .platformSuspended, "platform.company_resumed": .platformResumed,
        "platform.company_created": .platformCreated, "platform.company_admin_invited": .platformAdminInvited,
        "company.exported": .companyExported, "platform.company_exported": .platformExported,
        "platform.company_closed": .platformClosed, "platform.plan_changed": .platformPlanChanged,
        "platform.bill_issued": .billIssued, "platform.bill_annulled": .billAnnulled,
        "platform.payment_registered": .paymentRegistered, "platform.payment_reversed": .paymentReversed,
        "platform.job_retried": .jobRetried, "platform.job_discarded": .jobDiscarded,
        "staff.second_factor_on": .secondFactorOn, "staff.second_factor_off": .secondFactorOff,
        "staff.second_factor_reset": .secondFactorReset, "staff.recovery_codes_made": .recoveryCodesMade,
        "staff.identity_linked": .identityLinked, "staff.identity_unlinked": .identityUnlinked,
        "security.external_sign_in": .externalSignInRule,
        "staff.recovery_code_used": .recoveryCodeUsed, "security.second_factor_rule": .secondFactorRule,
        "zone.created": .zoneCreated, "zone.changed": .zoneChanged, "zone.deleted": .zoneDeleted,
        "staff.zones_changed": .staffZonesChanged,
        "customer.created": .customerCreated, "customer.changed": .customerChanged,
        "webhook.created": .webhookCreated, "webhook.changed": .webhookChanged, "webhook.paused": .webhookPaused,
        "webhook.resumed": .webhookResumed, "webhook.deleted": .webhookDeleted,
        "webhook.secret_rotated": .webhookSecretRotated, "webhook.tested": .webhookTested,
        "webhook.replayed": .webhookReplayed, "webhook.disabled": .webhookDisabled,
        "letter.resent": .letterResent, "portal.entered": .portalEntered, "portal.code_made": .portalCodeMade,
        "portal.link_made": .portalLinkMade,
        "portal.link_mailed": .portalLinkMailed, "portal.sessions_ended": .portalSessionsEnded,
        "customer.email_confirmed": .emailConfirmed, "customer.phone_claimed": .phoneClaimed,
        "customer.phone_confirmed": .phoneConfirmed, "contract.created": .contractCreated,
        "contract.signed": .contractSigned, "contract.annulled": .contractAnnulled,
        "contract_template.published": .contractTemplatePublished,
    ]

    var message: Message {
        switch self {
        case .domainClaimed: Message(es: "Agregó un dominio", en: "Added a domain", pt: "Adicionou um domínio")
        case .domainProven: Message(es: "Comprobó un dominio", en: "Proved a domain", pt: "Comprovou um domínio")
        case .domainLost:
            Message(
                es: "Notó que un dominio perdió su comprobación", en: "Noticed that a domain lost its proof",
                pt: "Notou que um domínio perdeu sua comprovação")
        case .domainFound:
            Message(
                es: "Encontró otra vez la comprobación de un dominio", en: "Found a domain's proof again",
                pt: "Encontrou de novo a comprovação de um domínio")
        case .domainReleased: Message(es: "Liberó un dominio", en: "Released a domain", pt: "Liberou um domínio")
        case .domainRemoved: Message(es: "Quitó un dominio", en: "Removed a domain", pt: "Removeu um domínio")
        case .domainVouched:
            Message(es: "Respondió por un dominio", en: "Vouched for a domain", pt: "Respondeu por um domínio")
        case .companyCreated: Message(es: "Creó la empresa", en: "Created the company", pt: "Criou a empresa")
        case .companyChanged:
            Message(
                es: "Cambió los datos de la empresa", en: "Changed the company's details",
                pt: "Alterou os dados da empresa")
        case .companySuspended:
            Message(es: "Suspendió la empresa", en: "Suspended the company", pt: "Suspendeu a empresa")
        case .companyResumed:
            Message(es: "Reactivó la empresa", en: "Resumed the company", pt: "Reativou a empresa")
        case .companyClosed: Message(es: "Cerró la empresa", en: "Closed the company", pt: "Encerrou a empresa")
        case .brandChanged: Message(es: "Cambió la marca", en: "Changed the brand", pt: "Alterou a marca")
        case .visitStarted:
            Message(
                es: "Pidió entrar al panel como plataforma", en: "Asked to enter the panel for the platform",
                pt: "Pediu para entrar no painel pela plataforma")
        case .visitEntered:
            Message(
                es: "Entró al panel como plataforma", en: "Entered the panel for the platform",
                pt: "Entrou no painel pela plataforma")
        case .visitEnded:
            Message(
                es: "Terminó una visita de la plataforma", en: "Ended a visit of the platform",
                pt: "Encerrou uma visita da plataforma")
        case .visitsAllowed:
            Message(
                es: "Permitió las visitas de la plataforma", en: "Allowed visits of the platform",
                pt: "Permitiu as visitas da plataforma")
        case .visitsForbidden:
            Message(
                es: "Prohibió las visitas de la plataforma", en: "Forbade visits of the platform",
                pt: "Proibiu as visitas da plataforma")
        case .adminAdded:
            Message(
                es: "Agregó a un administrador de plataforma", en: "Added a platform administrator",
                pt: "Adicionou um administrador da plataforma")
        case .platformSuspended:
            Message(es: "Suspendió una empresa", en: "Suspended a company", pt: "Suspendeu uma empresa")
        case .platformPlanChanged:
            Message(
                es: "Cambió el plan de una empresa", en: "Changed a company's plan",
                pt: "Alterou o plano de uma empresa")
        case .billIssued:
            Message(
                es: "Emitió una factura de la plataforma", en: "Issued a bill of the platform",
                pt: "Emitiu uma fatura da plataforma")
        case .billAnnulled:
            Message(
                es: "Anuló una factura de la plataforma", en: "Annulled a bill of the platform",
                pt: "Anulou uma fatura da plataforma")
        case .paymentRegistered:
            Message(
                es: "Registró un pago a la plataforma", en: "Registered a payment to the platform",
                pt: "Registrou um pagamento à plataforma")
        case .paymentReversed:
            Message(
                es: "Reversó un pago a la plataforma", en: "Reversed a payment to the platform",
                pt: "Estornou um pagamento à plataforma")
        case .platformResumed:
            Message(es: "Reactivó una empresa", en: "Resumed a company", pt: "Reativou uma empresa")
        case .platformCreated: Message(es: "Creó una empresa", en: "Created a company", pt: "Criou uma empresa")
        case .companyExported:
            Message(
                es: "Exportó todos los datos de la empresa", en: "Exported all the company's data",
                pt: "Exportou todos os dados da empresa")
        case .platformExported:
            Message(
                es: "Exportó todos los datos de una empresa", en: "Exported all of a company's data",
                pt: "Exportou todos os dados de uma empresa")
        case .platformAdminInvited:
            Message(
                es: "Invitó a un administrador de una empresa", en: "Invited an administrator of a company",
                pt: "Convidou um administrador de uma empresa")
        case .platformClosed: Message(es: "Cerró una empresa", en: "Closed a company", pt: "Encerrou uma empresa")
        case .jobRetried:
            Message(es: "Reintentó una tarea fallida", en: "Retried a failed job", pt: "Repetiu uma tarefa que falhou")
        case .jobDiscarded:
            Message(
                es: "Descartó una tarea fallida", en: "Discarded a failed job", pt: "Descartou uma tarefa que falhou")
        case .identityLinked:
            Message(
                es: "Vinculó su cuenta de Google", en: "Linked their Google account",
                pt: "Vinculou sua conta do Google")
        case .identityUnlinked:
            Message(
                es: "Desvinculó su cuenta de Google", en: "Unlinked their Google account",
                pt: "Desvinculou sua conta do Google")
        case .externalSignInRule:
            Message(
                es: "Cambió si se puede entrar con Google", en: "Changed whether one may sign in with Google",
                pt: "Alterou se é possível entrar com o Google")
        case .secondFactorOn:
            Message(
                es: "Activó su verificación en dos pasos", en: "Turned on their two-step verification",
                pt: "Ativou sua verificação em duas etapas")
        case .secondFactorOff:
            Message(
                es: "Desactivó su verificación en dos pasos", en: "Turned off their two-step verification",
                pt: "Desativou sua verificação em duas etapas")
        case .secondFactorReset:
            Message(
                es: "Quitó la verificación en dos pasos a un usuario", en: "Removed a user's two-step verification",
                pt: "Removeu a verificação em duas etapas de um usuário")
        case .recoveryCodesMade:
            Message(
                es: "Creó códigos de recuperación nuevos", en: "Made new recovery codes",
                pt: "Criou novos códigos de recuperação")
        case .recoveryCodeUsed:
            Message(
                es: "Usó un código de recuperación", en: "Used a recovery code",
                pt: "Usou um código de recuperação")
        case .secondFactorRule:
            Message(
                es: "Cambió quién debe usar la verificación en dos pasos",
                en: "Changed who must use two-step verification",
                pt: "Alterou quem deve usar a verificação em duas etapas")
        case .zoneCreated: Message(es: "Creó una zona", en: "Created a zone", pt: "Criou uma zona")
        case .zoneChanged: Message(es: "Cambió una zona", en: "Changed a zone", pt: "Alterou uma zona")
        case .zoneDeleted: Message(es: "Eliminó una zona", en: "Deleted a zone", pt: "Excluiu uma zona")
        case .staffZonesChanged:
            Message(
                es: "Cambió las zonas de un usuario", en: "Changed a user's zones", pt: "Alterou as zonas de um usuário"
            )
        case .customerCreated: Message(es: "Creó un cliente", en: "Created a customer", pt: "Criou um cliente")
        case .customerChanged: Message(es: "Cambió un cliente", en: "Changed a customer", pt: "Alterou um cliente")
        case .portalEntered: Message(es: "Entró al portal", en: "Entered the portal", pt: "Entrou no portal")
        case .portalCodeMade:
            Message(
                es: "Creó un código para dictar a un cliente", en: "Created a code to read out to a customer",
                pt: "Criou um código para ditar a um cliente")
        case .portalLinkMade:
            Message(
                es: "Creó un enlace del portal para un cliente", en: "Created a portal link for a customer",
                pt: "Criou um link do portal para um cliente")
        case .portalLinkMailed:
            Message(
                es: "Envió a un cliente un enlace del portal", en: "Mailed a portal link to a customer",
                pt: "Enviou a um cliente um link do portal")
        case .portalSessionsEnded:
            Message(
                es: "Cerró los accesos de un cliente", en: "Closed a customer's sessions",
                pt: "Encerrou os acessos de um cliente")
        case .emailConfirmed:
            Message(es: "Confirmó su correo", en: "Confirmed their e-mail", pt: "Confirmou seu e-mail")
        case .phoneClaimed:
            Message(es: "Escribió un teléfono nuevo", en: "Wrote a new telephone", pt: "Escreveu um telefone novo")
        case .phoneConfirmed:
            Message(
                es: "Confirmó el teléfono de un cliente", en: "Confirmed a customer's telephone",
                pt: "Confirmou o telefone de um cliente")
        case .contractCreated: Message(es: "Creó un contrato", en: "Made a contract", pt: "Criou um contrato")
        case .contractSigned:
            Message(es: "Firmó un contrato", en: "Signed a contract", pt: "Assinou um contrato")
        case .contractAnnulled:
            Message(es: "Anuló un contrato", en: "Annulled a contract", pt: "Anulou um contrato")
        case .contractTemplatePublished:
            Message(
                es: "Publicó una versión del modelo de contrato", en: "Published a version of the contract template",
                pt: "Publicou uma versão do modelo de contrato")
        case .letterResent:
            Message(es: "Reenvió un correo", en: "Sent a message again", pt: "Reenviou um e-mail")
        case .webhookCreated: Message(es: "Creó un webhook", en: "Created a webhook", pt: "Criou um webhook")
        case .webhookChanged: Message(es: "Cambió un webhook", en: "Changed a webhook", pt: "Alterou um webhook")
        case .webhookPaused: Message(es: "Pausó un webhook", en: "Paused a webhook", pt: "Pausou um webhook")
        case .webhookResumed: Message(es: "Reanudó un webhook", en: "Resumed a webhook", pt: "Retomou um webhook")
        case .webhookDeleted: Message(es: "Eliminó un webhook", en: "Deleted a webhook", pt: "Excluiu um webhook")
        case .webhookSecretRotated:
            Message(
                es: "Cambió el secreto de un webhook", en: "Changed a webhook's secret",
                pt: "Trocou o segredo de um webhook")
        case .webhookTested: Message(es: "Probó un webhook", en: "Tested a webhook", pt: "Testou um webhook")
        case .webhookReplayed:
            Message(
                es: "Reenvió un evento a un webhook", en: "Sent an event to a webhook again",
                pt: "Reenviou um evento a um webhook")
        case .webhookDisabled:
            Message(
                es: "Desactivó un webhook que no responde", en: "Disabled a webhook that does not answer",
                pt: "Desativou um webhook que não responde")
        case .roleCreated: Message(es: "Creó un rol", en: "Created a role", pt: "Criou um papel")
        case .roleChanged: Message(es: "Cambió un rol", en: "Changed a role", pt: "Alterou um papel")
        case .roleDeleted: Message(es: "Eliminó un rol", en: "Deleted a role", pt: "Excluiu um papel")
        case .staffInvited: Message(es: "Invitó a un usuario", en: "Invited a user", pt: "Convidou um usuário")
        case .staffRolesChanged:
            Message(
                es: "Cambió los roles de un usuario", en: "Changed a user's roles",
                pt: "Alterou os papéis de um usuário")
        case .staffLinkMade:
            Message(es: "Creó un enlace de contraseña", en: "Created a password link", pt: "Criou um link de senha")
        case .staffDisabled: Message(es: "Desactivó a un usuario", en: "Disabled a user", pt: "Desativou um usuário")
        case .staffEnabled: Message(es: "Activó a un usuario", en: "Enabled a user", pt: "Ativou um usuário")
        case .passwordChosen: Message(es: "Eligió su contraseña", en: "Chose their password", pt: "Escolheu sua senha")
        case .passwordChanged:
            Message(es: "Cambió su contraseña", en: "Changed their password", pt: "Alterou sua senha")
        case .sessionStarted: Message(es: "Inició sesión", en: "Signed in", pt: "Entrou")
        case .tokenCreated: Message(es: "Creó un token de API", en: "Created an API token", pt: "Criou um token de API")
        case .tokenRevoked:
            Message(es: "Revocó un token de API", en: "Revoked an API token", pt: "Revogou um token de API")
        }
    }
}
