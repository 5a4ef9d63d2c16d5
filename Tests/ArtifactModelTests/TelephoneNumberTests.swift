import ArtifactModel
import Testing

struct TelephoneNumberTests {
    @Test(
        arguments: [
            ("+256 700 000 100", nil, "+256700000100", "UG"), ("00256700000100", nil, "+256700000100", "UG"),
            ("+1 (202) 555-0100", nil, "+12025550100", "US"), ("+1 416 555 0100", nil, "+14165550100", "CA"),
            ("2025550100", "US", "+12025550100", "US"), ("1 202 555 0100", "US", "+12025550100", "US"),
            ("011 256 700 000 100", "US", "+256700000100", "UG"), ("0700 000100", "UG", "+256700000100", "UG"),
            ("020 7946 0100", "GB", "+442079460100", "GB"), ("06 12345678", "IT", "+390612345678", "IT"),
            ("8 (495) 123-45-67", "RU", "+74951234567", "RU"), ("+7 701 123 45 67", nil, "+77011234567", "KZ"),
            ("06 30 123 4567", "HU", "+36301234567", "HU"),
            ("\u{202A}+972 50-123-4567\u{202C}", nil, "+972501234567", "IL"),
            ("\u{FF0B}81 90 1234 5678", nil, "+819012345678", "JP"),
            ("+٩٧١ ٥٠ ١٢٣ ٤٥٦٧", nil, "+971501234567", "AE"), ("+883 5100 12345678", nil, "+883510012345678", nil),
        ] as [(String, String?, String, String?)])
    func `a number has one form however it is written`(
        _ written: String, _ home: String?, _ text: String, _ region: String?
    ) {
        let number = TelephoneNumber(written, home: home)
        #expect(number?.text == text)
        #expect(number?.region == region)
    }

    @Test(arguments: [
        "", "+", "12345", "+123", "0700000100", "AUTHMSG", "name@example.org", "+1234567890123456", "++256700000100",
        "256+700000100", "+0123456789", "12 34", "+25670000010a", "①②③④⑤⑥⑦",
    ])
    func `what is no number, or has no country, is not made into one`(_ written: String) {
        #expect(TelephoneNumber(written) == nil)
    }

    @Test func `a number without its country says that the owner's was taken`() {
        #expect(TelephoneNumber("0700000100", home: "UG")?.isCountryAssumed == true)
        #expect(TelephoneNumber("+256700000100", home: "GB")?.isCountryAssumed == false)
        #expect(TelephoneNumber("0700000100", home: "XX") == nil)
    }
}
