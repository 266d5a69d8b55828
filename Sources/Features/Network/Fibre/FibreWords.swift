import Locale

enum FibreWords: MessageCatalogue {
    case olts, olt, new, edit, none, intro, search, state, units, online, delete, deleteTitle, deleteText, look, find
    case model, version, seen, trouble, compared, comparedIn, never, ports, port, dark, weak, unbound, unboundHint
    case templates, template, newTemplate, noTemplates, templatesIntro, rehearsal, rehearsalHint
    case onus, onu, noONUs, onusIntro, onuSearch, serial, serialHint, customer, service, power, returned, distance
    case description, since, verified, notYet, placeHint, portHint, chooseService, chooseTemplate, whereFound
    case asking, noneAsking, askingIntro, authorize, authorizeTitle, change, release, releaseTitle, releaseText, retry
    case commands, noCommands, taken, refusedMark, contracts, contractsHint, give, noONU, waitingHint
    case onlineCount, shadowHint, waitingForOLT, waitingInShadow
    case restart, restartTitle, restartText, backups, noBackups, noBackupCommand, backUp, lines, changes
    case wholeConfiguration, notTold, noServices, createService, noTemplatesOf, missing, bindToRouter, activate

    var message: Message {
        switch self {
        case .olts: Message(es: "OLT", en: "OLTs", pt: "OLT")
        case .olt: Message(es: "OLT", en: "OLT", pt: "OLT")
        case .new: Message(es: "Agregar OLT", en: "Add an OLT", pt: "Adicionar OLT")
        case .edit: Message(es: "Cambiar", en: "Change", pt: "Alterar")
        case .none: Message(es: "Ninguna OLT todavía.", en: "No OLTs yet.", pt: "Nenhuma OLT ainda.")
        case .intro:
            Message(
                es:
                    "Se leen cada cinco minutos. Los cortes y reconexiones de clientes con ONU se hacen y se verifican en ellas.",
                en:
                    "They are read every five minutes. Customers with an ONU are cut and reconnected there, and it is verified.",
                pt:
                    "São lidas a cada cinco minutos. Os cortes e reconexões de clientes com ONU são feitos e verificados nelas."
            )
        case .search: Message(es: "Nombre o dirección", en: "Name or address", pt: "Nome ou endereço")
        case .state: Message(es: "Estado", en: "State", pt: "Estado")
        case .units: Message(es: "ONU", en: "ONUs", pt: "ONU")
        case .online: Message(es: "En línea", en: "On line", pt: "On-line")
        case .delete: Message(es: "Eliminar", en: "Delete", pt: "Excluir")
        case .deleteTitle: Message(es: "¿Eliminar {name}?", en: "Delete {name}?", pt: "Excluir {name}?")
        case .deleteText:
            Message(
                es: "No se cambia nada en el equipo.", en: "Nothing is changed on the device.",
                pt: "Nada muda no equipamento.")
        case .look: Message(es: "Probar conexión", en: "Test the connection", pt: "Testar conexão")
        case .find: Message(es: "Buscar ONU", en: "Look for ONUs", pt: "Procurar ONU")
        case .model: Message(es: "Modelo", en: "Model", pt: "Modelo")
        case .version: Message(es: "Versión", en: "Version", pt: "Versão")
        case .seen: Message(es: "Respondió", en: "Answered", pt: "Respondeu")
        case .trouble: Message(es: "Qué dijo", en: "What it said", pt: "O que disse")
        case .compared: Message(es: "Leída completa", en: "Read as a whole", pt: "Lida por inteiro")
        case .comparedIn: Message(es: "{seconds} s", en: "{seconds} s", pt: "{seconds} s")
        case .never: Message(es: "Todavía no", en: "Not yet", pt: "Ainda não")
        case .ports: Message(es: "Puertos PON", en: "PON ports", pt: "Portas PON")
        case .port: Message(es: "Puerto PON", en: "PON port", pt: "Porta PON")
        case .dark: Message(es: "Sin luz", en: "No light", pt: "Sem luz")
        case .weak: Message(es: "Señal débil", en: "Weak signal", pt: "Sinal fraco")
        case .unbound: Message(es: "Sin contrato", en: "Without a contract", pt: "Sem contrato")
        case .unboundHint:
            Message(
                es: "Está registrada en la OLT y no es de ningún servicio. No se toca.",
                en: "It is registered on the OLT and is no service's. It is left alone.",
                pt: "Está registrada na OLT e não é de nenhum serviço. Não é tocada.")
        case .templates: Message(es: "Plantillas de ONU", en: "ONU templates", pt: "Modelos de ONU")
        case .template: Message(es: "Plantilla", en: "Template", pt: "Modelo")
        case .newTemplate: Message(es: "Agregar plantilla", en: "Add a template", pt: "Adicionar modelo")
        case .noTemplates:
            Message(es: "Ninguna plantilla todavía.", en: "No templates yet.", pt: "Nenhum modelo ainda.")
        case .templatesIntro:
            Message(
                es: "Lo que se le dice a la OLT de cada ONU, según la marca.",
                en: "What the OLT is told of each ONU, by vendor.",
                pt: "O que se diz à OLT de cada ONU, conforme a marca.")
        case .rehearsal: Message(es: "Comandos que se mandan", en: "Commands that are sent", pt: "Comandos enviados")
        case .rehearsalHint:
            Message(
                es: "Un ejemplo con una ONU inventada. Nada se manda.",
                en: "An example with an invented ONU. Nothing is sent.",
                pt: "Um exemplo com uma ONU inventada. Nada é enviado.")
        case .onus: Message(es: "ONU", en: "ONUs", pt: "ONU")
        case .onu: Message(es: "ONU", en: "ONU", pt: "ONU")
        case .noONUs: Message(es: "Ninguna ONU.", en: "No ONUs.", pt: "Nenhuma ONU.")
        case .onusIntro:
            Message(
                es: "Las de sus clientes y las que hay en las OLT sin contrato.",
                en: "Your customers' and those on the OLTs without a contract.",
                pt: "As dos seus clientes e as que estão nas OLT sem contrato.")
        case .onuSearch:
            Message(
                es: "Número de serie o cliente", en: "Serial number or customer", pt: "Número de série ou cliente")
        case .serial: Message(es: "Número de serie", en: "Serial number", pt: "Número de série")
        case .serialHint:
            Message(
                es: "Como está en la etiqueta: HWTC11E70E9A.", en: "As on the label: HWTC11E70E9A.",
                pt: "Como está na etiqueta: HWTC11E70E9A.")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .service: Message(es: "Servicio", en: "Service", pt: "Serviço")
        case .power: Message(es: "Potencia que recibe", en: "Power received", pt: "Potência que recebe")
        case .returned: Message(es: "Potencia en la OLT", en: "Power at the OLT", pt: "Potência na OLT")
        case .distance: Message(es: "Distancia", en: "Distance", pt: "Distância")
        case .description: Message(es: "Nombre en la OLT", en: "Name on the OLT", pt: "Nome na OLT")
        case .since: Message(es: "Así desde", en: "So since", pt: "Assim desde")
        case .verified: Message(es: "Verificada en la OLT", en: "Verified on the OLT", pt: "Verificada na OLT")
        case .notTold:
            Message(es: "Esta OLT no lo informa", en: "This OLT does not report it", pt: "Esta OLT não informa")
        case .noServices:
            Message(
                es: "Ningún servicio sin ONU.", en: "No service without an ONU.", pt: "Nenhum serviço sem ONU.")
        case .createService: Message(es: "Crear servicio", en: "Create a service", pt: "Criar serviço")
        case .noTemplatesOf:
            Message(
                es: "Ninguna plantilla de {name} todavía.", en: "No {name} templates yet.",
                pt: "Nenhum modelo de {name} ainda.")
        case .missing: Message(es: "Falta:", en: "Still to do:", pt: "Falta:")
        case .bindToRouter: Message(es: "ligar a un router", en: "bind to a router", pt: "ligar a um roteador")
        case .activate: Message(es: "activar el servicio", en: "activate the service", pt: "ativar o serviço")
        case .notYet: Message(es: "Todavía no", en: "Not yet", pt: "Ainda não")
        case .placeHint:
            Message(
                es: "Vacía: donde se encontró.", en: "Empty: where it was found.", pt: "Vazia: onde foi encontrada.")
        case .portHint:
            Message(
                es: "Vacío: el puerto donde se encontró.", en: "Empty: the port where it was found.",
                pt: "Vazia: a porta onde foi encontrada.")
        case .chooseService:
            Message(
                es: "Elija un servicio", tu: "Elige un servicio", vos: "Elegí un servicio", en: "Choose a service",
                pt: "Escolha um serviço")
        case .chooseTemplate:
            Message(
                es: "Elija una plantilla", tu: "Elige una plantilla", vos: "Elegí una plantilla",
                en: "Choose a template", pt: "Escolha um modelo")
        case .whereFound: Message(es: "Donde se encontró", en: "Where it was found", pt: "Onde foi encontrada")
        case .asking: Message(es: "ONU por autorizar", en: "ONUs to authorize", pt: "ONU por autorizar")
        case .noneAsking:
            Message(
                es: "Ninguna ONU pide entrar. Revise que tenga luz y busque otra vez.",
                tu: "Ninguna ONU pide entrar. Revisa que tenga luz y busca otra vez.",
                vos: "Ninguna ONU pide entrar. Revisá que tenga luz y buscá otra vez.",
                en: "No ONU asks to get in. Check that it has light and look again.",
                pt: "Nenhuma ONU pede entrada. Verifique se tem luz e procure outra vez.")
        case .askingIntro:
            Message(
                es: "Las que las OLT ven y todavía no conocen. Autorizar una la deja en línea con su cliente.",
                en: "Those that the OLTs see and do not know yet. Authorized, one is on line with its customer.",
                pt: "As que as OLT veem e ainda não conhecem. Autorizar uma a deixa on-line com seu cliente.")
        case .authorize: Message(es: "Autorizar", en: "Authorize", pt: "Autorizar")
        case .authorizeTitle: Message(es: "Autorizar ONU", en: "Authorize an ONU", pt: "Autorizar ONU")
        case .change:
            Message(es: "Cambiar puerto o plantilla", en: "Change port or template", pt: "Alterar porta ou modelo")
        case .release: Message(es: "Quitar del servicio", en: "Take from the service", pt: "Tirar do serviço")
        case .releaseTitle:
            Message(es: "¿Quitar la ONU {name}?", en: "Take the ONU {name} away?", pt: "Tirar a ONU {name}?")
        case .releaseText:
            Message(
                es: "Se elimina de la OLT y el cliente queda sin internet.",
                en: "It is deleted from the OLT, and the customer is left without internet.",
                pt: "É excluída da OLT e o cliente fica sem internet.")
        case .retry: Message(es: "Intentar otra vez", en: "Try again", pt: "Tentar outra vez")
        case .commands: Message(es: "Comandos mandados", en: "Commands sent", pt: "Comandos enviados")
        case .noCommands: Message(es: "Ninguno todavía.", en: "None yet.", pt: "Nenhum ainda.")
        case .taken: Message(es: "Deshecho", en: "Taken back", pt: "Desfeito")
        case .refusedMark: Message(es: "No aceptado", en: "Refused", pt: "Não aceito")
        case .contracts: Message(es: "Contratos sin ONU", en: "Contracts without an ONU", pt: "Contratos sem ONU")
        case .contractsHint:
            Message(
                es: "Servicios activos que no tienen ONU ni router.",
                en: "Active services that have neither an ONU nor a router.",
                pt: "Serviços ativos que não têm ONU nem roteador.")
        case .give: Message(es: "Poner ONU", en: "Give an ONU", pt: "Pôr ONU")
        case .noONU: Message(es: "Sin ONU.", en: "Without an ONU.", pt: "Sem ONU.")
        case .waitingHint:
            Message(
                es: "La OLT lo está haciendo. Esta página muestra cuándo lo confirma.",
                en: "The OLT is at it. This page shows when it confirms.",
                pt: "A OLT está fazendo. Esta página mostra quando confirma.")
        case .backups: Message(es: "Respaldos", en: "Backups", pt: "Backups")
        case .noBackups:
            Message(es: "Se hace uno cada noche.", en: "One is made each night.", pt: "Um é feito cada noite.")
        case .noBackupCommand:
            Message(
                es: "De esta marca no se hacen respaldos.", en: "No backups are made of this vendor's OLTs.",
                pt: "Não se fazem backups desta marca.")
        case .backUp: Message(es: "Respaldar ahora", en: "Back up now", pt: "Fazer backup agora")
        case .lines:
            Message(
                es: .count(one: "{count} línea", many: "{count} de líneas", other: "{count} líneas"),
                en: .count(one: "{count} line", other: "{count} lines"),
                pt: .count(one: "{count} linha", many: "{count} de linhas", other: "{count} linhas"))
        case .changes:
            Message(
                es: "Diferencias con el anterior", en: "Differences from the one before",
                pt: "Diferenças em relação ao anterior")
        case .wholeConfiguration:
            Message(es: "Configuración completa", en: "Whole configuration", pt: "Configuração completa")
        case .restart: Message(es: "Reiniciar ONU", en: "Restart the ONU", pt: "Reiniciar ONU")
        case .restartTitle:
            Message(es: "¿Reiniciar la ONU {name}?", en: "Restart the ONU {name}?", pt: "Reiniciar a ONU {name}?")
        case .restartText:
            Message(
                es: "El cliente queda sin internet unos minutos.",
                en: "The customer is without internet for a few minutes.",
                pt: "O cliente fica sem internet por alguns minutos.")
        case .waitingForOLT:
            Message(
                es: "La OLT no responde. Se hará en cuanto responda.",
                en: "The OLT does not answer. It is done as soon as it does.",
                pt: "A OLT não responde. Será feito assim que responder.")
        case .waitingInShadow:
            Message(
                es: "La OLT está en sombra: no se le manda nada.", en: "The OLT is in shadow: nothing is sent to it.",
                pt: "A OLT está em sombra: nada lhe é enviado.")
        case .onlineCount:
            Message(es: "{online} de {all} en línea", en: "{online} of {all} on line", pt: "{online} de {all} on-line")
        case .shadowHint:
            Message(
                es: "Esta OLT está en sombra: no se le manda nada. Cuando lo que muestra esté bien, actívela.",
                tu: "Esta OLT está en sombra: no se le manda nada. Cuando lo que muestra esté bien, actívala.",
                vos: "Esta OLT está en sombra: no se le manda nada. Cuando lo que muestra esté bien, activala.",
                en: "This OLT is in shadow: nothing is sent to it. When what it shows is right, activate it.",
                pt: "Esta OLT está em sombra: nada lhe é enviado. Quando o que mostra estiver certo, ative-a.")
        }
    }
}
