/// Which country a telephone number begins with.
///
/// Source: ITU-T, List of Recommendation E.164 assigned country codes, <https://www.itu.int/pub/T-SP-E.164D>; for the
/// codes that several countries share, the plan of North America, <https://nationalnanpa.com/area_codes/>, and of
/// Russia and Kazakhstan. Written from memory of these, and not yet compared with them line by line.
/// Dependencies that share a code with a country are told as that country.
enum CallingCodes {
    /// Code and ISO 3166-1 region, read once.
    private static let regions: [Substring: Substring] = {
        var regions: [Substring: Substring] = [:]
        for entry in table.split(whereSeparator: \.isWhitespace) { regions[entry.dropLast(2)] = entry.suffix(2) }
        return regions
    }()

    /// The region of a number in E.164 without its plus sign: the longest code that it begins with.
    static func region(of digits: Substring) -> String? {
        for length in stride(from: 4, through: 1, by: -1) {
            if let region = regions[digits.prefix(length)] { return String(region) }
        }
        return nil
    }

    /// The shortest code of a region: `1` for all of North America.
    static func code(of region: String) -> String? {
        let codes = regions.filter { $0.value == region }.map { String($0.key) }
        guard let shortest = codes.min(by: { ($0.count, $0) < ($1.count, $1) }) else { return nil }
        return shortest.hasPrefix("1") ? "1" : shortest.hasPrefix("7") ? "7" : shortest
    }

    /// Regions whose national numbers are dialled as they are, without a digit before them.
    /// Source: ITU-T, Dialling procedures, <https://www.itu.int/pub/T-SP-PP.RES.259>.
    static let withoutTrunkPrefix: Set<String> = Set(
        """
        AD BF BH BI BJ BO BT CD CF CG CI CL CM CR CV CY CZ DJ DK DO EC EE ER ES FO GA GE GL GM GN GQ GR GT GW HK HN HT IS IT KW
        LS LU LV MC ML MO MR MT MZ NE NI NO OM PA PL PT PY QA RW SC SG SM SN SO ST SV SZ TD TG TN TT UY VA VE
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let table = """
        1US 1204CA 1226CA 1236CA 1242BS 1246BB 1249CA 1250CA 1263CA 1264AI 1268AG 1284VG 1289CA 1306CA 1340VI
        1343CA 1345KY 1354CA 1365CA 1367CA 1368CA 1382CA 1403CA 1416CA 1418CA 1428CA 1431CA 1437CA 1438CA 1441BM
        1450CA 1468CA 1473GD 1474CA 1506CA 1514CA 1519CA 1548CA 1579CA 1581CA 1584CA 1587CA 1604CA 1613CA 1639CA
        1647CA 1649TC 1658JM 1664MS 1670MP 1671GU 1672CA 1683CA 1684AS 1705CA 1709CA 1721SX 1742CA 1753CA 1758LC
        1767DM 1778CA 1780CA 1782CA 1784VC 1787PR 1807CA 1809DO 1819CA 1825CA 1829DO 1849DO 1867CA 1868TT 1869KN
        1873CA 1876JM 1879CA 1902CA 1905CA 1939PR 20EG 211SS 212MA 213DZ 216TN 218LY 220GM 221SN 222MR 223ML
        224GN 225CI 226BF 227NE 228TG 229BJ 230MU 231LR 232SL 233GH 234NG 235TD 236CF 237CM 238CV 239ST 240GQ
        241GA 242CG 243CD 244AO 245GW 246IO 247AC 248SC 249SD 250RW 251ET 252SO 253DJ 254KE 255TZ 256UG 257BI
        258MZ 260ZM 261MG 262RE 263ZW 264NA 265MW 266LS 267BW 268SZ 269KM 27ZA 290SH 291ER 297AW 298FO 299GL
        30GR 31NL 32BE 33FR 34ES 350GI 351PT 352LU 353IE 354IS 355AL 356MT 357CY 358FI 359BG 36HU 370LT 371LV
        372EE 373MD 374AM 375BY 376AD 377MC 378SM 379VA 380UA 381RS 382ME 383XK 385HR 386SI 387BA 389MK 39IT
        40RO 41CH 420CZ 421SK 423LI 43AT 44GB 45DK 46SE 47NO 48PL 49DE 500FK 501BZ 502GT 503SV 504HN 505NI 506CR
        507PA 508PM 509HT 51PE 52MX 53CU 54AR 55BR 56CL 57CO 58VE 590GP 591BO 592GY 593EC 594GF 595PY 596MQ
        597SR 598UY 599CW 60MY 61AU 62ID 63PH 64NZ 65SG 66TH 670TL 672NF 673BN 674NR 675PG 676TO 677SB 678VU
        679FJ 680PW 681WF 682CK 683NU 685WS 686KI 687NC 688TV 689PF 690TK 691FM 692MH 7RU 76KZ 77KZ 81JP 82KR
        84VN 850KP 852HK 853MO 855KH 856LA 86CN 880BD 886TW 90TR 91IN 92PK 93AF 94LK 95MM 960MV 961LB 962JO
        963SY 964IQ 965KW 966SA 967YE 968OM 970PS 971AE 972IL 973BH 974QA 975BT 976MN 977NP 98IR 992TJ 993TM
        994AZ 995GE 996KG 998UZ
        """
}
