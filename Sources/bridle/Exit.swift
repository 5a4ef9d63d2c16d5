import Analysis
import EvidenceSources
import IndicatorStore
import Primitives
import SyntheticEvidence

/// The exit codes, as interface and man page promise them (sysexits.h where it has one).
enum Exit: Int32 {
    /// Ran to its end.
    case done = 0
    /// Ran to its end, and something at or above `--fail-on` was found.
    case found = 10
    /// Ran to its end, and something was damaged or stopped, with `--strict`.
    case damaged = 20
    /// Wrong use.
    case usage = 64
    /// The evidence is not what it should be.
    case data = 65
    /// The evidence is not there.
    case noInput = 66
    /// A source of indicators could not be fetched; what was there before stays.
    case unavailable = 69
    /// The output can't be written.
    case cantCreate = 73
    /// Another process is changing the store of indicators.
    case inUse = 75
    /// Wrong or missing password or key.
    case noPermission = 77
    /// The configuration file is wrong.
    case configuration = 78
    /// Interrupted.
    case interrupted = 130
}

/// Something that ends the command: a sentence and an exit code.
struct Failure: Error {
    let exit: Exit
    let message: String

    init(_ exit: Exit, _ message: String) {
        self.exit = exit
        self.message = message
    }

    init(_ error: EvidenceError) {
        self.init(Exit(rawValue: error.code.exitCode) ?? .data, error.message)
    }

    init(_ error: OutputError) { self.init(.cantCreate, error.description) }

    init(_ error: StoreError) {
        let exit: Exit =
            switch error.code {
            case .usage: .usage
            case .noInput: .noInput
            case .cantCreate: .cantCreate
            case .inUse: .inUse
            case .unavailable: .unavailable
            case .configuration: .configuration
            default: .data
            }
        self.init(exit, error.message.printable)
    }

    /// Any error, in words. Of an error that nobody foresaw only the type is named: its text might quote the evidence.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as EvidenceError: self.init(error)
        case let error as OutputError: self.init(error)
        case let error as StoreError: self.init(error)
        case is CancellationError: self.init(.interrupted, "Interrupted.")
        case let error as ParseError: self.init(.data, "\(error).")
        case let error as SyntheticEvidenceError: self.init(.cantCreate, "The evidence can't be made: \(error).")
        default:
            self.init(
                .data,
                "The command ended for a reason that was not foreseen (\(type(of: error))). Please report it, with "
                    + "the version and the command.")
        }
    }
}
