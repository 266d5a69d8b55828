import CTurboJPEG
import Foundation
import ImageDrawing
import Images
import Locale
import Time

/// A receipt of an invented bank, drawn for a test.
struct DrawnReceipt {
    var title = "Banco del Valle"
    var heading = "Transferencia exitosa"
    var region = Region.mexico
    var amount = "$1,234.50"
    var rows: [(label: String, value: String)] = []
    var font = "Open Sans"
    var (ink, paper, accent) = ("#1a1a1a", "#ffffff", "#5b2a86")
    var margin = 90
    /// Labels above their values instead of beside them.
    var isStacked = false
    /// Shares of each side that are cut off, of 100.
    var (left, right, top, bottom) = (0, 0, 0, 0)
    /// Above 0 brighter, below darker, of 100.
    var brightness = 0
    /// Of the JPEG that is made of it; nil for a PNG.
    var quality: Int32?

    static let (width, height) = (1000, 1500)

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    }

    var drawing: String {
        var marks = ""
        func text(
            _ words: String, _ x: Int, _ y: Int, _ size: Int, _ colour: String, _ anchor: String = "start",
            _ weight: Int = 400
        ) {
            marks +=
                "<text x='\(x)' y='\(y)' font-family='\(font)' font-size='\(size)' font-weight='\(weight)' fill='\(colour)' text-anchor='\(anchor)'>\(Self.escaped(words))</text>"
        }
        marks += "<rect x='0' y='0' width='1000' height='150' fill='\(accent)'/>"
        text(title, margin, 95, 52, "#ffffff", "start", 700)
        text(heading, 500, 250, 46, ink, "middle", 600)
        text(amount, 500, 360, 80, ink, "middle", 700)
        var y = 460
        for row in rows {
            text(row.label, margin, y, 34, ink)
            if isStacked {
                text(row.value, margin, y + 46, 36, ink, "start", 600)
                y += 112
            } else {
                text(row.value, Self.width - margin, y, 34, ink, "end", 600)
                y += 72
            }
        }
        let (x0, y0) = (Self.width * left / 100, Self.height * top / 100)
        let (w, h) = (Self.width * (100 - left - right) / 100, Self.height * (100 - top - bottom) / 100)
        let veil =
            brightness == 0
            ? ""
            : "<rect width='1000' height='1500' fill='\(brightness > 0 ? "#ffffff" : "#000000")' fill-opacity='\(Double(abs(brightness)) / 100)'/>"
        return """
            <svg xmlns='http://www.w3.org/2000/svg' width='\(w)' height='\(h)' viewBox='\(x0) \(y0) \(w) \(h)'>\
            <rect width='1000' height='1500' fill='\(paper)'/>\(marks)\(veil)</svg>
            """
    }

    /// The file as somebody sends it.
    func file() throws -> [UInt8] {
        let picture = try Picture(decoding: Array(drawing.utf8))
        guard let quality else { return try picture.png() }
        let gray = picture.gray
        let handle = tjInitCompress()
        defer { tjDestroy(handle) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let failed = gray.withUnsafeBufferPointer {
            tjCompress2(
                handle, $0.baseAddress, Int32(picture.width), 0, Int32(picture.height), Int32(TJPF_GRAY.rawValue),
                &bytes,
                &size, Int32(TJSAMP_GRAY.rawValue), quality, 0)
        }
        guard failed == 0, let bytes else { throw PictureFault.broken }
        defer { tjFree(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(size)))
    }
}

extension DrawnReceipt {
    /// What the receipt really says.
    struct Truth {
        let minor: Int64
        let day: Day
        let reference: String
        let destination: String
    }

