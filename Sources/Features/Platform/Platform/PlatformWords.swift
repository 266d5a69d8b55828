import Declarations
import Locale
import Nouns
import Roles

/// The console's texts.
enum PlatformWords: MessageCatalogue {
    case tenants, company, state, country, noTenants, search, anyState, find
    case language, currency, zone, hosts, visits, visitsIntro, noVisits, enterAs, enterHint
    case problems, reason, reasonHint, reasonShort, power, howLong, makeLink, linkReady, linkHint
    case goOn, back, who, when, until, open, over, endVisit, endedBy, health, dependencies
    case dependency, answeredIn, works, fails, none, queue, waiting, ready, running, dead, workers
    case oldestReady, noWorkers, queueEmpty, byKind, kind, parked, deadJobs, noDeadJobs, died, retry
    case discard, databasePool, connections, calls, inFlight, callsWaiting, transactions, lost
    case lastFailure, isolation, isolationIntro, tables, table, whose, policies, verdict, provedAt
    case keepsRules, breaksRules, forced, notForced, ofTenants, ofPlatform, reference, versions
    case schema, migrations, migration, appliedAt, admins, adminsIntro, inviteAdmin, you, newLink
    case enable, disable, invited, disabled, adminRole, observerRole, name, email, role, invite
    case nameMissing, emailWrong, invitationReady, invitationHint, link, minutes, attempts
    case policyCount, allApart, notApart, activePerson, domains, domainsIntro, domain, ownName
    case baseName, builtAt

