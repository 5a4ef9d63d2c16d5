import FileFormats
import Primitives

extension SQLiteRow {
    /// A moment in seconds or nanoseconds since 2001-01-01T00:00:00Z; zero and what is no number give nothing.
    func cocoaMoment(_ column: Int) -> Timestamp? {
        if let count = integer(column) { return Timestamp(cocoaCount: count) }
        return cocoaSeconds(column)
    }

    /// A moment in seconds since 2001-01-01T00:00:00Z; zero and what is no number give nothing.
    func cocoaSeconds(_ column: Int) -> Timestamp? { real(column).flatMap(Timestamp.init(cocoaSeconds:)) }
}
