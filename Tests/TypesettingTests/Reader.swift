import Documents
import Glibc
import Typesetting

/// A document as programs that are not ours read it.
struct Reader {
    private let folder: String
    private var file: String { "\(folder)/document.pdf" }

    init(_ pdf: [UInt8]) throws {
        var name = Array("/tmp/documents-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw Fault.noFolder }
        folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let written = fopen(file, "w") else { throw Fault.noFolder }
        defer { fclose(written) }
        fwrite(pdf, 1, pdf.count, written)
    }

    enum Fault: Error {
        case noFolder
        case refused(String)
    }

    func remove() {
        for name in ["document.pdf", "page.pgm"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    var text: String { get throws { try said("pdftotext -layout \(file) -") } }

    /// Each page's lines, without indents and empty ones; the last is its foot.
    var pages: [[String]] {
        get throws {
            try text.split(separator: "\u{C}").map { page in
                page.split(separator: "\n").map { line in
                    line.split(separator: " ").joined(separator: " ")
                }.filter { !$0.isEmpty }
            }
        }
    }

    func information() throws -> [String: String] {
        var facts: [String: String] = [:]
        for line in try said("pdfinfo -isodates \(file)").split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            facts[String(line[..<colon])] = String(value)
        }
        return facts
    }

    func structure() throws -> String { try said("pdfinfo -struct-text \(file)") }
    func fonts() throws -> [String] {
        try said("pdffonts \(file)").split(separator: "\n").dropFirst(2).map(String.init)
    }
    func check() throws -> String { try said("qpdf --check \(file)") }
    func catalogue() throws -> String {
        try said("qpdf --show-object=trailer \(file) && qpdf --qdf \(file) - | grep -a /Lang")
    }

    /// How many dark pixels a page has, at two a point.
    func darkPixels(page: Int = 1) throws -> Int {
        _ = try said("pdftoppm -r 144 -gray -f \(page) -l \(page) -singlefile \(file) \(folder)/page")
        guard let drawn = fopen("\(folder)/page.pgm", "r") else { throw Fault.noFolder }
        defer { fclose(drawn) }
        var bytes = [UInt8](repeating: 255, count: 4 << 20)
        let count = fread(&bytes, 1, bytes.count, drawn)
        return bytes[20..<count].count { $0 < 128 }
    }

    private func said(_ command: String) throws -> String {
        guard let pipe = popen("\(command) 2>&1", "r") else { throw Fault.refused(command) }
        var said: [UInt8] = []
        var some = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = fread(&some, 1, some.count, pipe)
            guard count > 0 else { break }
            said += some[..<count]
        }
        let text = String(decoding: said, as: UTF8.self)
        guard pclose(pipe) == 0 else { throw Fault.refused(text) }
        return text
    }
}

func read<Result>(_ document: Document, _ look: (Reader) throws -> Result) throws -> Result {
    let reader = try Reader(document.perform())
    defer { reader.remove() }
    return try look(reader)
}
