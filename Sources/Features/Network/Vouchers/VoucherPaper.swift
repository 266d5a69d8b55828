import Barcodes
import Documents
import Locale
import Sandbox
import Tenancy
import Time

/// A batch's cards on sheets to cut, in the company's brand. Void cards are left out.
struct VoucherPaper {
    let batch: VoucherBatch
    let vouchers: [Voucher]
    let columns: Int
    let tenant: Tenant
    let logo: [UInt8]?

    private var reader: Reader { tenant.reader }

    var document: Document {
        Document(
            title: "\(VoucherWords.cards.text(for: reader)): \(batch.name)", author: tenant.name,
            language: reader.languageTag, paper: tenant.region.printsOnLetter ? .letter : .a4,
            accent: tenant.brand.colour.rgb, letterhead: Letterhead(logo: logo, name: tenant.name, lines: []),
            footer: "\(VoucherWords.batch.text(for: reader)) \(batch.number) · \(batch.name)", made: batch.madeAt,
            blocks: [.cards(vouchers.filter { $0.state != .void }.map(card), columns: columns)])
    }

    private func card(of voucher: Voucher) -> Card {
        Card(
            title: tenant.name, code: voucher.code,
            lines: [
                "\(batch.spanText(for: reader)) · \(batch.price.exactText(for: reader))", batch.note,
                "\(batch.number)-\(voucher.number)",
            ].filter { !$0.isEmpty }, squares: squares(of: voucher))
    }

    private func squares(of voucher: Voucher) -> Squares {
        guard let code = QRCode(address(of: voucher)) else { return Squares(side: 1, runs: []) }
        return Squares(
            side: code.size + 2 * QRCode.quietZone,
            runs: code.runs.map { .init(row: $0.row, column: $0.column, length: $0.length) })
    }

    /// The hotspot's page with the code filled in; without a page, the code alone.
    private func address(of voucher: Voucher) -> String {
        guard !batch.page.isEmpty else { return voucher.code }
        let joint = batch.page.contains("?") ? "&" : "?"
        return "\(batch.page)\(joint)username=\(voucher.code)&password=\(voucher.code)"
    }
}
