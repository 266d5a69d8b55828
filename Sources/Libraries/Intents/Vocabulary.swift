/// The words of an Internet provider's customers from Mexico to Argentina, with the commonest English and Portuguese.
/// A concept's words need no accents and only one spelling of what sounds alike; letters typed wrong are found too.
enum Vocabulary {
    static let concepts: [(String, String)] = [
        // What other rules lean on.
        ("no", "no nop nope nel not dont nao tampoco jamas nunca"),
        ("ya", "ya already ja"),
        ("number", "uno dos tres cuatro cinco seis siete ocho nueve diez quince veinte treinta two three five"),
        ("one", "un una uno 1 one um uma"),
        ("being", "es soy sea era fue"),
        ("denying", "es quiero necesito busco pregunto vengo era"),
        ("resuming", "sino pero es solo solamente porque quiero"),
        (
            "courtesy",
            """
            porfavor favor por porfa porfas porfis xfa xfavor plis pls please gracias señorita señor señora joven amigo
            amiga disculpe disculpa oiga oye buenas buenos hola dias tardes noches muchas usted bro jefe vecino sr sra
            """
        ),
        // Questions.
        ("how-much", "cuanto cuantos cuanta cuantas cto qto quanto much cuantito"),
        ("which", "cual cuales qual which"),
        ("what", "que q what k ke"),
        ("how", "como how cmo"),
        ("where", "donde adonde where onde dnd aonde"),
        ("when", "cuando when quando hasta"),
        ("why", "porque why xq pq"),
        ("who", "quien who quem"),
        (
            "want",
            """
            quiero quisiera quisieramos deseo kero necesito ocupo want need quero preciso gustaria queria queremos
            querer
            """
        ),
        ("can", "puedo puede podria podrias pueden puedes podemos can posso pode podrian podriamos"),
        ("say", "dice diga digame dime decir saber tell indica"),
        ("this", "este esta esto ese eso lo"),
        ("my", "mi mis mio mia my meu minha nuestro"),
        ("other", "otro otra otros otras nuevo nueva another new diferente"),
        ("more", "mas more mais"),
        ("good", "bien bueno buena good bom"),
        ("always", "siempre cansado otra vez"),
        // Money.
        (
            "owe",
            """
            debo deba debes debe debiendo deuda deudas adeudo adeudos devo deber debia debemos owe debt divida
            adeudando
            """
        ),
        ("pending", "pendiente pendientes corriente atrasado atraso vencido vencida"),
        ("balance", "saldo saldos balance"),
        ("statement", "estado statement extrato"),
        ("month", "mes mensualidad mensual month monthly meses"),
        (
            "pay",
            """
            pagar pago pagarles pagarle pagos paga pagando pay payment pagamento pagarte pagaria pague paguen abonar
            depositar deposito depositos depositarle depositarles depositarte transferir transferirle transferirles
            transferencia consignar consignacion cancelarle cancelarles mensualidad liquidar yapear plinear cobrar
            transferirte pagarlo
            """
        ),
        ("will-pay", "pago pagaria deposito abono cancelo transfiero doy pagaremos depositamos liquido pagan"),
        ("due", "vence vencer vencimiento toca sale viene costo due limite falta quedo queda"),
        (
            "paid",
            """
            pague page paguei pagado pagada pagados deposite depositado transferi transferido consigne consignado yapee
            yapeado plinee abone abonado paid pagamos depositamos transferimos pagaron depositaron
            """
        ),
        ("settled", "cancele cancelado cancelada cancelamos"),
        ("did", "hice ise hize realice realise efectue hicimos made fiz hicieron hecho quedo"),
        ("just", "acabo acabamos acabe"),
        ("wallet-verb", "transferir pagar depositar yapear plinear consignar abonar hacer yapearle"),
        ("proof", "comprobante voucher vaucher baucher captura capture screenshot comprovante"),
        ("ticket", "ficha fichas voucher"),
        (
            "send",
            """
            mando mande manden mandame mandeme mandarme mandar envio envie enviar enviarme enviame envieme enviarle
            enviaron
            """
        ),
        (
            "pass",
            """
            pasar pasa pasame paseme pasas pases dame deme das comparte send facilita facilitar reenvia envia manda
            mandas regala
            """
        ),
        ("here", "aqui ahi adjunto adjuntar anexo va listo aca adjunta"),
        ("my-payment", "pago deposito transferencia abono payment"),
        (
            "account", "cuenta cuentas clabe cbu cvu alias account conta iban interbancaria cci tarjeta"
        ),
        ("digits", "numero num nro datos dados data"),
        (
            "wallet",
            """
            yape plin nequi daviplata oxxo bancolombia spei mercado bbva banorte bancomer banamex santander bcp
            interbank efectivo codi pix link efecty tarjeta transferencia banco azteca
            """
        ),
        ("accept", "aceptan acepta reciben recibe tienen accept aceitam manejan"),
        ("way", "formas forma metodo metodos medios medio maneras"),
        ("collect", "cobrar cobrador cobro"),
        (
            "invoice",
            """
            factura facturas facturar facturame facturacion fatura boleta boletas invoice cfdi facturenme facturarme
            """
        ),
        ("bill", "recibo recibos boleta bill fatura"),
        ("file", "pdf correo email archivo copia descargar descargo download rfc nit ruc mail deducir via imprimir"),
        ("arrive", "llego llega llegado llegaba arrived chego llegan encuentro"),
        ("reach", "llegan llega llegaran cubren alcanza dan"),
        ("promise", "promesa compromiso prometo promise acuerdo"),
        (
            "grace",
            """
            prorroga plazo chance tiempo aguante aguanteme aguantenme espera esperar esperarme espere esperen
            aguantan aguantar extension
            """
        ),
        (
            "later",
            """
            lunes martes miercoles jueves viernes sabado domingo quincena mañana manana semana siguiente proxima next
            week
            sexta segunda fin pasado friday monday luego friday tomorrow resto
            """
        ),
        ("until", "hasta para until ate"),
        ("day-number", "dia el"),
        ("sure", "falta fijo seguro"),
        // The service.
        ("service", "servicio servicios service servico"),
        ("internet", "internet inter internete internert wifi guaifai red señal linea conexion net interne"),
        ("wifi", "wifi guaifai red modem router inter internet fi"),
        ("device", "modem router rauter ruter antena onu equipo aparato foquito luz led foco cajita"),
        ("red", "rojo roja rojito"),
        ("have", "tengo tenga tenemos tiene tngo ai have haya hay there tem tenho agarro"),
        ("without", "sin sem without"),
        ("access", "acceso navegar senal red internet comunicacion"),
        (
            "works",
            """
            funciona sirve jala agarra anda llega entra carga conecta prende camina navega navegar da works working
            funcionando abre conectar cargan abren enciende responde
            """
        ),
        (
            "fell",
            """
            cayo callo caida caido caidas caer cae caiu down murio muerta muerto incomunicados incomunicado cayeron
            """
        ),
        ("went", "fue ido va fueron"),
        ("outage", "falla fallas averia problema problemas interrupcion corte outage apagon"),
        ("to", "a"),
        ("in-order", "para pa p"),
        ("rest", "resto restante"),
        ("useless", "sirven"),
        ("not-yet", "todavia aun"),
        ("ok-word", "ok oki okey okay vale"),
        (
            "zone",
            """
            zona cuadra barrio colonia sector area calle pueblo rancho comunidad fraccionamiento urbanizacion vereda
            """
        ),
        ("failing", "fallando falla fallan problemas falloso fallo"),
        ("slow", "lento lenta lentisimo lentisima lentitud slow lerdo lerda lentos lentas tortuga"),
        (
            "stutter",
            """
            traba trabando congela congelando pausa pausando intermitente intermitencia intermitencias inestable
            buffering lag laggea pega trabado
            """
        ),
        ("drops", "corta cortando cae desconecta va cortarse"),
        ("while", "rato ratos ratito ratitos momento"),
        ("comes", "viene vuelve regresa"),
        ("bad", "mala malo malisima malisimo pesima mal alto altisimo poquita poca baja"),
        ("ping", "ping latencia lag"),
        ("signal", "señal velocidad red conexion"),
        ("video", "videos netflix youtube peliculas series juegos jugar"),
        ("loading", "cargando"),
        ("hired", "contrate contratado contratados contrato pago"),
        ("only", "solo llegan llega apenas"),
        (
            "cut",
            """
            cortar cortan cortaron corten cortado suspendieron suspendido suspendida suspender suspenden suspension
            cortaran cortada
            """
        ),
        ("active", "activo activa activos habilitado active"),
        ("ends", "acaba termina vence quedan restan dura restante"),
        (
            "password",
            """
            contraseña contrasenia clave claves password pasword pass senha contraceña contrasena contrasinal
            """
        ),
        (
            "change",
            """
            cambiar cambio cambie cambiarme cambiame cambiarla cambiarle change trocar modificar poner ponerle
            pasarme cambiarse mudar
            """
        ),
        ("forgot", "olvide olvido olvidado esqueci forgot acuerdo perdi recuerdo olvidaste"),
        ("name", "nombre name nome"),
        ("steal", "roban robando cuelgan"),
        ("plan", "plan planes paquete paquetes plano planos tarifa plans"),
        ("megas", "megas mega mbps mb velocidad speed"),
        ("raise", "subir aumentar mejorar incrementar upgrade ampliar subirle aumento subirme aumenten mejor"),
        ("lower", "bajar bajarle reducir disminuir downgrade bajarme economico barato barata"),
        // Days of Internet.
        ("day", "dia dias diaz day days diita"),
        ("span", "dia dias diaz day days semana semanas week weeks mes month"),
        (
            "buy",
            """
            comprar compro vende vender vendeme venda deme dame activame activar cargarle cargar recarga recargar
            recargame recargas recargo buy ponme poneme pongame ponga recargue metele agregame
            """
        ),
        ("top-up", "recarga recargar recargame recargas recarguen recargo recharge"),
        ("prepaid", "prepago prepagado"),
        ("costs", "cuesta cuestan vale valen costo precio precios sale cobran cost price salen sale"),
        // Signing up.
        (
            "hire",
            """
            contratar contrato contratarlos contratarles instalar instalarme instalen poner ponerle adquirir
            solicitar contract contratacion
            """
        ),
        ("install", "instalacion instalar instalarlo installation poner"),
        ("new", "nuevo nueva new novo"),
        ("client", "cliente usuario client"),
        ("coverage", "cobertura coverage disponibilidad factibilidad cubren cobertura"),
        ("info", "info informes informacion information precios costos"),
        ("interest", "interesa interesado interesada interested publicidad anuncio anuncian"),
        ("home", "casa negocio local departamento domicilio rancho oficina hogar"),
        // The office.
        ("hours", "horario horarios hora horas abren cierran abierto abiertos atienden atendimento hours trabajan"),
        ("open", "abren cierran abierto abiertos atienden trabajan laboran open"),
        (
            "office",
            """
            oficina oficinas local sucursal tienda office escritorio ubicados ubicacion ubicado direccion address
            ubicada
            """
        ),
        ("today", "hoy domingo domingos sabado sabados feriado today feriados"),
        ("hour", "hora horas"),
        // People.
        (
            "person",
            """
            persona humano humana asesor asesora operador operadora agente human person ejecutivo encargado encargada
            dueño atendente representante supervisor gerente
            """
        ),
        ("someone", "alguien persona asesor soporte humano tecnico encargado"),
        (
            "talk",
            """
            hablar ablar comunicarme comunica comunicame comuniqueme comunicar talk falar llamar llame atienda
            atender speak contactar conteste contestar
            """
        ),
        ("robot", "robot bot maquina contestadora grabacion"),
        ("technician", "tecnico tecnica tecnicos"),
        ("visit", "visite visita venga vengan manden mande necesito quiero ocupo"),
        ("support", "soporte support suporte"),
        ("anybody", "alguien"),
        // Anger.
        (
            "insult",
            """
            rateros ratero ladrones ladron estafadores estafa mierda porqueria basura inutiles robo asco rata ratas
            mugrero cochinada chingada verga pendejos puta carajo malditos sinverguenzas sinverguenza incompetentes
            enojado
            corruptos mugre chafa
            """
        ),
        ("terrible", "pesimo pesima terrible horrible fatal pessimo pessimos malisimo deplorable vergonzoso asqueroso"),
        ("fed-up", "harto harta cansado cansada hartos madre molesto molesta indignado indignada fastidiado"),
        ("sue", "denunciar demandar profeco indecopi sic osiptel denuncia demanda condusef demandarlos denunciarlos"),
        ("complain", "queja quejarme reclamo reclamar quejas reclamacion complaint reclamos"),
        ("mockery", "burla burlan falta verguenza abuso colmo"),
        ("respect", "respeto"),
        ("nobody", "nadie nunca ninguno"),
        (
            "answers",
            """
            resuelve contesta responde atiende soluciona hace resuelven contestan responden solucionan vienen viene
            """
        ),
        ("same", "mismo lo"),
        ("nothing", "nada"),
        // Courtesies and short answers.
        ("thanks", "gracias grax thanks thank obrigado obrigada grasias thx agradezco agradecido agradecida"),
        ("hello", "hola holi hello hi buenas ola buen buenos bom holis hey saludos alo"),
        ("greeting-time", "dias tardes noches tal dia tarde noche"),
        ("what-s-up", "tal"),
        ("bye-word", "adios chau chao bye tchau adeus bai"),
        ("see", "vemos luego pronto mañana later"),
        ("until-word", "hasta nos"),
        ("have-good", "tenga tengas descanse pase"),
        (
            "yes",
            """
            si sip sipi yes sim simon claro dale ok oki okey okay correcto afirmativo vale sale va confirmo acepto
            perfecto exacto esta listo
            """
        ),
        ("yes-word", "si sip yes sim claro dale ok correcto confirmo acepto simon perfecto"),
        (
            "cancel",
            """
            cancelar cancela cancel cancele olvidalo olvidelo dejalo dejelo salir detener stop anular exit sair
            """
        ),
        ("leave-it", "dejalo dejelo olvidalo olvidelo"),
        ("leave-verb", "cancelar cancelo cancelacion cancel retirar quitar retiro desinstalar terminar"),
        ("leave", "baja desafiliar desafiliarme desconexion desinstalar"),
        ("give", "dar darme darlo"),
        ("contract", "contrato servicio internet cuenta"),
        ("company", "compañia empresa proveedor"),
        ("come-for", "vengan pasen recojan recoger"),
        ("gear", "equipo modem antena router"),
        ("menu", "menu ayuda opciones help inicio ajuda comandos ayudame start"),
        ("do", "hacer haces puedes sabes"),
        // What an Internet provider is not asked for; it keeps «cuánto está el dólar» from sounding like a debt.
        (
            "off-topic",
            """
            dolar partido gol receta arroz chiste poema futbol mundial capital presidente llover clima horoscopo moto
            mascota gato cancion novela loteria tarea cocina pelicula instrucciones amo francia vendo
            """
        ),
        // Common words that one letter parts from ours.
        (
            "plain",
            """
            cosa cosas casi cara bajo banda perdido medio miedo nadie parte lista gente tanto tanta mano mando mucho
            mucha
            donde desde aunque antes despues entonces ahora tambien tmb tarde temprano hijo hija mama papa nombre
            hace hacia
            para pero verdad cuenta trabajo poco otro cuando debajo deje leche ganar ganas gano carta carro corto parque
            marca cambia barco banco viendo siendo haciendo puse sabe saben buscar venta vende vendo vida viejo prueba
            pagina paginas ellos ellas nosotros estamos estan estas estoy estaba habia sobre entre mil cien pesos soles
            """
        ),
    ]

