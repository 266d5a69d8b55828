import CSpreadsheets
import Glibc
import Spreadsheets

/// What reads one of the XML files of a workbook.
protocol XMLHandler: AnyObject {
    func begin(_ element: String, _ attributes: XMLAttributes) throws(SpreadsheetFault)
    func end(_ element: String) throws(SpreadsheetFault)
    /// In pieces, as they come.
    func text(_ bytes: UnsafeRawBufferPointer) throws(SpreadsheetFault)
}

/// Tells a handler what stands in a file of XML, a piece at a time.
final class XMLReader {
    private let handler: any XMLHandler
    private var xml: OpaquePointer?
    private var fault: SpreadsheetFault?

    init(_ handler: any XMLHandler) throws(SpreadsheetFault) {
        self.handler = handler
        var events = cspreadsheets_events(
            context: Unmanaged.passUnretained(self).toOpaque(),
            start: { context, name, count, attributes in
                XMLReader.at(context) { reader throws(SpreadsheetFault) in
                    try reader.handler.begin(
                        String(cString: name!), XMLAttributes(count: Int(count), pointers: attributes))
                }
            },
            end: { context, name in
                XMLReader.at(context) { reader throws(SpreadsheetFault) in
                    try reader.handler.end(String(cString: name!))
                }
            },
            text: { context, bytes, length in
                XMLReader.at(context) { reader throws(SpreadsheetFault) in
                    try reader.handler.text(UnsafeRawBufferPointer(start: bytes, count: Int(length)))
                }
            })
        xml = cspreadsheets_xml_new(&events)
        guard xml != nil else { throw .broken }
    }

    deinit { cspreadsheets_xml_free(xml) }

    func read(_ bytes: [UInt8], isLast: Bool = false) throws(SpreadsheetFault) {
        let result = cspreadsheets_xml_read(xml, bytes, bytes.count, isLast ? 1 : 0)
        if let fault { throw fault }
        guard result == 0 else { throw .broken }
    }

    private static func at(
        _ context: UnsafeMutableRawPointer?, _ call: (XMLReader) throws(SpreadsheetFault) -> Void
    ) {
        let reader = Unmanaged<XMLReader>.fromOpaque(context!).takeUnretainedValue()
        guard reader.fault == nil else { return }
        do {
            try call(reader)
        } catch {
            reader.fault = error
            cspreadsheets_xml_stop(reader.xml)
        }
    }
}

/// Of one element, looked at while it is told of.
struct XMLAttributes {
    fileprivate let count: Int
    fileprivate let pointers: UnsafePointer<UnsafePointer<CChar>?>?

    /// Names are looked for without their prefix.
    subscript(name: String) -> String? {
        guard let pointers else { return nil }
        for index in 0..<count {
            let five = pointers + 5 * index
            guard let own = five[0], let start = five[3], let end = five[4], strcmp(own, name) == 0 else { continue }
            return String(decoding: UnsafeRawBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }
}

extension Archive {
    /// Whether the file is there; it is read by the handler.
    func read(_ name: String, with handler: any XMLHandler) throws(SpreadsheetFault) -> Bool {
        let reader = try XMLReader(handler)
        let isThere = try read(name) { piece throws(SpreadsheetFault) in try reader.read(piece) }
        if isThere { try reader.read([], isLast: true) }
        return isThere
    }
}
