import Locale

enum TopologyWords: MessageCatalogue {
    case sites, intro, new, none, edit, delete, deleteTitle, deleteText, fedBy, services, free, tree, treeIntro, map
    case mapIntro, mapEmpty, below, noneBelow, placed, nonePlaced, port, connection, connect, change, remove,
        removeTitle
    case removeText, noPlace, noSite, noRouter, coverage, coverageIntro, coordinates, ask, yes, no, meters, fullNear
    case onlyFull, top, all, customer, notCounted, distance, site, outsideReach, unreadable
    case connectServices, moreHere, plainMap, tiles, tilesIntro, tilesAddress, tilesAddressHint, attribution
    case attributionHint

    var message: Message {
        switch self {
        case .sites:
            Message(es: "Nodos, sectoriales y cajas", en: "Sites, sectors and boxes", pt: "Nós, setoriais e caixas")
        case .intro:
            Message(
                es:
                    "Dónde está su red y qué depende de qué: con eso, una caída es una sola falla con sus clientes exactos.",
                tu:
                    "Dónde está tu red y qué depende de qué: con eso, una caída es una sola falla con sus clientes exactos.",
                vos:
                    "Dónde está tu red y qué depende de qué: con eso, una caída es una sola falla con sus clientes exactos.",
                en:
                    "Where your network stands and what hangs on what: so an outage is one incident with its exact customers.",
                pt:
                    "Onde está sua rede e o que depende de quê: assim, uma queda é uma só falha com seus clientes exatos."
            )
        case .new: Message(es: "Agregar sitio", en: "Add site", pt: "Adicionar local")
        case .none: Message(es: "Todavía no hay sitios.", en: "There are no sites yet.", pt: "Ainda não há locais.")
        case .edit: Message(es: "Editar", en: "Edit", pt: "Editar")
        case .delete: Message(es: "Eliminar sitio", en: "Delete site", pt: "Excluir local")
        case .deleteTitle: Message(es: "¿Eliminar {name}?", en: "Delete {name}?", pt: "Excluir {name}?")
        case .deleteText:
            Message(
                es: "Solo se elimina si nada depende de él.", en: "It is deleted only if nothing hangs on it.",
                pt: "Só é excluído se nada depender dele.")
        case .fedBy: Message(es: "Depende de", en: "Fed by", pt: "Depende de")
        case .services: Message(es: "Servicios", en: "Services", pt: "Serviços")
        case .free: Message(es: "Libres", en: "Free", pt: "Livres")
        case .tree: Message(es: "Árbol de la red", en: "Tree of the network", pt: "Árvore da rede")
        case .treeIntro:
            Message(
                es: "Cada sitio con lo que depende de él y los servicios que quedarían sin conexión si cae.",
                en: "Each site with what hangs on it and the services that would lose their connection with it.",
                pt: "Cada local com o que depende dele e os serviços que ficariam sem conexão se ele cair.")
        case .map: Message(es: "Mapa de la red", en: "Map of the network", pt: "Mapa da rede")
        case .mapIntro:
            Message(
                es: "Los sitios con coordenadas y sus enlaces. Toque un sitio para abrirlo.",
                tu: "Los sitios con coordenadas y sus enlaces. Toca un sitio para abrirlo.",
                vos: "Los sitios con coordenadas y sus enlaces. Tocá un sitio para abrirlo.",
                en: "The sites with coordinates and their links. Touch a site to open it.",
                pt: "Os locais com coordenadas e seus enlaces. Toque em um local para abri-lo.")
        case .mapEmpty:
            Message(
                es: "Ningún sitio tiene coordenadas todavía.", en: "No site has coordinates yet.",
                pt: "Nenhum local tem coordenadas ainda.")
        case .below: Message(es: "Depende de este sitio", en: "Hangs on this site", pt: "Depende deste local")
        case .noneBelow:
            Message(es: "Ningún otro sitio.", en: "No other site.", pt: "Nenhum outro local.")
        case .placed:
            Message(es: "Servicios conectados aquí", en: "Services connected here", pt: "Serviços conectados aqui")
        case .nonePlaced: Message(es: "Ninguno.", en: "None.", pt: "Nenhum.")
        case .port: Message(es: "Puerto", en: "Port", pt: "Porta")
        case .connection: Message(es: "Sectorial o caja", en: "Sector or box", pt: "Setorial ou caixa")
        case .connect: Message(es: "Decir dónde se conecta", en: "Say where it connects", pt: "Dizer onde se conecta")
        case .change: Message(es: "Cambiar", en: "Change", pt: "Alterar")
        case .remove: Message(es: "Quitar de ahí", en: "Take away from there", pt: "Tirar dali")
        case .removeTitle:
            Message(
                es: "¿Quitar {name} de su sitio?", en: "Take {name} away from its site?",
                pt: "Tirar {name} do seu local?")
        case .removeText:
            Message(
                es: "El puerto queda libre y las fallas de ese sitio ya no lo cuentan.",
                en: "The port becomes free, and outages of that site no longer count it.",
                pt: "A porta fica livre e as falhas desse local não o contam mais.")
        case .noPlace:
            Message(
                es: "No se sabe a qué sectorial o caja se conecta.", en: "Its sector or box is not known.",
                pt: "Não se sabe a qual setorial ou caixa se conecta.")
        case .noSite: Message(es: "De ninguno", en: "None", pt: "De nenhum")
        case .noRouter: Message(es: "Ninguno", en: "None", pt: "Nenhum")
        case .coverage:
            Message(es: "¿Hay servicio aquí?", en: "Is there service here?", pt: "Há serviço aqui?")
        case .coverageIntro:
            Message(
                es:
                    "Escriba las coordenadas de la casa: salen las cajas con puerto libre a menos de {boxes} m y las sectoriales a menos de {sectors} km.",
                tu:
                    "Escribe las coordenadas de la casa: salen las cajas con puerto libre a menos de {boxes} m y las sectoriales a menos de {sectors} km.",
                vos:
                    "Escribí las coordenadas de la casa: salen las cajas con puerto libre a menos de {boxes} m y las sectoriales a menos de {sectors} km.",
                en:
                    "Write the house's coordinates: boxes with a free port within {boxes} m and sectors within {sectors} km are shown.",
                pt:
                    "Escreva as coordenadas da casa: aparecem as caixas com porta livre a menos de {boxes} m e as setoriais a menos de {sectors} km."
            )
        case .coordinates: Message(es: "Coordenadas", en: "Coordinates", pt: "Coordenadas")
        case .ask: Message(es: "Revisar", en: "Check", pt: "Verificar")
        case .yes: Message(es: "Sí hay servicio.", en: "There is service.", pt: "Há serviço.")
        case .no:
            Message(
                es: "No hay servicio: nada con lugar está al alcance.",
                en: "There is no service: nothing with room is in reach.",
                pt: "Não há serviço: nada com lugar está ao alcance.")
        case .meters: Message(es: "{number} m", en: "{number} m", pt: "{number} m")
        case .fullNear:
            Message(
                es: "{name}, a {number} m, está sin lugar.", en: "{name}, {number} m away, is full.",
                pt: "{name}, a {number} m, está sem lugar.")
        case .onlyFull: Message(es: "Sin lugar", en: "Full", pt: "Sem lugar")
        case .top: Message(es: "Entrada de la red", en: "Top of the network", pt: "Entrada da rede")
        case .all:
            Message(
                es: .count(one: "{count} servicio", many: "{count} de servicios", other: "{count} servicios"),
                en: .count(one: "{count} service", other: "{count} services"),
                pt: .count(one: "{count} serviço", many: "{count} de serviços", other: "{count} serviços"))
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .notCounted: Message(es: "No se cuentan", en: "Not counted", pt: "Não se contam")
        case .distance: Message(es: "Distancia", en: "Distance", pt: "Distância")
        case .site: Message(es: "Sitio", en: "Site", pt: "Local")
        case .connectServices: Message(es: "Conectar servicios", en: "Connect services", pt: "Conectar serviços")
        case .moreHere: Message(es: "y {number} más", en: "and {number} more", pt: "e mais {number}")
        case .plainMap: Message(es: "Plano", en: "Plain map", pt: "Mapa simples")
        case .tiles: Message(es: "Fondo del mapa", en: "Background of the map", pt: "Fundo do mapa")
        case .tilesIntro:
            Message(
                es: "El mapa se dibuja sobre las imágenes de su propio servidor de mapas. Sin él queda el plano.",
                tu: "El mapa se dibuja sobre las imágenes de tu propio servidor de mapas. Sin él queda el plano.",
                vos: "El mapa se dibuja sobre las imágenes de tu propio servidor de mapas. Sin él queda el plano.",
                en: "The map is drawn on the pictures of your own map server. Without one it stays plain.",
                pt: "O mapa é desenhado sobre as imagens do seu próprio servidor de mapas. Sem ele fica simples.")
        case .tilesAddress:
            Message(es: "Dirección de las imágenes", en: "Address of the pictures", pt: "Endereço das imagens")
        case .tilesAddressHint:
            Message(
                es: "Con https, y con z, x y y entre llaves, como la dan los servidores de mapas. Vacía: sin fondo.",
                en: "With https, and with z, x and y in braces, as map servers give it. Empty: no background.",
                pt: "Com https, e com z, x e y entre chaves, como a dão os servidores de mapas. Vazio: sem fundo.")
        case .attribution: Message(es: "Autores del mapa", en: "Authors of the map", pt: "Autores do mapa")
        case .attributionHint:
            Message(
                es: "Como lo pide quien da las imágenes: © OpenStreetMap.",
                en: "As whoever gives the pictures asks: © OpenStreetMap.",
                pt: "Como pede quem fornece as imagens: © OpenStreetMap.")
        case .outsideReach: Message(es: "Fuera de alcance", en: "Out of reach", pt: "Fora de alcance")
        case .unreadable:
            Message(
                es: "No se leen como coordenadas: 19.4326, -99.1332.", en: "Not coordinates: 19.4326, -99.1332.",
                pt: "Não são coordenadas: 19.4326, -99.1332.")
        }
    }
}

