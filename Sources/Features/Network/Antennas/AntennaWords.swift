import Locale

enum AntennaWords: MessageCatalogue {
    case title, intro, none, search, name, agent, firmware, signal, ccq, mac, address, trouble, server, uptime, readAt
    case access, accessIntro, user1, user2, user3, userHint, password1, password2, password3, secretHint, port
    case oldCryptography, oldCryptographyHint, connection, connectionHint, connectionKept, sectorLimit, sectorLimitHint
    case hop1, hop2, hopPassword1, hopPassword2, hopHint, jobs, jobsIntro, noJobs, newJob, newJobHint, start, number
    case kind, kindHint, scope, state, antennas, author, job, examinedText, nothingPlanned, apply, applyReboot, stop
    case retry, acceptKeys, openTickets, lines, finding, processes, what, ticket, details, triedAt, moreLines, made
    case visitTitle, missing, acts, model, putRight, credentials

    var message: Message {
        switch self {
        case .title: Message(es: "Antenas airOS", en: "airOS antennas", pt: "Antenas airOS")
        case .intro:
            Message(
                es: "Lo que cada antena dice de sí misma por SSH: firmware, señal y si su agente encuentra a UISP.",
                en: "What each antenna says of itself over SSH: firmware, signal, and whether its agent finds UISP.",
                pt: "O que cada antena diz de si mesma por SSH: firmware, sinal e se seu agente encontra o UISP.")
        case .none:
            Message(
                es: "Todavía no se leyó ninguna antena. Un trabajo nuevo las lee.",
                en: "No antenna has been read yet. A new job reads them.",
                pt: "Nenhuma antena foi lida ainda. Um novo trabalho as lê.")
        case .search:
            Message(es: "Nombre, MAC, IP o firmware", en: "Name, MAC, IP or firmware", pt: "Nome, MAC, IP ou firmware")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .agent: Message(es: "Agente de UISP", en: "UISP agent", pt: "Agente do UISP")
        case .firmware: Message(es: "Firmware", en: "Firmware", pt: "Firmware")
        case .signal: Message(es: "Señal", en: "Signal", pt: "Sinal")
        case .ccq: Message(es: "CCQ", en: "CCQ", pt: "CCQ")
        case .mac: Message(es: "MAC", en: "MAC", pt: "MAC")
        case .address: Message(es: "IP", en: "IP", pt: "IP")
        case .trouble: Message(es: "Problema", en: "Trouble", pt: "Problema")
        case .server: Message(es: "Servidor", en: "Server", pt: "Servidor")
        case .uptime: Message(es: "Encendida", en: "Up for", pt: "Ligada há")
        case .readAt: Message(es: "Leída", en: "Read", pt: "Lida")
        case .access: Message(es: "Acceso a las antenas", en: "Access to antennas", pt: "Acesso às antenas")
        case .accessIntro:
            Message(
                es:
                    "Las contraseñas se guardan cifradas y no se muestran nunca; vacías, quedan las que están guardadas.",
                en: "Passwords are kept encrypted and never shown; empty, the ones that are kept stay.",
                pt: "As senhas são guardadas cifradas e nunca são mostradas; vazias, ficam as que estão guardadas.")
        case .user1: Message(es: "Usuario", en: "User", pt: "Usuário")
        case .user2: Message(es: "Segundo usuario", en: "Second user", pt: "Segundo usuário")
        case .user3: Message(es: "Tercer usuario", en: "Third user", pt: "Terceiro usuário")
        case .userHint:
            Message(
                es: "Se prueban en este orden, y primero el que la antena aceptó la última vez.",
                en: "They are tried in this order, and first the one that the antenna took last time.",
                pt: "São testados nesta ordem, e primeiro o que a antena aceitou da última vez.")
        case .password1: Message(es: "Contraseña", en: "Password", pt: "Senha")
        case .password2: Message(es: "Segunda contraseña", en: "Second password", pt: "Segunda senha")
        case .password3: Message(es: "Tercera contraseña", en: "Third password", pt: "Terceira senha")
        case .secretHint:
            Message(
                es: "Si ya hay una guardada y no escribe nada, queda esa.",
                tu: "Si ya hay una guardada y no escribes nada, queda esa.",
                vos: "Si ya hay una guardada y no escribís nada, queda esa.",
                en: "If one is kept already and you write nothing, it stays.",
                pt: "Se já houver uma guardada e nada for escrito, ela fica.")
        case .port: Message(es: "Puerto SSH", en: "SSH port", pt: "Porta SSH")
        case .oldCryptography:
            Message(
                es: "Permitir cifrado viejo (ssh-rsa, SHA-1)", en: "Allow old cryptography (ssh-rsa, SHA-1)",
                pt: "Permitir criptografia antiga (ssh-rsa, SHA-1)")
        case .oldCryptographyHint:
            Message(
                es: "Las antenas con airOS 5 a 8 no ofrecen otro.", en: "Antennas with airOS 5 to 8 offer no other.",
                pt: "As antenas com airOS 5 a 8 não oferecem outra.")
        case .connection:
            Message(es: "Cadena de conexión de UISP", en: "UISP's connection string", pt: "String de conexão do UISP")
        case .connectionHint:
            Message(
                es: "La actual de UISP. Solo la reciben las antenas que perdieron su clave.",
                en: "UISP's current one. Only antennas that lost their key are given it.",
                pt: "A atual do UISP. Só a recebem as antenas que perderam sua chave.")
        case .connectionKept:
            Message(
                es: "Cadena guardada: servidor {server}.", en: "String kept: server {server}.",
                pt: "String guardada: servidor {server}.")
        case .sectorLimit:
            Message(es: "Reinicios a la vez por sector", en: "Reboots at once per sector", pt: "Reinícios por setor")
        case .sectorLimitHint:
            Message(
                es: "Un sector no pierde a la vez más clientes que estos.",
                en: "A sector never loses more customers than these at once.",
                pt: "Um setor não perde mais clientes que estes ao mesmo tempo.")
        case .hop1: Message(es: "Primer salto", en: "First jump host", pt: "Primeiro salto")
        case .hop2: Message(es: "Segundo salto", en: "Second jump host", pt: "Segundo salto")
        case .hopPassword1:
            Message(es: "Contraseña del primer salto", en: "First jump host's password", pt: "Senha do primeiro salto")
        case .hopPassword2:
            Message(
                es: "Contraseña del segundo salto", en: "Second jump host's password", pt: "Senha do segundo salto")
        case .hopHint:
            Message(
                es: "Solo si a las antenas se llega por otra máquina: usuario@10.1.1.1:22.",
                en: "Only if antennas are reached through another machine: user@10.1.1.1:22.",
                pt: "Somente se às antenas se chega por outra máquina: usuario@10.1.1.1:22.")
        case .jobs: Message(es: "Trabajos en antenas", en: "Jobs on antennas", pt: "Trabalhos em antenas")
        case .jobsIntro:
            Message(
                es: "Cada trabajo revisa primero y dice qué haría en cada antena; después se aplica.",
                en: "Each job looks first and says what it would do at each antenna; then it is applied.",
                pt: "Cada trabalho revisa primeiro e diz o que faria em cada antena; depois é aplicado.")
        case .noJobs:
            Message(es: "Todavía no hay trabajos.", en: "There are no jobs yet.", pt: "Ainda não há trabalhos.")
        case .newJob: Message(es: "Nuevo trabajo", en: "New job", pt: "Novo trabalho")
        case .newJobHint:
            Message(
                es: "Primero solo se revisa: nada cambia en las antenas hasta que lo aplique.",
                tu: "Primero solo se revisa: nada cambia en las antenas hasta que lo apliques.",
                vos: "Primero solo se revisa: nada cambia en las antenas hasta que lo apliques.",
                en: "First it only looks: nothing changes at the antennas until you apply it.",
                pt: "Primeiro só se revisa: nada muda nas antenas até que seja aplicado.")
        case .start: Message(es: "Revisar antenas", en: "Look at antennas", pt: "Revisar antenas")
        case .number: Message(es: "Número", en: "Number", pt: "Número")
        case .kind: Message(es: "Qué se hace", en: "What is done", pt: "O que se faz")
        case .kindHint:
            Message(
                es:
                    "Reiniciar el agente no toca la clave. Reescribir la cadena solo va donde la clave se perdió: a una antena sana la sacaría de UISP.",
                en:
                    "Restarting the agent leaves the key. Rewriting the string is only for lost keys: it would throw a healthy antenna out of UISP.",
                pt:
                    "Reiniciar o agente não toca na chave. Reescrever a string é só onde a chave se perdeu: uma antena sadia sairia do UISP."
            )
        case .scope: Message(es: "En qué antenas", en: "At which antennas", pt: "Em quais antenas")
        case .state: Message(es: "Estado", en: "State", pt: "Situação")
        case .antennas: Message(es: "Antenas", en: "Antennas", pt: "Antenas")
        case .author: Message(es: "Quién", en: "Who", pt: "Quem")
        case .job: Message(es: "Trabajo {number}", en: "Job {number}", pt: "Trabalho {number}")
        case .examinedText:
            Message(
                es: "Revisado: por hacer en {planned}. Nada cambió todavía.",
                en: "Looked at: to be done at {planned}. Nothing has changed yet.",
                pt: "Revisado: por fazer em {planned}. Nada mudou ainda.")
        case .nothingPlanned:
            Message(
                es: "Está detenido. Al aplicarlo sigue donde quedó.",
                en: "It is stopped. Applied, it goes on where it was.",
                pt: "Está parado. Ao aplicar, continua de onde parou.")
        case .apply: Message(es: "Aplicar", en: "Apply", pt: "Aplicar")
        case .applyReboot: Message(es: "Reiniciar antenas", en: "Reboot antennas", pt: "Reiniciar antenas")
        case .stop: Message(es: "Detener", en: "Stop", pt: "Parar")
        case .retry:
            Message(es: "Reintentar las que fallaron", en: "Retry those that failed", pt: "Tentar as que falharam")
        case .acceptKeys:
            Message(
                es: "Aceptar las claves SSH nuevas", en: "Accept the new SSH keys", pt: "Aceitar as novas chaves SSH")
        case .openTickets:
            Message(es: "Crear tickets de visita", en: "Create visit tickets", pt: "Criar tickets de visita")
        case .lines: Message(es: "Una línea por antena", en: "A line per antenna", pt: "Uma linha por antena")
        case .finding: Message(es: "Lo que se encontró", en: "What was found", pt: "O que se encontrou")
        case .processes:
            Message(
                es: "Agente {before} → {after}, padre {parent}", en: "Agent {before} → {after}, parent {parent}",
                pt: "Agente {before} → {after}, pai {parent}")
        case .what: Message(es: "Resultado", en: "Outcome", pt: "Resultado")
        case .ticket: Message(es: "Ver ticket", en: "See ticket", pt: "Ver ticket")
        case .details: Message(es: "Comandos", en: "Commands", pt: "Comandos")
        case .triedAt: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .moreLines:
            Message(
                es: "Se muestran las primeras {most}; primero las que fallaron.",
                en: "The first {most} are shown; those that failed come first.",
                pt: "As primeiras {most} são mostradas; primeiro as que falharam.")
        case .made: Message(es: "Empezó", en: "Begun", pt: "Começou")
        case .visitTitle:
            Message(es: "Visita: antena de {name}", en: "Visit: antenna of {name}", pt: "Visita: antena de {name}")
        case .missing:
            Message(
                es: "En línea y ausentes de UISP ahora", en: "Online and absent from UISP now",
                pt: "On-line e ausentes do UISP agora")
        case .credentials: Message(es: "Credenciales", en: "Credentials", pt: "Credenciais")
        case .putRight: Message(es: "Corregir antenas", en: "Put antennas right", pt: "Corrigir antenas")
        case .model: Message(es: "Modelo", en: "Model", pt: "Modelo")
        case .acts: Message(es: "Qué hacer", en: "What to do", pt: "O que fazer")
        }
    }
}
