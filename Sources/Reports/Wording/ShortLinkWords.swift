import CaseModel

extension Coverage {
    /// What is known of where the short links of the records led; nothing if there are none.
    var shortLinkWords: String? {
        let links = shortLinks
        guard !links.isEmpty else { return nil }
        var words = links.found.of("different short link was found", "different short links were found")
        if links.asked == 0 {
            words += ". Where they led is not in the evidence and was not asked."
        } else {
            words +=
                "; \(links.asked.grouped) of them asked where they lead: \(links.answered.grouped) answered, "
                + "\(links.led.grouped) led to another address. An answer says where a link led when it was asked, and "
                + "need not be where it led then. The others are not known."
        }
        if links.beyondLimit > 0 {
            words += " \(links.beyondLimit.of("further occurrence was", "further occurrences were")) not looked at."
        }
        if links.unfit > 0 {
            words += " \(links.unfit.of("occurrence is", "occurrences are")) of a form that can't be asked for."
        }
        if links.recordsNotJudged > 0 {
            words +=
                " \(links.recordsNotJudged.of("record was", "records were")) not, or not wholly, compared with the answers."
        }
        return words
    }
}
