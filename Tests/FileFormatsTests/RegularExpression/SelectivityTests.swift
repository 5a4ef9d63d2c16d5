import Testing

@testable import FileFormats

@Suite struct `The selectivity of an expression` {
    @Test(
        arguments: [
            ("", 0), (".*", 0), ("^$", 0), ("a", 6), ("abc", 18), ("(?i)abc", 15), ("\\.ru$", 18), ("[a-z]{8}", 8),
            ("[0-9]", 2), ("[^x]", 0), ("\\w+", 0), ("a?", 0), ("(abc)*", 0), ("(abc){2}", 36), ("(abc|d)", 5),
            ("(abc|def)", 17), ("(a|b|c|d)x", 10), ("(abc|)", 0), (".{20,30}", 0), ("\u{436}", 6),
            ("\\p{Lo}", 0),
            ("(((a{100}){100}){1})x", 60_006),
        ] as [(String, Int)])
    func `counts what a text has to have`(pattern: String, bits: Int) throws {
        #expect(try BoundedExpression(pattern, dotMatchesLineFeed: true).selectivity == bits)
    }
}
