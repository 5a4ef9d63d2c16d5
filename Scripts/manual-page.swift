// Writes the manual page from what the command says of itself.
//
//     bridle --experimental-dump-help | swift Scripts/manual-page.swift > Documentation/bridle.1
//
// Commands, options and examples come from the program; what it does not say of itself stands below as text. No date
// and no default that depends on the machine is written, so that the same program gives the same page.
import Foundation

struct Dump: Decodable {
    var command: Command
}

struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var arguments: [Argument]?
    var subcommands: [Command]?
    var superCommands: [String]?
    var defaultSubcommand: String?
}

struct Argument: Decodable {
    struct Name: Decodable {
        var kind: String
        var name: String
    }
    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool

    /// `--help` and `--version` are described once, for the whole command.
    var isGeneral: Bool { ["help", "version"].contains(valueName ?? "") && kind == "flag" }
}

/// Text as roff takes it: what a terminal would show as typographic signs escaped, no line that begins like a request.
func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("~", with: "\\(ti")
        .replacing("'", with: "\\(aq")
    return plain.first == "." ? "\\&" + plain : plain
}

/// Names and values of an option, or of an argument, with their fonts.
func head(_ argument: Argument, allNames: Bool = true) -> String {
    let value = "\\fI" + escaped(argument.valueName ?? "value") + "\\fR"
    guard argument.kind != "positional" else { return value + (argument.isRepeating ? " ..." : "") }
    // Short names first, whatever the order in the program.
    let names = (argument.names ?? []).filter { $0.kind != "longWithSingleDash" }
        .sorted { $0.kind == "short" && $1.kind != "short" }
        .map { "\\fB" + escaped(($0.kind == "short" ? "-" : "--") + $0.name) + "\\fR" }
    let shown = names.prefix(allNames ? names.count : 1).joined(separator: ", ")
    return shown + (argument.kind == "option" ? " " + value : "")
}

/// Paragraphs and examples of a discussion; what is indented is kept as it stands.
func body(_ discussion: String) -> [String] {
    var lines: [String] = []
    for block in discussion.components(separatedBy: "\n\n") {
        var rows = block.components(separatedBy: "\n")
        // Exit codes have a section of their own.
        if rows[0] == "EXIT CODES" { continue }
        if rows[0] == "EXAMPLE" || rows[0] == "EXAMPLES" { rows.removeFirst() }
        if rows.allSatisfy({ $0.hasPrefix("  ") }) {
            lines += [".PP", ".RS 4", ".nf"] + rows.map { escaped(String($0.dropFirst(2))) } + [".fi", ".RE"]
        } else {
            lines += [".PP"] + rows.map(escaped)
        }
    }
    return lines
}

/// A command and, under it, its subcommands.
func section(_ command: Command) -> [String] {
    let name = ((command.superCommands ?? []) + [command.commandName]).joined(separator: " ")
    let own = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isGeneral }
    let positional = own.filter { $0.kind == "positional" }
    var synopsis = "\\fB" + escaped(name) + "\\fR"
    if !(command.subcommands ?? []).isEmpty { synopsis += " \\fIsubcommand\\fR" }
    for argument in own where argument.kind == "option" && !argument.isOptional {
        synopsis += " " + head(argument, allNames: false)
    }
    if own.contains(where: { $0.kind != "positional" && $0.isOptional }) { synopsis += " [\\fIoptions\\fR]" }
    for argument in positional {
        synopsis += argument.isOptional && !argument.isRepeating ? " [" + head(argument) + "]" : " " + head(argument)
    }
    var lines = [".SS \"\(name)\"", synopsis]
    if let abstract = command.abstract { lines += [".PP", escaped(abstract)] }
    if let discussion = command.discussion { lines += body(discussion) }
    for (index, argument) in own.enumerated() {
        // `--no-x` stands beside `--x`, which says the same of both.
        if index > 0, argument.valueName == "no-" + (own[index - 1].valueName ?? "") { continue }
        var title = head(argument)
        if index + 1 < own.count, own[index + 1].valueName == "no-" + (argument.valueName ?? "") {
            title += ", " + head(own[index + 1])
        }
        lines += [".TP", title]
        var words = argument.abstract ?? ""
        if argument.isRepeating, argument.kind == "option", !words.contains("more than once") {
            words += " May be given more than once."
        }
        lines.append(escaped(words))
    }
    for subcommand in command.subcommands ?? [] { lines += section(subcommand) }
    return lines
}

