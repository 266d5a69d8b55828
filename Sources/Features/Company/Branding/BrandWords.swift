import Locale

enum BrandWords: MessageCatalogue {
    case brand, problems, save, logo, chooseLogo, logoHint, upload, removeLogo, removeLogoTitle
    case removeLogoText
    case logoMissing, logoUnknown, logoTooLarge, logoBroken, logoNotPlain, logoTooHeavy
    case colours, coloursHint, mainColour, accentColour, colourWrong, preview, sampleLink, sampleButton
    case mail, senderName, senderNameHint, replyTo, replyToHint, addressWrong, papers, invoiceFooter, receiptFooter
    case mailFooter, tooLong

    var message: Message {
        switch self {
        case .brand: Message(es: "Marca", en: "Brand", pt: "Marca")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .logo: Message(es: "Logo", en: "Logo", pt: "Logo")
        case .chooseLogo: Message(es: "Elegir imagen", en: "Choose a picture", pt: "Escolher imagem")
        case .logoHint:
            Message(
                es:
                    "PNG, JPEG, WebP o SVG, de 4 MB y 4096 píxeles por lado a lo más. Se vuelve a dibujar en todos los tamaños.",
                en: "PNG, JPEG, WebP or SVG, at most 4 MB and 4096 pixels a side. It is drawn anew in every size.",
                pt: "PNG, JPEG, WebP ou SVG, no máximo 4 MB e 4096 pixels por lado. É redesenhado em todos os tamanhos."
            )
        case .upload: Message(es: "Usar este logo", en: "Use this logo", pt: "Usar este logo")
        case .removeLogo: Message(es: "Quitar logo", en: "Remove the logo", pt: "Remover logo")
        case .removeLogoTitle: Message(es: "¿Quitar el logo?", en: "Remove the logo?", pt: "Remover o logo?")
        case .removeLogoText:
            Message(
                es:
                    "En el panel y el portal quedará solo el nombre. Para volver a usarlo hay que subirlo de nuevo.",
                en: "Panel and portal will show the name alone. To use it again it has to be uploaded anew.",
                pt:
                    "No painel e no portal ficará só o nome. Para usá-lo de novo é preciso enviá-lo outra vez."
            )
        case .logoMissing: Message(es: "Elija una imagen.", en: "Choose a picture.", pt: "Escolha uma imagem.")
        case .logoUnknown:
            Message(
                es: "Ese archivo no es una imagen PNG, JPEG, WebP o SVG, diga lo que diga su nombre.",
                en: "That file is no PNG, JPEG, WebP or SVG picture, whatever its name says.",
                pt: "Esse arquivo não é uma imagem PNG, JPEG, WebP ou SVG, apesar do nome.")
        case .logoTooLarge:
            Message(
                es: "La imagen es demasiado grande: 4 MB y 4096 píxeles por lado a lo más.",
                en: "The picture is too large: 4 MB and 4096 pixels a side at most.",
                pt: "A imagem é grande demais: no máximo 4 MB e 4096 pixels por lado.")
        case .logoBroken:
            Message(
                es: "La imagen está dañada o es demasiado pequeña. Guárdela otra vez e inténtelo de nuevo.",
                en: "The picture is damaged or too small. Save it again and try once more.",
                pt: "A imagem está danificada ou é pequena demais. Salve-a de novo e tente outra vez.")
        case .logoTooHeavy:
            Message(
                es: "La imagen es demasiado pesada de dibujar. Simplifíquela o expórtela como PNG.",
                tu: "La imagen es demasiado pesada de dibujar. Simplifícala o expórtala como PNG.",
                vos: "La imagen es demasiado pesada de dibujar. Simplificala o exportala como PNG.",
                en: "The picture is too heavy to draw. Simplify it or export it as PNG.",
                pt: "A imagem é pesada demais para desenhar. Simplifique-a ou exporte-a como PNG.")
        case .logoNotPlain:
            Message(
                es: "El SVG usa imágenes incrustadas o es demasiado grande. Expórtelo como PNG.",
                en: "The SVG has pictures in it or is too large. Export it as PNG.",
                pt: "O SVG usa imagens incorporadas ou é grande demais. Exporte-o como PNG.")
        case .colours: Message(es: "Colores", en: "Colours", pt: "Cores")
        case .coloursHint:
            Message(
                es: "Se aclaran u oscurecen lo justo para que todo se lea, de día y en modo oscuro.",
                en: "They are made lighter or darker just enough for everything to be read, by day and in dark mode.",
                pt: "São clareadas ou escurecidas só o necessário para que tudo se leia, de dia e no modo escuro.")
        case .mainColour: Message(es: "Color principal", en: "Main colour", pt: "Cor principal")
        case .accentColour: Message(es: "Color de enlaces", en: "Colour of links", pt: "Cor dos links")
        case .colourWrong:
            Message(es: "Elija un color.", en: "Choose a colour.", pt: "Escolha uma cor.")
        case .preview: Message(es: "Ver cómo queda", en: "See how it looks", pt: "Ver como fica")
        case .sampleLink: Message(es: "Un enlace", en: "A link", pt: "Um link")
        case .sampleButton: Message(es: "Registrar pago", en: "Record a payment", pt: "Registrar pagamento")
        case .mail: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .senderName: Message(es: "Nombre del remitente", en: "Name of the sender", pt: "Nome do remetente")
        case .senderNameHint:
            Message(
                es: "Quién aparece como remitente de los correos.", en: "Who appears as the sender of e-mails.",
                pt: "Quem aparece como remetente dos e-mails.")
        case .replyTo: Message(es: "Responder a", en: "Reply to", pt: "Responder a")
        case .replyToHint:
            Message(
                es: "El correo al que llegan las respuestas de sus clientes.",
                en: "The address that your customers' answers go to.",
                pt: "O e-mail que recebe as respostas dos seus clientes.")
        case .addressWrong:
            Message(
                es: "Escriba un correo como hola@suempresa.com.", en: "Write an e-mail such as hello@yourcompany.com.",
                pt: "Escreva um e-mail como ola@suaempresa.com.")
        case .papers: Message(es: "Pie de documentos", en: "Under papers", pt: "Rodapé de documentos")
        case .invoiceFooter: Message(es: "Pie de facturas", en: "Under invoices", pt: "Rodapé das faturas")
        case .receiptFooter: Message(es: "Pie de comprobantes", en: "Under receipts", pt: "Rodapé dos comprovantes")
        case .mailFooter: Message(es: "Pie de correos", en: "Under e-mails", pt: "Rodapé dos e-mails")
        case .tooLong:
            Message(es: "El texto es demasiado largo.", en: "The text is too long.", pt: "O texto é longo demais.")
        }
    }
}
