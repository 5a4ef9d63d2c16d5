import ArgumentParser

/// `bridle indicators …`
struct IndicatorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "indicators",
        abstract: "Published indicators: what is loaded, from whom, and what could not be used.",
        discussion: """
            Indicators lie in a store in your own folder. Of these commands only 'update' connects to a network, to the sources that \
            'sources' lists. Every change makes a new generation of the store, and 'rollback' goes back to an earlier.

            EXAMPLES
              bridle indicators add pegasus.stix2
              bridle indicators update
              bridle indicators list
            """,
        subcommands: [
            List.self, Show.self, Sources.self, Update.self, Add.self, Remove.self, History.self, Rollback.self,
            Prune.self, Verify.self, Test.self, Export.self, KeyGeneration.self,
        ],
        defaultSubcommand: List.self)
}
