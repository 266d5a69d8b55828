import Addresses

@testable import HTTP

/// One decoder under test: it is given any bytes and must neither trap nor read past them, nor depend on how they are
/// cut. The first byte says where to cut.
package enum Decoder: String, CaseIterable {
    case request, multipart, fields, json, sentence, values, script, statement, table, notice

    package func run(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .request: RequestReading.check(bytes)
        case .multipart: FormReading.check(bytes)
        case .fields: FieldReading.check(bytes)
        case .json: JSONReading.check(bytes)
        case .sentence: SentenceReading.check(bytes)
        case .values: ValueReading.check(bytes)
        case .script: ScriptReading.check(bytes)
        case .statement: StatementFileReading.check(bytes)
        case .table: TableFileReading.check(bytes)
        case .notice: NoticeReading.check(bytes)
        }
    }
}

/// A head, and the body its framing announces.
enum RequestReading {
    private struct Seen: Equatable {
        var targets: [String] = []
        var data: [UInt8] = []
        var failure: RequestError?
        var used = 0
    }

    static func check(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[1...])
        let whole = read([rest])
        let cut = min(Int(first), rest.count)
        let pieces = [rest[..<cut], rest[cut...]].map { UnsafeRawBufferPointer(rebasing: $0) }
        precondition(read(pieces) == whole, "The cut changes what is read")
    }

    private static func read(_ pieces: [UnsafeRawBufferPointer]) -> Seen {
        var seen = Seen()
        var held: [UInt8] = []
        var decoder: BodyDecoder?
        for piece in pieces {
            held.append(contentsOf: piece)
            while seen.failure == nil, step(&held, &decoder, &seen) {}
        }
        return seen
    }

    private static func step(_ held: inout [UInt8], _ decoder: inout BodyDecoder?, _ seen: inout Seen) -> Bool {
        do throws(RequestError) {
            let used = decoder == nil ? try head(held, &decoder, &seen) : try body(held, &decoder, &seen)
            held.removeFirst(used)
            seen.used += used
            return used > 0
        } catch {
            // How far the last call got before it failed depends on the cut.
            seen.failure = error
            seen.used = 0
            return false
        }
    }

    private static func head(
        _ held: [UInt8], _ decoder: inout BodyDecoder?, _ seen: inout Seen
    ) throws(RequestError) -> Int {
        switch held.withUnsafeBytes({ HeadParser.parse($0, limits: HeadLimits()) }) {
        case .incomplete: return 0
        case .refused(let error): throw error
        case .complete(let head, let used):
            precondition(used <= held.count && head.host == head.host.lowercased())
            seen.targets.append(head.rawTarget + head.path.all.joined() + head.query.all.map(\.value).joined())
            _ = Cookies(head.headers).all
            decoder = BodyDecoder(head.framing)
            return used
        }
    }

    private static func body(
        _ held: [UInt8], _ decoder: inout BodyDecoder?, _ seen: inout Seen
    ) throws(RequestError) -> Int {
        var data: [UInt8] = []
        let result = held.withUnsafeBytes { bytes in
            Result { () throws(RequestError) in try decoder?.decode(bytes) { data.append(contentsOf: $0) } ?? 0 }
        }
        seen.data += data
        let used = try result.get()
        precondition(data.count <= used && used <= held.count)
        if decoder?.isDone == true { decoder = nil }
        return used
    }
}

enum FormReading {
    private struct Seen: Equatable {
        var heads: [PartHead] = []
        var data: [UInt8] = []
        var ends = 0
        var hasFailed = false
        var isDone = false
    }

    static func check(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let form = Array(bytes[1...])
        let cut = min(Int(first), form.count)
        precondition(
            read([form]) == read([Array(form[..<cut]), Array(form[cut...])]), "The cut changes what is read")
    }

    private static func read(_ pieces: [[UInt8]]) -> Seen {
        var parser = MultipartParser(boundary: Array("b0".utf8), limits: MultipartLimits(parts: 20))
        var seen = Seen()
        for piece in pieces where !seen.hasFailed {
            do {
                for event in try parser.parse(piece) { note(event, &seen) }
            } catch {
                // How much was read before a failure depends on the cut, and nobody sees it.
                seen = Seen(hasFailed: true)
            }
        }
        seen.isDone = parser.isDone && !seen.hasFailed
        return seen
    }

    private static func note(_ event: MultipartParser.Event, _ seen: inout Seen) {
        switch event {
        case .part(let head): seen.heads.append(head)
        case .data(let bytes): seen.data += bytes
        case .partEnd: seen.ends += 1
        }
    }
}

/// The small grammars inside of headers, queries and forms.
enum FieldReading {
    static func check(_ bytes: UnsafeRawBufferPointer) {
        do throws(RequestError) { _ = try Fields(urlEncoded: bytes).all } catch {}
        var pairs: [Fields.Field] = []
        Cookies.parse(bytes, into: &pairs)
        precondition(pairs.allSatisfy { !$0.name.isEmpty && !$0.value.utf8.contains(UInt8(ascii: ";")) })
        let text = String(decoding: bytes, as: UTF8.self)
        _ = Accept.weight(of: "gzip", in: bytes)
        _ = Accept.prefersPage(bytes)
        _ = MediaType(text).parameter("boundary")
        _ = FileName.cleaned(Array(bytes))
        _ = HTTPDate.seconds(text)
        if let authority = Authority(bytes) { precondition(!authority.host.isEmpty) }
        if let address = IPAddress(text) { precondition(IPAddress(address.description) == address) }
        if case .part(let range) = RangeRequest(text, size: 1000) { precondition(range.upperBound <= 1000) }
    }
}
