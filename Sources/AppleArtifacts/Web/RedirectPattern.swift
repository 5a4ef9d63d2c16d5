import ArtifactModel

/// The redirect that network injection leaves in the history of a browser that records no time for each step.
enum RedirectPattern {
    static let references = [
        Reference(
            "Amnesty International", "Morocco: Human Rights Defenders Targeted with NSO Group's Spyware",
            date: "2019-10-10",
            link: "https://www.amnesty.org/en/latest/research/2019/10/"
                + "morocco-human-rights-defenders-targeted-with-nso-groups-spyware/")
    ]

    /// A redirect from an unencrypted page to another site on a port that sites seldom use.
    static func check<Entry: Record>(
        _ step: @escaping @Sendable (Entry) -> (isRedirect: Bool?, from: String?, to: String?)
    ) -> Check<Entry> {
        Check(
            "redirect-to-unusual-port", .medium,
            "An unencrypted page was redirected to an unusual port of another site",
            family: "Pegasus", state: .visited,
            meaning:
                "The browser opened a page without encryption and was redirected to another site whose address names a "
                + "port other than 80 and 443. Network injection published in 2019 had this shape in Safari.",
            limits: "It does not show who redirected the page, nor that anything was delivered. How fast the redirect "
                + "was, which belongs to the published pattern, is not recorded here.",
            benignCauses: [
                "The sign-in pages of public Wi-Fi networks", "Services of a company or a school on their own ports",
                "Link shorteners and test servers",
            ],
            nextStep: "Look at the address that the redirect led to: long random names make it worth asking an "
                + "expert. Keep the evidence; do not open the link.",
            references: references,
            matches: { entry in
                let step = step(entry)
                guard step.isRedirect == true, let from = step.from.flatMap(WebAddress.init),
                    let to = step.to.flatMap(WebAddress.init)
                else { return false }
                return from.scheme == "http" && to.hasUnusualPort && from.site != to.site
            })
    }
}
