import Locale

/// A default template for ISPs without their own: home Internet, referring to no country's law.
enum StandardContract {
    static func text(in language: Language) -> String {
        switch language {
        case .es: spanish
        case .en: english
        case .pt: portuguese
        }
    }

    private static let spanish = """
        # Contrato de servicio de internet n.º {numero}

        Celebran este contrato, el {fecha}, {empresa}, con identificación fiscal {identificacion_empresa} (en adelante, «la Empresa»), y {cliente}, con identificación {identificacion} y domicilio en {direccion} (en adelante, «el Cliente»), conforme a las cláusulas siguientes.

        # 1. Objeto

        La Empresa presta al Cliente el servicio de acceso a internet en el domicilio indicado, para uso residencial, con las características de las condiciones particulares.

        # 2. Condiciones particulares

        {condiciones}

        # 3. Instalación y equipos

        - La Empresa instala lo necesario para prestar el servicio. El Cliente permite el acceso al domicilio en la fecha acordada.
        - Los equipos que la Empresa entrega en préstamo siguen siendo suyos. El Cliente los cuida y los devuelve al terminar el contrato, con el desgaste normal de su uso.
        - El Cliente responde por la pérdida o el daño de esos equipos cuando sea por su culpa.

        # 4. Precio y pago

        - El Cliente paga el precio acordado en las condiciones particulares, por los medios que la Empresa pone a su disposición y antes de la fecha límite que indica cada factura o recibo.
        - La Empresa avisa de cualquier cambio de precio con al menos treinta días de anticipación. Si el Cliente no está de acuerdo, puede terminar el contrato sin penalidad antes de que el cambio se aplique.

        # 5. Falta de pago

        Si el Cliente no paga a tiempo, la Empresa puede suspender el servicio después de avisarle. El servicio se reactiva al pagar lo adeudado y, si se acordó, el cargo por reconexión.

        # 6. Calidad y fallas

        - La velocidad contratada es la máxima del plan. Puede variar por el equipo del Cliente, su red Wi-Fi o causas ajenas a la Empresa.
        - El Cliente reporta las fallas por los canales de atención. La Empresa las atiende en el menor tiempo posible.
        - Si el servicio se interrumpe más de veinticuatro horas seguidas por causa de la Empresa, el Cliente tiene derecho a que se le descuente el tiempo sin servicio.

        # 7. Uso del servicio

        El Cliente usa el servicio conforme a la ley. No lo revende ni lo comparte fuera de su domicilio sin autorización escrita de la Empresa.

        # 8. Datos personales

        La Empresa usa los datos del Cliente solo para prestar, cobrar y mejorar el servicio y para cumplir la ley. El Cliente puede consultarlos, corregirlos y pedir su eliminación cuando la ley lo permita.

        # 9. Duración y terminación

        - El contrato empieza al firmarse y dura el plazo de las condiciones particulares; si no dicen plazo, es por tiempo indefinido.
        - El Cliente puede terminarlo en cualquier momento avisando a la Empresa, una vez pagado lo pendiente y devueltos los equipos.
        - La Empresa puede terminarlo si el Cliente incumple y no lo corrige después de un aviso por escrito.

        # 10. Avisos y firma electrónica

        Las partes aceptan comunicarse por correo electrónico, por teléfono y por el portal de clientes. Aceptan también que este contrato se firme por medios electrónicos, con la misma validez que la firma en papel.

        # 11. Ley aplicable

        Este contrato se rige por las leyes del lugar donde se presta el servicio. Nada de lo que dice limita los derechos que esas leyes dan al Cliente como consumidor.
        """

