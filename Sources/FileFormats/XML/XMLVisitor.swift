/// Is told what a document of XML holds, in the order in which it stands there.
///
/// Names come without the prefix of a name space: who publishes a form under which prefix says nothing about it.
public protocol XMLVisitor: AnyObject {
    /// An element begins; its attributes have the names that stand there, without prefix.
    func enter(_ name: String, attributes: [String: String])
    /// A piece of the text of the innermost element, in UTF-8. One text may come in several pieces.
    func take(text: UnsafeBufferPointer<UInt8>)
    /// The innermost element ends.
    func leave(_ name: String)
}

extension XMLVisitor {
    /// Text means nothing to visitors that do not say otherwise.
    public func take(text: UnsafeBufferPointer<UInt8>) {}
}
