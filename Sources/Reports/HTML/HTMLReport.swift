public import CaseModel
import Mustache

/// The report as one HTML file without script that loads nothing.
public enum HTMLReport {
    /// Writes the page. The same report gives the same bytes.
    public static func bytes(of report: CaseReport) throws -> [UInt8] {
        var library = MustacheLibrary()
        for (name, text) in Template.all { try library.register(text, named: name) }
        guard let text = library.render(Page(of: report), withTemplate: Template.first) else { throw TemplateMissing() }
        return Array(text.utf8)
    }

    /// The page's own template is not among the templates: a mistake in this module.
    struct TemplateMissing: Error, CustomStringConvertible {
        var description: String { "expected a template named \(Template.first)" }
    }
}

/// The texts of the page in Mustache syntax, each in a file of its own.
///
/// Three laws, and tests for them. Values stand in two braces only, never in three. Values of the evidence stand
/// between tags, never inside one. A part begins at the first column of its line, since Mustache indents what it
/// puts behind spaces.
enum Template {
    /// The one that is rendered.
    static let first = "page"

    /// All of them with their names.
    static let all = [
        (first, page), ("style", style), ("head", head), ("verdict", verdict), ("recheck", recheck), ("advice", advice),
        ("findings", findings), ("card", card), ("timeline", timeline), ("coverage", coverage),
        ("appendix", appendix), ("exposure", exposure), ("protection", protection), ("suppressed", suppressed),
    ]
}