    private static let english = """
        # Internet service contract no. {numero}

        This contract is made on {fecha} between {empresa}, tax number {identificacion_empresa} ("the Company"), and {cliente}, identification {identificacion}, living at {direccion} ("the Customer"), on the following terms.

        # 1. Subject

        The Company provides the Customer with access to the Internet at the address given, for use at home, as the particular conditions say.

        # 2. Particular conditions

        {condiciones}

        # 3. Installation and equipment

        - The Company installs what the service needs. The Customer gives access to the home on the day agreed.
        - Equipment that the Company lends stays the Company's. The Customer looks after it and returns it when the contract ends, with the wear of normal use.
        - The Customer answers for the loss of or damage to that equipment where it is their fault.

        # 4. Price and payment

        - The Customer pays the price agreed in the particular conditions, by the means that the Company offers and before the date each invoice or receipt names.
        - The Company announces any change of price at least thirty days before. A Customer who does not agree may end the contract without penalty before the change applies.

        # 5. Late payment

        If the Customer does not pay in time, the Company may suspend the service after giving notice. The service is restored when what is owed is paid and, if agreed, the reconnection fee.

        # 6. Quality and faults

        - The speed agreed is the highest of the plan. It may vary because of the Customer's devices, their Wi-Fi or causes outside the Company.
        - The Customer reports faults by the Company's channels. The Company attends to them as soon as it can.
        - If the service is interrupted for more than twenty-four hours on end because of the Company, the Customer is entitled to a discount for the time without service.

        # 7. Use of the service

        The Customer uses the service within the law, and neither resells it nor shares it outside the home without the Company's written consent.

        # 8. Personal data

        The Company uses the Customer's data only to provide, charge for and improve the service and to comply with the law. The Customer may see it, correct it and ask for its removal where the law allows.

        # 9. Term and ending

        - The contract begins when it is signed and lasts for the term in the particular conditions; where they name none, it has no fixed end.
        - The Customer may end it at any time by giving notice, once what is pending is paid and the equipment returned.
        - The Company may end it if the Customer breaks it and does not put that right after written notice.

        # 10. Notices and electronic signature

        The parties agree to communicate by e-mail, by telephone and in the customer portal. They also agree that this contract may be signed electronically, with the same validity as a signature on paper.

        # 11. Law

        The laws of the place where the service is provided apply. Nothing here limits the rights they give the Customer as a consumer.
        """

    private static let portuguese = """
        # Contrato de serviço de internet n.º {numero}

        Celebram este contrato, em {fecha}, {empresa}, com identificação fiscal {identificacion_empresa} (doravante “a Empresa”), e {cliente}, com identificação {identificacion} e domicílio em {direccion} (doravante “o Cliente”), conforme as cláusulas seguintes.

        # 1. Objeto

        A Empresa presta ao Cliente o serviço de acesso à internet no domicílio indicado, para uso residencial, com as características das condições particulares.

        # 2. Condições particulares

        {condiciones}

        # 3. Instalação e equipamentos

        - A Empresa instala o necessário para prestar o serviço. O Cliente permite o acesso ao domicílio na data combinada.
        - Os equipamentos que a Empresa entrega em comodato continuam sendo seus. O Cliente cuida deles e os devolve ao fim do contrato, com o desgaste normal do uso.
        - O Cliente responde pela perda ou pelo dano desses equipamentos quando for por sua culpa.

        # 4. Preço e pagamento

        - O Cliente paga o preço acordado nas condições particulares, pelos meios que a Empresa oferece e antes da data limite que indica cada fatura ou recibo.
        - A Empresa avisa de qualquer mudança de preço com pelo menos trinta dias de antecedência. Se o Cliente não concordar, pode encerrar o contrato sem multa antes que a mudança se aplique.

        # 5. Falta de pagamento

        Se o Cliente não pagar em dia, a Empresa pode suspender o serviço depois de avisá-lo. O serviço é reativado com o pagamento do que é devido e, se combinado, da taxa de religação.

        # 6. Qualidade e falhas

        - A velocidade contratada é a máxima do plano. Pode variar por causa dos aparelhos do Cliente, de sua rede Wi-Fi ou de causas alheias à Empresa.
        - O Cliente informa as falhas pelos canais de atendimento. A Empresa as atende no menor tempo possível.
        - Se o serviço ficar interrompido por mais de vinte e quatro horas seguidas por causa da Empresa, o Cliente tem direito ao desconto do tempo sem serviço.

        # 7. Uso do serviço

        O Cliente usa o serviço conforme a lei. Não o revende nem o compartilha fora de seu domicílio sem autorização escrita da Empresa.

        # 8. Dados pessoais

        A Empresa usa os dados do Cliente apenas para prestar, cobrar e melhorar o serviço e para cumprir a lei. O Cliente pode consultá-los, corrigi-los e pedir sua eliminação quando a lei permitir.

        # 9. Duração e término

        - O contrato começa com a assinatura e dura o prazo das condições particulares; se não indicarem prazo, é por tempo indeterminado.
        - O Cliente pode encerrá-lo a qualquer momento avisando a Empresa, uma vez pago o pendente e devolvidos os equipamentos.
        - A Empresa pode encerrá-lo se o Cliente descumprir e não corrigir depois de um aviso por escrito.

        # 10. Avisos e assinatura eletrônica

        As partes aceitam comunicar-se por e-mail, por telefone e pelo portal de clientes. Aceitam também que este contrato seja assinado por meios eletrônicos, com a mesma validade da assinatura em papel.

        # 11. Lei aplicável

        Este contrato é regido pelas leis do lugar onde o serviço é prestado. Nada do que ele diz limita os direitos que essas leis dão ao Cliente como consumidor.
        """
}