let dump: Dump
do {
    dump = try JSONDecoder().decode(Dump.self, from: FileHandle.standardInput.readDataToEndOfFile())
} catch {
    let words = "manual-page: the output of --experimental-dump-help is expected: \(error)\n"
    FileHandle.standardError.write(Data(words.utf8))
    exit(65)
}
let version = CommandLine.arguments.dropFirst().first ?? ""
let commands = (dump.command.subcommands ?? []).filter { $0.commandName != "help" }
// Examples stand with their commands; the paragraphs before them describe the whole.
let description = (dump.command.discussion ?? "").components(separatedBy: "\n\nEXAMPLES")[0]

var page = [
    ".\\\" Written by Scripts/write-manual. Do not edit.",
    ".TH BRIDLE 1 \"\" \"bridle \(version)\" \"User Commands\"",
    ".nh", ".ad l",
    ".SH NAME", "bridle \\- look for traces of mercenary spyware in the evidence of a phone",
    ".SH SYNOPSIS", "\\fBbridle\\fR \\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]",
    ".SH DESCRIPTION", escaped(dump.command.abstract ?? ""),
]
page += body(description)
page.append(
    """
    .PP
    The result of a command goes to standard output, everything else to standard error.
    .SH COMMANDS
    """)
for command in commands { page += section(command) }
page.append(
    #"""
    .SH GENERAL OPTIONS
    .TP
    \fB\-h\fR, \fB\-\-help\fR
    Show the help of the command. The short form is the same as the long one.
    .TP
    \fB\-\-version\fR
    Show the version.
    .SH EXIT STATUS
    .TP
    \fB0\fR
    The command ran to its end, whatever was found.
    .TP
    \fB10\fR
    It ran to its end, and something at or above \fB\-\-fail\-on\fR was found.
    .TP
    \fB20\fR
    It ran to its end, and something was damaged or not read to its end; only with \fB\-\-strict\fR.
    .TP
    \fB64\fR
    Wrong use of the command.
    .TP
    \fB65\fR
    The evidence is not what it should be: no backup, several of them, or too damaged to be read.
    .TP
    \fB66\fR
    The evidence or the indicators are not there, or can't be opened.
    .TP
    \fB73\fR
    The output can't be written.
    .TP
    \fB77\fR
    The password or key is missing or wrong.
    .TP
    \fB130\fR
    Interrupted. A case folder then holds what was read so far and is marked incomplete.
    .SH FILES
    .TP
    \fI\(ti/.local/share/bridle/indicators\fR
    The store of indicators: every file in it is used by every check, unless \fB\-\-no\-store\fR is given.
    .SH ENVIRONMENT
    .TP
    \fBBRIDLE_DATA\fR
    The folder that holds the folder of the store, in place of \fI\(ti/.local/share/bridle\fR.
    .TP
    \fBXDG_DATA_HOME\fR
    Used in place of \fI\(ti/.local/share\fR if it is an absolute path and \fBBRIDLE_DATA\fR is not set.
    .TP
    \fBNO_COLOR\fR
    If set, no colours are used.
    .SH CAVEATS
    A check compares what it reads with what researchers have published.
    What nobody has published, and what left no record in this kind of evidence, is not found.
    No output of this command can say that a device was never attacked, and only an expert can confirm that it was.
    .PP
    A case folder holds a part of a private life in plain text.
    It is readable by its owner only; keep it on an encrypted disk.
    .PP
    Other programs of the same account may see the variable that \fB\-\-password\-env\fR names.
    """#)
print(page.joined(separator: "\n"))
