import CExpat
import Primitives

/// What expat's callbacks share while one document is read.
final class XMLReading {
    let parser: XML_Parser
    let limits: XMLStream.Limits
    private let visitor: any XMLVisitor
    private var depth = 0
    /// Whether the outermost element has ended.
    private(set) var isBehindDocument = false
    /// Why reading was stopped from our side.
    var refusal: (kind: ParseError.Kind, expected: String)?

    init(_ parser: XML_Parser, _ limits: XMLStream.Limits, _ visitor: any XMLVisitor) {
        (self.parser, self.limits, self.visitor) = (parser, limits, visitor)
    }

    /// Tells expat whom to call. It calls only while somebody holds on to this object.
    func install() {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLReading.at($0)?.enter($1, $2) }, { data, _ in XMLReading.at(data)?.leave() })
        XML_SetCharacterDataHandler(parser) { XMLReading.at($0)?.take($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            XMLReading.at(data)?.stop(.unsupported, "XML without a document type")
        }
    }

    private static func at(_ data: UnsafeMutableRawPointer?) -> XMLReading? {
        guard let data else { return nil }
        let reading = Unmanaged<XMLReading>.fromOpaque(data).takeUnretainedValue()
        // A few calls come after the one that stopped the reading.
        return reading.refusal == nil ? reading : nil
    }

    private func stop(_ kind: ParseError.Kind, _ expected: String) {
        refusal = (kind, expected)
        XML_StopParser(parser, 0)
    }

    /// The names of the elements that are open: expat's end tags are theirs, and so need not be copied again.
    private var open: [String] = []

    private func enter(_ name: UnsafePointer<CChar>?, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard let name else { return }
        guard depth < limits.depth else {
            return stop(.beyondLimit, "at most \(limits.depth) elements within one another")
        }
        depth += 1
        var attributes: [String: String] = [:]
        var index = 0
        // Names and values in turn; nothing is the end.
        while let attribute = list?[index], let value = list?[index + 1] {
            guard index < 2 * limits.attributes else {
                return stop(.beyondLimit, "at most \(limits.attributes) attributes")
            }
            attributes[XMLReading.local(attribute)] = String(cString: value)
            index += 2
        }
        let local = XMLReading.local(name)
        open.append(local)
        visitor.enter(local, attributes: attributes)
    }

    private func leave() {
        guard let name = open.popLast() else { return }
        depth -= 1
        visitor.leave(name)
        if depth == 0 { isBehindDocument = true }
    }

    private func take(_ text: UnsafePointer<CChar>?, _ count: Int32) {
        guard let text, count > 0 else { return }
        text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
            visitor.take(text: UnsafeBufferPointer(start: $0, count: Int(count)))
        }
    }

    /// A name without its prefix.
    private static func local(_ name: UnsafePointer<CChar>) -> String {
        let name = String(cString: name)
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.utf8.index(after: colon)...])
    }
}
