import ArgumentParser
import RuleLanguage

/// Which rules are used: those that come along, and those given.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file of rules in Sigma's words, or a folder of them. May be given more than once.", valueName: "path"))
    var rules: [String] = []

    @Flag(help: "Leave out the rules that come with Bridle.")
    var noDefaultRules = false

    /// Loads them all. One rule that can't be used ends the command: a check without it would say less than it seems to.
    func load() throws -> RuleSet {
        let set = try LoadedRules(rules, pack: !noDefaultRules).set
        guard set.problems.isEmpty else {
            let count = set.problems.count
            throw Failure(
                .data,
                (["\(count.grouped) \(count == 1 ? "rule" : "rules") can't be used:"] + LoadedRules.lines(set.problems))
                    .joined(separator: "\n"))
        }
        return set
    }
}
