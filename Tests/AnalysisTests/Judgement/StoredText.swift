import CaseModel
import FileFormats

@testable import Analysis

/// Reads what was written, for the tests.
enum StoredText {
    static func fact(_ bytes: [UInt8]) throws -> DeviceFact? { DeviceFact(stored: try JSONValue(bytes)) }
    static func coverage(_ bytes: [UInt8]) throws -> Coverage? { Coverage(stored: try JSONValue(bytes)) }
}