enum TopologyAPIWords: MessageCatalogue {
    case list, create, read, change, delete, id, place, put, remove, service, coverage, feasible, offers, meters, free
    case site, below, services

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de sitios", en: "The sites", pt: "Lista de locais")
        case .create: Message(es: "Agrega un sitio", en: "Adds a site", pt: "Adiciona um local")
        case .read: Message(es: "Un sitio", en: "One site", pt: "Um local")
        case .change: Message(es: "Cambia un sitio", en: "Changes a site", pt: "Altera um local")
        case .delete:
            Message(
                es: "Elimina un sitio del que nada depende", en: "Deletes a site on which nothing hangs",
                pt: "Exclui um local do qual nada depende")
        case .id: Message(es: "Identifica al sitio.", en: "Stands for the site.", pt: "Identifica o local.")
        case .place:
            Message(
                es: "A qué sectorial o caja se conecta un servicio", en: "The sector or box of a service",
                pt: "A qual setorial ou caixa um serviço se conecta")
        case .put:
            Message(
                es: "Conecta un servicio a una sectorial o a un puerto de una caja",
                en: "Connects a service to a sector or to a box's port",
                pt: "Conecta um serviço a uma setorial ou a uma porta de uma caixa")
        case .remove:
            Message(
                es: "Quita un servicio de su sectorial o caja", en: "Takes a service away from its sector or box",
                pt: "Tira um serviço da sua setorial ou caixa")
        case .service: Message(es: "De qué servicio es.", en: "Whose it is.", pt: "De qual serviço é.")
        case .coverage:
            Message(
                es: "Si hay servicio en unas coordenadas", en: "Whether there is service at coordinates",
                pt: "Se há serviço em umas coordenadas")
        case .feasible:
            Message(
                es: "Si alguno tiene lugar al alcance.", en: "Whether one in reach has room.",
                pt: "Se algum tem lugar ao alcance.")
        case .offers:
            Message(
                es: "Las cajas y sectoriales con lugar, la más cercana primero.",
                en: "The boxes and sectors with room, nearest first.",
                pt: "As caixas e setoriais com lugar, a mais próxima primeiro.")
        case .meters: Message(es: "Los metros hasta ahí.", en: "The metres to it.", pt: "Os metros até lá.")
        case .free:
            Message(
                es: "Los puertos libres; null si no se cuentan.", en: "The free ports; null where not counted.",
                pt: "As portas livres; null se não se contam.")
        case .site: Message(es: "El sitio.", en: "The site.", pt: "O local.")
        case .below:
            Message(
                es: "Los servicios que quedan sin conexión si cae el sitio",
                en: "The services that lose their connection with the site",
                pt: "Os serviços que ficam sem conexão se o local cair")
        case .services: Message(es: "Sus identificadores.", en: "Their ids.", pt: "Seus identificadores.")
        }
    }
}