    /// Weights from 4 (alone, it is what was meant) to 10.
    static let rules: [(Intent, String)] = [
        (
            .balance,
            """
            9 how-much owe
            6 owe
            7 balance
            8 how-much pay
            7 how-much have pay
            8 how-much due
            8 how-much month
            10 how-much due this month
            10 statement account
            7 how-much bill
            7 how-much being my
            8 how-much being month
            9 what month due
            6 pending
            7 have pending
            9 what due month
            8 when have pay
            7 due pay
            7 due bill
            7 what due bill
            8 no paid how-much
            7 no paid
            7 say how-much being
            7 say owe
            5 how-much being
            5 = balance
            8 = my balance
            7 how-much this month
            7 pending owe
            """
        ),
        (
            .howToPay,
            """
            8 how pay
            9 how can pay
            9 where pay
            9 where can pay
            9 where settled
            8 where leave-verb month
            8 where cancel month
            9 what account pay
            9 account pay
            8 digits account
            8 digits wallet
            9 digits pay
            8 pass account
            8 send account
            7 which account
            8 accept wallet
            7 can pay wallet
            8 pay wallet
            7 want pay
            9 want pay bill
            8 way pay
            8 pass wallet pay
            8 collect home
            7 name who account
            6 account
            6 = pay
            7 want account
            5 wallet
            """
        ),
        (
            .paid,
            """
            7 paid
            9 ya paid
            8 ya settled
            8 ya settled bill
            9 did pay
            9 did my-payment
            8 just wallet-verb
            7 proof
            9 send proof
            8 here proof
            8 here pay
            8 here my my-payment
            9 ya did pay
            8 ya did my-payment
            """
        ),
        (
            .invoice,
            """
            7 invoice
            9 send invoice
            9 pass invoice
            9 send bill
            9 pass bill
            8 bill file
            8 invoice file
            9 want invoice
            8 want bill
            8 no arrive bill
            8 no arrive invoice
            8 invoice no arrive
            5 bill
            8 file invoice
            """
        ),
        (
            .service,
            """
            8 which my plan
            8 which plan my
            8 what plan have
            8 what plan pay
            9 how-much megas have
            9 how-much megas being
            8 what megas my
            8 what megas being
            7 my plan
            8 statement service
            7 how my service
            8 service active
            8 internet active
            7 active
            8 when have internet
            9 how-much day ends
            9 how-much day service
            8 when ends internet
            7 ends internet
            7 when cut
            7 why cut
            7 what cut
            6 cut
            """
        ),
        (
            .noInternet,
            """
            9 no have internet
            9 no internet
            8 without internet
            8 without service
            8 without access
            8 no have service
            9 no works
            9 no works internet
            9 no reach internet
            8 no arrive internet
            8 went internet
            8 fell internet
            8 fell service
            7 fell
            9 device red
            8 red device
            7 outage zone
            7 have outage
            7 outage
            7 no signal
            8 internet fell
            8 internet no works
            9 no can access
            7 device no works
            """
        ),
        (
            .slow,
            """
            9 slow
            9 internet slow
            8 stutter
            8 stutter video
            9 drops while
            8 went while
            9 went comes
            8 drops comes
            8 video loading
            8 bad signal
            8 bad internet
            8 bad megas
            8 ping
            8 hired megas only
            9 failing while
            7 failing internet
            7 failing
            8 bad ping
            """
        ),
        (
            .wifiPassword,
            """
            8 change password
            8 password wifi
            7 password
            8 forgot password
            8 which password
            8 change name wifi
            8 name wifi
            8 steal wifi
            8 other password
            """
        ),
        (
            .changePlan,
            """
            9 change plan
            8 raise megas
            8 raise plan
            8 lower plan
            7 lower megas
            8 more megas
            7 what other plan
            8 other plan
            8 plan lower
            9 how-much costs raise
            8 change megas
            8 plan more megas
            8 want other megas
            """
        ),
        (
            .recharge,
            """
            9 want number day
            9 want number span
            9 buy number span
            9 buy one span
            8 buy day
            7 buy span
            8 top-up
            9 top-up number
            9 top-up one span
            9 how-much costs day
            9 how-much costs span
            8 prepaid
            7 ticket one day
            8 ticket day
            8 costs one day
            """
        ),
        (
            .promise,
            """
            9 can pay later
            9 will-pay later
            9 later will-pay
            9 later pay
            8 pay later
            8 grace until later
            7 grace
            8 grace day pay
            10 number day|span in-order pay|will-pay
            10 day in-order pay|will-pay
            10 grace number|one day|span
            10 number|one day|span grace
            10 pass grace
            10 want grace
            9 promise
            9 promise pay
            8 no can pay
            8 no cut later
            8 will-pay sure
            9 will-pay day-number number
            8 day-number number will-pay
            8 grace pay
            8 rest later
            8 settled later
            """
        ),
        (
            .signUp,
            """
            8 want hire
            8 hire internet
            8 hire service
            7 want internet
            8 want internet home
            7 being new
            8 coverage
            7 reach zone
            7 reach to
            8 reach zone internet
            8 how-much install
            8 costs install
            9 how-much costs install
            8 what plan have
            9 plan costs
            8 info plan
            7 info
            7 interest
            8 interest internet
            8 costs internet
            8 costs month internet
            8 how-much hire
            8 service zone
            8 service home
            9 no client
            8 install internet
            9 what plan info
            8 have coverage
            8 say plan
            """
        ),
        (
            .office,
            """
            8 hours
            8 what hour open
            8 where office
            7 office
            8 open today
            7 open
            8 pass office
            8 when hour open
            """
        ),
        (
            .person,
            """
            9 want talk
            8 person
            9 talk person
            9 talk someone
            8 anybody here
            8 can talk
            8 talk support
            8 no robot
            9 no talk robot
            9 no want robot
            8 want person
            8 visit technician
            6 technician
            7 anybody
            8 want someone talk
            6 = support
            """
        ),
        (
            .complaint,
            """
            9 insult
            9 terrible
            8 terrible service
            9 fed-up
            9 sue
            9 complain
            9 mockery respect
            8 being mockery
            9 nobody answers
            10 no useless
            9 always same
            8 no works nothing
            9 bad service
            """
        ),
        (
            .leave,
            """
            9 give leave
            9 want leave
            9 leave service
            9 leave-verb service
            9 leave-verb contract
            10 ya no want internet
            10 ya no want service
            9 change company
            9 come-for gear
            """
        ),
        (
            .cancel,
            """
            8 = cancel
            8 = cancel this
            8 = ya no cancel
            7 leave-it
            9 ya no want nothing
            8 no leave-it
            """
        ),
        (
            .menu,
            """
            6 menu
            7 what can do
            7 what do
            """
        ),
        (
            .yes,
            """
            8 = yes
            8 = yes-word
            8 = this good
            8 = yes yes
            8 = yes good
            """
        ),
        (
            .no,
            """
            8 = no
            8 = not-yet no
            8 = no ya
            """
        ),
        (
            .thanks,
            """
            4 thanks
            9 = ok-word thanks
            """
        ),
        (
            .greeting,
            """
            4 hello
            5 hello greeting-time
            4 what what-s-up
            """
        ),
        (
            .farewell,
            """
            6 bye-word
            6 until-word see
            6 have-good
            """
        ),
        (
            .unknown,
            """
            9 off-topic
            9 how-much off-topic
            """
        ),
    ]

    /// Words that do not tell one question from another.
    static let fillers: Set<String> = [
        "a", "al", "con", "de", "del", "el", "ella", "en", "es", "la", "las", "le", "les", "lo", "los", "me", "mi",
        "mis",
        "no", "o", "para", "por", "porfa", "favor", "que", "q", "se", "si", "su", "sus", "te", "un", "una", "y", "ya",
        "hola", "buenas", "buenos", "dias", "tardes", "noches", "gracias", "como", "cual", "cuales", "puedo", "puede",
        "quiero", "the", "to", "is", "of", "i", "do", "you", "what", "how", "um", "uma", "os", "as", "e", "eu", "da",
        "do",
    ]
}