    /// Another one of the same seed is the same.
    static func make(_ seed: Int, today: Day, _ random: inout SeededRandom) -> (receipt: DrawnReceipt, truth: Truth) {
        var receipt = DrawnReceipt()
        let kind = seed % 6
        receipt.font = ["Open Sans", "DejaVu Sans", "Lato"][random.next(3)]
        receipt.isStacked = random.next(3) == 0
        receipt.margin = 60 + random.next(100)
        let dark = random.next(5) == 0
        if dark { (receipt.ink, receipt.paper) = ("#f2f2f2", "#20142e") }
        receipt.accent = ["#5b2a86", "#00558c", "#a8123a", "#1d6f42"][random.next(4)]
        let day = today - random.next(20)
        let month = [
            "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
        ][day.month.number - 1]
        func digits(_ count: Int) -> String {
            (0..<count).map { $0 == 0 ? "\(1 + random.next(9))" : "\(random.next(10))" }.joined()
        }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let numeric = "\(two(day.dayOfMonth))/\(two(day.month.number))/\(day.year)"
        let (units, cents) = (100 + random.next(2900), random.next(4) == 0 ? random.next(100) : 0)
        let minor = Int64(units * 100 + cents)
        func grouped(_ mark: String) -> String {
            units < 1000 ? "\(units)" : "\(units / 1000)\(mark)" + String("\(1000 + units % 1000)".dropFirst())
        }
        let time = "\(two(1 + random.next(12))):\(two(random.next(60)))"
        switch kind {
        case 0:
            let key = "BNV" + digits(14)
            receipt.amount = "$\(grouped(",")).\(two(cents))"
            receipt.rows = [
                ("Cuenta de retiro", "****" + digits(4)), ("Banco destino", "STP"), ("Cuenta asociada", "****4821"),
                ("Nombre del beneficiario", "Norte Internet"), ("Concepto de pago", "Internet"),
                ("Clave de rastreo", key), ("Fecha de operación", "\(numeric) \(time)"), ("Estatus", "Liquidada"),
            ]
            return (receipt, Truth(minor: minor, day: day, reference: key, destination: "4821"))
        case 1:
            let folio = digits(10)
            (receipt.title, receipt.heading) = ("Caja Sierra", "Comprobante de depósito")
            receipt.amount = ""
            receipt.rows = [
                ("Importe", "$\(grouped(",")).\(two(cents))"), ("Comisión", "$12.00"),
                ("Fecha", "\(two(day.dayOfMonth)) \(month). \(day.year)"), ("Hora", time), ("Folio", folio),
                ("Cuenta destino", "****4821"), ("Sucursal", digits(3)),
            ]
            return (receipt, Truth(minor: minor, day: day, reference: folio, destination: "4821"))
        case 2:
            let operation = digits(8)
            (receipt.title, receipt.heading, receipt.region) = ("Yape", "¡Yapeaste!", .peru)
            receipt.amount = "S/ \(grouped(",")).\(two(cents))"
            receipt.rows = [
                ("Fecha", "\(two(day.dayOfMonth)) \(month). \(day.year)"), ("Hora", time), ("Destino", "Yape"),
                ("Nro. de operación", operation), ("Celular", "*** *** 821"),
            ]
            return (receipt, Truth(minor: minor, day: day, reference: operation, destination: ""))
        case 3:
            let reference = "M" + digits(8)
            (receipt.title, receipt.heading, receipt.region) = ("Nequi", "Envío exitoso", .colombia)
            receipt.amount = "$ \(grouped(".")).000,00"
            receipt.rows = [
                ("Para", "Internet del Valle"), ("Número", "300 555 4821"),
                ("Fecha", "\(day.dayOfMonth) de \(month) de \(day.year)"), ("No. de transacción", reference),
            ]
            return (receipt, Truth(minor: Int64(units) * 100_000, day: day, reference: reference, destination: ""))
        case 4:
            let number = digits(12)
            (receipt.title, receipt.heading, receipt.region) = (
                "Banco Austral", "Comprobante de transferencia", .argentina
            )
            receipt.amount = "$ \(grouped(".")),\(two(cents))"
            receipt.rows = [
                ("CBU destino", "00702281300000" + digits(4) + "4821"), ("Fecha", numeric),
                ("Número de comprobante", number), ("Estado", "Realizada"),
            ]
            return (receipt, Truth(minor: minor, day: day, reference: number, destination: "4821"))
        default:
            let number = digits(9)
            (receipt.title, receipt.heading) = ("Cartera Plaza", "Pago realizado")
            receipt.amount = "$\(grouped(",")).\(two(cents))"
            receipt.rows = [
                ("Enviaste a", "Norte Internet"),
                ("Fecha", "\(day.year)-\(two(day.month.number))-\(two(day.dayOfMonth))"),
                ("Número de operación", number), ("Tarjeta destino", "****4821"), ("Saldo disponible", "$8,410.22"),
            ]
            return (receipt, Truth(minor: minor, day: day, reference: number, destination: "4821"))
        }
    }

    /// As somebody sends it once more: cut, encoded again, brighter or darker.
    func disguised(_ random: inout SeededRandom) -> DrawnReceipt {
        var other = self
        (other.left, other.right) = (random.next(16), random.next(16))
        (other.top, other.bottom) = (random.next(16), random.next(16))
        other.brightness = random.next(51) - 25
        other.quality = Int32(55 + random.next(40))
        return other
    }
}

struct SeededRandom {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}