    var message: Message {
        switch self {
        case .builtAt: Message(es: "compilado el {time}", en: "built {time}", pt: "compilado em {time}")
        case .tenants: Message(es: "Empresas", en: "Companies", pt: "Empresas")
        case .company: Message(es: "Empresa", en: "Company", pt: "Empresa")
        case .state: Message(es: "Estado", en: "State", pt: "Estado")
        case .country: Message(es: "País", en: "Country", pt: "País")
        case .noTenants:
            Message(
                es: "Ninguna empresa con este filtro.", en: "No company matches this filter.",
                pt: "Nenhuma empresa com este filtro.")
        case .search: Message(es: "Nombre o identificador", en: "Name or identifier", pt: "Nome ou identificador")
        case .anyState: Message(es: "Cualquiera", en: "Any", pt: "Qualquer um")
        case .find: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .language: Message(es: "Idioma", en: "Language", pt: "Idioma")
        case .currency: Message(es: "Moneda", en: "Currency", pt: "Moeda")
        case .zone: Message(es: "Zona horaria", en: "Time zone", pt: "Fuso horário")
        case .hosts: Message(es: "Direcciones", en: "Addresses", pt: "Endereços")
        case .visits: Message(es: "Visitas a empresas", en: "Visits to companies", pt: "Visitas a empresas")
        case .visitsIntro:
            Message(
                es: "Quién entró al panel de una empresa, por qué y hasta cuándo.",
                en: "Who entered a company's panel, why and until when.",
                pt: "Quem entrou no painel de uma empresa, por quê e até quando.")
        case .noVisits:
            Message(
                es: "Nadie ha entrado al panel de una empresa.", en: "Nobody has entered a company's panel.",
                pt: "Ninguém entrou no painel de uma empresa.")
        case .enterAs: Message(es: "Entrar como…", en: "Enter as…", pt: "Entrar como…")
        case .enterHint:
            Message(
                es:
                    "La empresa lo ve: un aviso a sus administradores, y su nombre en la auditoría de ambos lados. Ellos pueden terminar la visita. Si usted tiene otra visita abierta, termina.",
                en:
                    "The company sees it: a notice to its administrators, and your name in the audit trail of both sides. They can end the visit. Another open visit of yours ends.",
                pt:
                    "A empresa vê: um aviso aos administradores e seu nome na auditoria dos dois lados. Eles podem encerrar a visita. Se você tem outra visita aberta, ela termina."
            )
        case .problems: Message(es: "Revise lo siguiente", en: "Please check the following", pt: "Verifique o seguinte")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .reasonHint:
            Message(
                es: "Al menos 10 caracteres; lo leerá la empresa.",
                en: "At least 10 characters; the company will read it.",
                pt: "Pelo menos 10 caracteres; a empresa vai ler.")
        case .reasonShort:
            Message(
                es: "Escriba el motivo con al menos 10 caracteres.", en: "Write the reason in at least 10 characters.",
                pt: "Escreva o motivo com pelo menos 10 caracteres.")
        case .power: Message(es: "Qué podrá hacer", en: "What you may do", pt: "O que poderá fazer")
        case .howLong: Message(es: "Por cuánto tiempo", en: "For how long", pt: "Por quanto tempo")
        case .makeLink: Message(es: "Crear el enlace de entrada", en: "Make the link", pt: "Criar o link de entrada")
        case .linkReady:
            Message(
                es: "La entrada a {name} está lista", en: "The way into {name} is ready",
                pt: "A entrada em {name} está pronta")
        case .linkHint:
            Message(
                es: "El enlace funciona una vez y durante dos minutos.", en: "The link works once, for two minutes.",
                pt: "O link funciona uma vez e por dois minutos.")
        case .goOn: Message(es: "Continuar al panel", en: "Continue to the panel", pt: "Continuar para o painel")
        case .back: Message(es: "Volver", en: "Back", pt: "Voltar")
        case .who: Message(es: "Quién", en: "Who", pt: "Quem")
        case .when: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .until: Message(es: "Hasta {time}", en: "Until {time}", pt: "Até {time}")
        case .open: Message(es: "Dentro ahora", en: "Inside now", pt: "Dentro agora")
        case .over: Message(es: "Terminada", en: "Over", pt: "Encerrada")
        case .endVisit: Message(es: "Terminar", en: "End", pt: "Encerrar")
        case .endedBy: Message(es: "La terminó {name}", en: "Ended by {name}", pt: "Encerrada por {name}")
        case .health: Message(es: "Salud y colas", en: "Health and queues", pt: "Saúde e filas")
        case .dependencies: Message(es: "Dependencias", en: "Dependencies", pt: "Dependências")
        case .dependency: Message(es: "Dependencia", en: "Dependency", pt: "Dependência")
        case .answeredIn: Message(es: "Respondió en", en: "Answered in", pt: "Respondeu em")
        case .works: Message(es: "Funciona", en: "Works", pt: "Funciona")
        case .fails: Message(es: "Falla", en: "Fails", pt: "Falha")
        case .none: Message(es: "Ninguna", en: "None", pt: "Nenhuma")
        case .queue: Message(es: "Cola de tareas", en: "Job queue", pt: "Fila de tarefas")
        case .waiting: Message(es: "En espera", en: "Waiting", pt: "Em espera")
        case .ready: Message(es: "Listas para hacerse", en: "Ready to run", pt: "Prontas para executar")
        case .running: Message(es: "En curso", en: "Running", pt: "Em andamento")
        case .dead: Message(es: "Fallidas", en: "Failed", pt: "Com falha")
        case .workers: Message(es: "Procesos que trabajan", en: "Workers", pt: "Processos trabalhando")
        case .oldestReady:
            Message(es: "La más antigua, lista desde", en: "The oldest, ready since", pt: "A mais antiga, pronta desde")
        case .noWorkers:
            Message(
                es: "Nadie hace tareas: inicie mastil work o sirva con --work.",
                en: "Nobody does jobs: start mastil work, or serve with --work.",
                pt: "Ninguém executa tarefas: inicie mastil work ou sirva com --work.")
        case .queueEmpty: Message(es: "La cola está vacía.", en: "The queue is empty.", pt: "A fila está vazia.")
        case .byKind: Message(es: "Tareas por tipo", en: "Jobs by kind", pt: "Tarefas por tipo")
        case .kind: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .parked: Message(es: "Esperan su turno", en: "Parked", pt: "Aguardam a vez")
        case .deadJobs: Message(es: "Tareas que fallaron", en: "Failed jobs", pt: "Tarefas que falharam")
        case .noDeadJobs: Message(es: "Ninguna tarea falló.", en: "No job has failed.", pt: "Nenhuma tarefa falhou.")
        case .died: Message(es: "Falló", en: "Failed", pt: "Falhou")
        case .retry: Message(es: "Reintentar", en: "Retry", pt: "Tentar novamente")
        case .discard: Message(es: "Descartar", en: "Discard", pt: "Descartar")
        case .databasePool:
            Message(
                es: "Conexiones a la base de datos", en: "Database connections", pt: "Conexões com o banco de dados")
        case .connections: Message(es: "Conexiones", en: "Connections", pt: "Conexões")
        case .calls:
            Message(es: "Consultas desde el inicio", en: "Calls since the start", pt: "Consultas desde o início")
        case .inFlight: Message(es: "Consultas en curso", en: "Calls in flight", pt: "Consultas em andamento")
        case .callsWaiting:
            Message(es: "Esperan una conexión", en: "Waiting for a connection", pt: "Aguardam uma conexão")
        case .transactions: Message(es: "Transacciones abiertas", en: "Open transactions", pt: "Transações abertas")
        case .lost: Message(es: "Conexiones perdidas", en: "Lost connections", pt: "Conexões perdidas")
        case .lastFailure: Message(es: "Última falla", en: "Last failure", pt: "Última falha")
        case .isolation: Message(es: "Aislamiento", en: "Isolation", pt: "Isolamento")
        case .isolationIntro:
            Message(
                es:
                    "Cada tabla se revisa ahora mismo en el catálogo de la base de datos: quién la puede leer, su política y sus llaves.",
                en:
                    "Each table is checked right now in the database's catalogue: who may read it, its policy and its keys.",
                pt:
                    "Cada tabela é verificada agora mesmo no catálogo do banco de dados: quem pode ler, sua política e suas chaves."
            )
        case .tables: Message(es: "Tablas", en: "Tables", pt: "Tabelas")
        case .table: Message(es: "Tabla", en: "Table", pt: "Tabela")
        case .whose: Message(es: "De quién", en: "Whose", pt: "De quem")
        case .policies: Message(es: "Política", en: "Policy", pt: "Política")
        case .verdict: Message(es: "Resultado", en: "Verdict", pt: "Resultado")
        case .provedAt: Message(es: "Comprobado: {time}", en: "Proved: {time}", pt: "Comprovado: {time}")
        case .keepsRules: Message(es: "Cumple", en: "Keeps the rules", pt: "Cumpre")
        case .breaksRules: Message(es: "No cumple", en: "Breaks the rules", pt: "Não cumpre")
        case .forced: Message(es: "obligatoria", en: "forced", pt: "obrigatória")
        case .notForced: Message(es: "no obligatoria", en: "not forced", pt: "não obrigatória")
        case .ofTenants: Message(es: "De las empresas", en: "The companies'", pt: "Das empresas")
        case .ofPlatform: Message(es: "De la plataforma", en: "The platform's", pt: "Da plataforma")
        case .reference:
            Message(es: "De consulta para todos", en: "For everybody to read", pt: "De consulta para todos")
        case .versions: Message(es: "Versiones", en: "Versions", pt: "Versões")
        case .schema: Message(es: "Esquema", en: "Schema", pt: "Esquema")
        case .migrations: Message(es: "Migraciones aplicadas", en: "Applied migrations", pt: "Migrações aplicadas")
        case .migration: Message(es: "Migración", en: "Migration", pt: "Migração")
        case .appliedAt: Message(es: "Aplicada", en: "Applied", pt: "Aplicada")
        case .admins: Message(es: "Administradores", en: "Administrators", pt: "Administradores")
        case .adminsIntro:
            Message(
                es: "Quienes trabajan para la plataforma. Solo aquí existen sus permisos.",
                en: "Those who work for the platform. Their permissions exist only here.",
                pt: "Quem trabalha para a plataforma. As permissões deles só existem aqui.")
        case .inviteAdmin: Message(es: "Invitar a alguien", en: "Invite somebody", pt: "Convidar alguém")
        case .you: Message(es: "usted", en: "you", pt: "você")
        case .newLink: Message(es: "Nuevo enlace de contraseña", en: "New password link", pt: "Novo link de senha")
        case .enable: Message(es: "Activar", en: "Enable", pt: "Ativar")
        case .disable: Message(es: "Desactivar", en: "Disable", pt: "Desativar")
        case .invited: Message(es: "Invitado", en: "Invited", pt: "Convidado")
        case .activePerson: Message(es: "Activo", en: "Active", pt: "Ativo")
        case .domains: Message(es: "Dominios", en: "Domains", pt: "Domínios")
        case .domainsIntro:
            Message(
                es: "Cada nombre al que responde esta instalación, y de quién es.",
                en: "Each name this installation answers to, and whose it is.",
                pt: "Cada nome a que esta instalação responde, e de quem é.")
        case .domain: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .ownName: Message(es: "Dominio propio", en: "Own domain", pt: "Domínio próprio")
        case .baseName: Message(es: "De la instalación", en: "The installation's", pt: "Da instalação")
        case .disabled: Message(es: "Desactivado", en: "Disabled", pt: "Desativado")
        case .adminRole:
            Message(es: "Administrador de plataforma", en: "Platform administrator", pt: "Administrador da plataforma")
        case .observerRole: Message(es: "Observador (lectura)", en: "Observer (read only)", pt: "Observador (leitura)")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .role: Message(es: "Rol", en: "Role", pt: "Papel")
        case .invite: Message(es: "Crear la invitación", en: "Make the invitation", pt: "Criar o convite")
        case .nameMissing: Message(es: "Escriba un nombre.", en: "Write a name.", pt: "Escreva um nome.")
        case .emailWrong:
            Message(
                es: "Escriba un correo como ana@ejemplo.com.", en: "Write an e-mail such as ana@example.com.",
                pt: "Escreva um e-mail como ana@exemplo.com.")
        case .invitationReady:
            Message(
                es: "El enlace de {name} está listo", en: "The link for {name} is ready",
                pt: "O link de {name} está pronto")
        case .invitationHint:
            Message(
                es: "Envíeselo por un medio seguro. Se muestra solo esta vez, funciona una vez y vence en tres días.",
                en: "Send it by a safe way. It is shown this once, works once and expires in three days.",
                pt: "Envie por um meio seguro. É mostrado só desta vez, funciona uma vez e vence em três dias.")
        case .link: Message(es: "Enlace", en: "Link", pt: "Link")
        case .minutes:
            Message(
                es: .count(one: "{count} minuto", many: "{count} de minutos", other: "{count} minutos"),
                en: .count(one: "{count} minute", other: "{count} minutes"),
                pt: .count(one: "{count} minuto", many: "{count} de minutos", other: "{count} minutos"))
        case .attempts:
            Message(
                es: .count(one: "{count} intento", many: "{count} de intentos", other: "{count} intentos"),
                en: .count(one: "{count} attempt", other: "{count} attempts"),
                pt: .count(one: "{count} tentativa", many: "{count} de tentativas", other: "{count} tentativas"))
        case .policyCount:
            Message(
                es: .count(one: "{count} política", many: "{count} de políticas", other: "{count} políticas"),
                en: .count(one: "{count} policy", other: "{count} policies"),
                pt: .count(one: "{count} política", many: "{count} de políticas", other: "{count} políticas"))
        case .allApart:
            Message(
                es: .count(
                    one: "{count} tabla revisada: las empresas están separadas.",
                    many: "{count} de tablas revisadas: las empresas están separadas.",
                    other: "{count} tablas revisadas: las empresas están separadas."),
                en: .count(
                    one: "{count} table checked: the companies are kept apart.",
                    other: "{count} tables checked: the companies are kept apart."),
                pt: .count(
                    one: "{count} tabela verificada: as empresas estão separadas.",
                    many: "{count} de tabelas verificadas: as empresas estão separadas.",
                    other: "{count} tabelas verificadas: as empresas estão separadas."))
        case .notApart:
            Message(
                es: .count(
                    one: "Hay {count} regla rota. Avise a quien desarrolla el sistema.",
                    many: "Hay {count} de reglas rotas. Avise a quien desarrolla el sistema.",
                    other: "Hay {count} reglas rotas. Avise a quien desarrolla el sistema."),
                en: .count(
                    one: "{count} rule is broken. Tell those who develop the system.",
                    other: "{count} rules are broken. Tell those who develop the system."),
                pt: .count(
                    one: "Há {count} regra quebrada. Avise quem desenvolve o sistema.",
                    many: "Há {count} de regras quebradas. Avise quem desenvolve o sistema.",
                    other: "Há {count} regras quebradas. Avise quem desenvolve o sistema."))
        }
    }
}
