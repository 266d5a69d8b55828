import CXML
import Glibc

/// A SAX-style handler of an XML document. An error it throws ends the parsing.
package protocol XMLHandler: AnyObject {
    /// Element names come without their prefix.
    func begin(_ element: String, _ attributes: XMLAttributes) throws
    func end(_ element: String) throws
    /// May be called several times for one text.
    func text(_ bytes: UnsafeRawBufferPointer) throws
}

package enum XMLFault: Error {
    /// Malformed, or with a DTD.
    case malformed
}

/// An incremental XML parser that reports to a handler.
package final class XMLReader {
    private let handler: any XMLHandler
    private var xml: OpaquePointer?
    private var failure: (any Error)?

    package init(_ handler: any XMLHandler) throws(XMLFault) {
        self.handler = handler
        var events = cxml_events(
            context: Unmanaged.passUnretained(self).toOpaque(),
            start: { context, name, count, attributes in
                XMLReader.at(context) { reader in
                    try reader.handler.begin(
                        String(cString: name!), XMLAttributes(count: Int(count), pointers: attributes))
                }
            },
            end: { context, name in
                XMLReader.at(context) { reader in try reader.handler.end(String(cString: name!)) }
            },
            text: { context, bytes, length in
                XMLReader.at(context) { reader in
                    try reader.handler.text(UnsafeRawBufferPointer(start: bytes, count: Int(length)))
                }
            })
        xml = cxml_new(&events)
        guard xml != nil else { throw .malformed }
    }

    deinit { cxml_free(xml) }

    /// The current line, from 1.
    package var line: Int { Int(cxml_line(xml)) }

    package func read(_ bytes: [UInt8], isLast: Bool = false) throws {
        let result = cxml_read(xml, bytes, bytes.count, isLast ? 1 : 0)
        if let failure { throw failure }
        guard result == 0 else { throw XMLFault.malformed }
    }

    private static func at(_ context: UnsafeMutableRawPointer?, _ call: (XMLReader) throws -> Void) {
        let reader = Unmanaged<XMLReader>.fromOpaque(context!).takeUnretainedValue()
        guard reader.failure == nil else { return }
        do {
            try call(reader)
        } catch {
            reader.failure = error
            cxml_stop(reader.xml)
        }
    }
}

/// An element's attributes, valid during the call.
package struct XMLAttributes {
    fileprivate let count: Int
    fileprivate let pointers: UnsafePointer<UnsafePointer<CChar>?>?

    /// Names are matched without their prefix.
    package subscript(name: String) -> String? {
        guard let pointers else { return nil }
        for index in 0..<count {
            let five = pointers + 5 * index
            guard let own = five[0], let start = five[3], let end = five[4], strcmp(own, name) == 0 else { continue }
            return String(decoding: UnsafeRawBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }
}
