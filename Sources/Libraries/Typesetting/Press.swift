import CDocuments
import Documents
import Glibc
import Time

/// Draws the pages with their footers, now that the page count is known.
struct Press {
    private let document: Document
    private let paper: OpaquePointer

    init(for document: Document, height: Double) throws(DocumentError) {
        self.document = document
        let made = "\(document.made.rfc3339.prefix(19))Z"
        guard
            let paper = cdocuments_paper_new(
                document.paper.width, height, document.title.printableLine,
                document.author.printableLine, document.author.printableLine, made)
        else { throw .failed }
        self.paper = paper
    }

    func print(_ sheets: [Sheet]) throws(DocumentError) -> [UInt8] {
        cdocuments_begin_element(paper, "Document")
        var failure: DocumentError?
        for (index, sheet) in sheets.enumerated() {
            draw(sheet)
            do throws(DocumentError) {
                try drawFoot(page: index + 1, of: sheets.count)
            } catch {
                failure = error
            }
            if index == sheets.count - 1 { cdocuments_end_element(paper, "Document") }
            cdocuments_end_page(paper)
        }
        var count = 0
        let bytes = cdocuments_paper_finish(paper, &count)
        defer { free(bytes) }
        if let failure { throw failure }
        guard let bytes else { throw .failed }
        let written = Array(UnsafeBufferPointer(start: bytes, count: count))
        return try Catalogue.saying(language: document.languageTag, in: written)
    }

    private func draw(_ sheet: Sheet) {
        // Decoration first: it belongs to no structure element and must not interrupt one.
        for (y, strip) in sheet.placed {
            for mark in strip.marks where mark.elements.isEmpty { draw(mark, under: y) }
        }
        var open: [Element] = []
        for (y, strip) in sheet.placed {
            for mark in strip.marks where !mark.elements.isEmpty {
                move(from: &open, to: mark.elements)
                draw(mark, under: y)
            }
        }
        move(from: &open, to: [])
    }

    /// Closes the structure elements that the next mark is outside of, and opens those it is in.
    private func move(from open: inout [Element], to elements: [Element]) {
        let shared = zip(open, elements).prefix { $0 == $1 }.count
        for element in open[shared...].reversed() { cdocuments_end_element(paper, element.kind.rawValue) }
        for element in elements[shared...] { cdocuments_begin_element(paper, element.kind.rawValue) }
        open = elements
    }

    private func draw(_ mark: Mark, under top: Double) {
        let x = document.paper.side + mark.x
        let y = document.paper.top + top + mark.y
        switch mark.ink {
        case .text(let text, let line, let colour):
            cdocuments_draw_line(paper, text.pointer, Int32(line), x, y, colour)
        case .bar(let width, let height, let colour):
            cdocuments_draw_bar(paper, x, y, width, height, colour)
        case .picture(let logo, let width, let height):
            cdocuments_draw_picture(paper, logo.pointer, x, y, width, height)
        case .strokes(let strokes):
            for stroke in strokes {
                var points = stroke
                for index in points.indices { points[index] += index.isMultiple(of: 2) ? x : y }
                cdocuments_draw_stroke(paper, points, points.count / 2, 1.3, 0x10204A)
            }
        }
    }

    private func drawFoot(page: Int, of pages: Int) throws(DocumentError) {
        let sheet = document.paper
        if sheet.isRoll { return }
        let language = document.languageTag
        let style = TextStyle.small
        let top = sheet.height - sheet.bottom + 26
        cdocuments_draw_bar(paper, sheet.side, top - 6, sheet.textWidth, 0.5, 0xD0D0D0)
        let label = try SetText(
            pageLabel(page, of: pages).printableLine, in: style, width: sheet.textWidth / 2, mostLines: 1,
            language: language)
        let footer = try SetText(
            document.footer.printableLine, in: style, width: sheet.textWidth - label.width - 24, mostLines: 2,
            language: language)
        for (index, line) in footer.lines.enumerated() {
            let baseline = top + Double(index) * style.leading + line.ascent
            cdocuments_draw_line(
                paper, footer.pointer, Int32(index), sheet.side + line.start, baseline, style.colour)
        }
        cdocuments_draw_line(
            paper, label.pointer, 0, sheet.side + sheet.textWidth - label.width, top + label.lines[0].ascent,
            style.colour)
    }

    private func pageLabel(_ page: Int, of pages: Int) -> String {
        document.pageLabel.replacing("{page}", with: "\(page)").replacing("{pages}", with: "\(pages)")
    }
}
