import Documents
import Locale
import Tenancy
import Time

/// A contract's printed form, in the company's name only.
struct ContractPaper {
    let contract: Contract
    let text: ContractText
    let tenant: Tenant
    let logo: [UInt8]?

    private var reader: Reader { tenant.reader(in: contract.language) }

    var document: Document {
        Document(
            title: ContractPaperWords.title.text(for: reader, .text("number", "\(contract.number)")),
            author: tenant.legalName, language: reader.languageTag,
            paper: tenant.region.printsOnLetter ? .letter : .a4, accent: tenant.brand.colour.rgb,
            letterhead: Letterhead(
                logo: logo, name: tenant.legalName,
                lines: [tenant.taxIdentification].filter { !$0.isEmpty }),
            footer: foot,
            pageLabel: ContractPaperWords.page.text(for: reader, .text("page", "{page}"), .text("pages", "{pages}")),
            made: contract.signature?.at ?? contract.madeAt, blocks: blocks)
    }

    private var foot: String {
        [
            ContractPaperWords.title.text(for: reader, .text("number", "\(contract.number)")),
            ContractPaperWords.version.text(for: reader, .number("version", contract.version)),
        ].joined(separator: " · ")
    }

    private var blocks: [Block] {
        var blocks: [Block] = [
            .facts([
                Fact(ContractPaperWords.number.text(for: reader), "\(contract.number)"),
                Fact(ContractPaperWords.customer.text(for: reader), contract.customerName),
                Fact(ContractPaperWords.template.text(for: reader), versionText),
                Fact(ContractPaperWords.state.text(for: reader), contract.state.words.text(for: reader)),
            ])
        ]
        blocks += text.parts.map { part in
            switch part {
            case .heading(let text): .heading(text)
            case .list(let entries): .list(entries, numbered: false)
            case .paragraph(let text): .paragraph(text)
            }
        }
        blocks.append(.together([.space(12), .signatures([customerBox, companyBox])]))
        if let signature = contract.signature { blocks.append(evidence(of: signature)) }
        return blocks
    }

    private var versionText: String {
        ContractPaperWords.version.text(for: reader, .number("version", contract.version))
    }

    private var customerBox: SignatureBox {
        guard let signature = contract.signature else {
            return SignatureBox(caption: [contract.customerName, contract.state.words.text(for: reader)])
        }
        let who = signature.name == contract.customerName ? [] : [contract.customerName]
        let ink = signature.drawing.map { drawing in
            SignatureBox.Ink.drawing(
                Drawing(
                    width: DrawnSignature.width, height: DrawnSignature.height,
                    strokes: drawing.strokes.map { $0.map { .init(x: $0.x, y: $0.y) } }))
        }
        return SignatureBox(
            ink ?? .name(signature.name),
            caption: [signature.name] + who + [ContractPaperWords.customer.text(for: reader)])
    }

    private var companyBox: SignatureBox {
        SignatureBox(
            .name(tenant.legalName), caption: [tenant.legalName, ContractPaperWords.company.text(for: reader)])
    }

    private func evidence(of signature: Signature) -> Block {
        var facts = [
            Fact(
                ContractPaperWords.signedAt.text(for: reader),
                "\(signature.at.text(.long, in: tenant.timeZone, for: reader)) (\(tenant.timeZone.name))"),
            Fact(ContractPaperWords.signer.text(for: reader), signature.name),
            Fact(ContractPaperWords.way.text(for: reader), signature.words.text(for: reader)),
            Fact(ContractPaperWords.address.text(for: reader), signature.address),
        ]
        if let assistant = signature.assistedBy {
            facts.append(Fact(ContractPaperWords.assistedBy.text(for: reader), assistant))
        }
        return .together([
            .rule, .heading(ContractPaperWords.evidence.text(for: reader)), .facts(facts),
            .small("SHA-256 · \(ContractPaperWords.textHash.text(for: reader))\n\(signature.textHash)"),
        ])
    }
}

extension Signature {
    var words: ContractPaperWords { drawing == nil ? .typed : .drawn }
}

enum ContractPaperWords: MessageCatalogue {
    case title, number, customer, company, template, version, state, page
    case evidence, signedAt, signer, way, drawn, typed, address, assistedBy, textHash

    var message: Message {
        switch self {
        case .title: Message(es: "Contrato n.º {number}", en: "Contract no. {number}", pt: "Contrato n.º {number}")
        case .number: Message(es: "Número", en: "Number", pt: "Número")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .company: Message(es: "Empresa", en: "Company", pt: "Empresa")
        case .template: Message(es: "Texto", en: "Text", pt: "Texto")
        case .version:
            Message(
                es: "Versión {version} del modelo", en: "Version {version} of the template",
                pt: "Versão {version} do modelo")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .page:
            Message(
                es: "Página {page} de {pages}", en: "Page {page} of {pages}", pt: "Página {page} de {pages}")
        case .evidence:
            Message(
                es: "Constancia de firma electrónica", en: "Record of the electronic signature",
                pt: "Registro da assinatura eletrônica")
        case .signedAt: Message(es: "Fecha y hora", en: "Date and time", pt: "Data e hora")
        case .signer: Message(es: "Firmante", en: "Signer", pt: "Signatário")
        case .way: Message(es: "Forma", en: "Manner", pt: "Forma")
        case .drawn: Message(es: "Firma dibujada", en: "Drawn signature", pt: "Assinatura desenhada")
        case .typed:
            Message(es: "Nombre escrito como firma", en: "Name typed as signature", pt: "Nome escrito como assinatura")
        case .address: Message(es: "Dirección IP", en: "IP address", pt: "Endereço IP")
        case .assistedBy:
            Message(
                es: "En persona, con ayuda de", en: "In person, assisted by", pt: "Presencialmente, com ajuda de")
        case .textHash: Message(es: "del texto", en: "of the text", pt: "do texto")
        }
    }
}
