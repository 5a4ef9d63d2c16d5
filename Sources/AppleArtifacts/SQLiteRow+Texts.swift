import FileFormats

extension SQLiteRow {
    /// Text that is not empty: where a store writes an empty text for what it does not know.
    func filledText(_ column: Int) -> String? { text(column).flatMap { $0.isEmpty ? nil : $0 } }
}
