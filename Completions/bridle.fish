function __bridle_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __bridle_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __bridle_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __bridle_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __bridle_parse_tokens -S
    set -l unparsed_tokens (__bridle_tokens -pc)
    switch $unparsed_tokens[1]
    case 'bridle'
        __bridle_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'check'
            __bridle_parse_subcommand -r 1 'i/indicators=+' 'no-store' 'rules=+' 'no-default-rules' 'password-file=' 'password-env=' 'key-file=' 'resolve-short-links' 'proxy=' 'o/output=' 'force' 'artifact=+' 'hashes' 'yara=' 'jobs=' 'records' 'no-records' 'since=' 'until=' 'fail-on=' 'strict' 'json' 'include-content' 'quiet' 'no-progress' 'no-color' 'version' 'h/help'
        case 'recheck'
            __bridle_parse_subcommand -r 1 'i/indicators=+' 'no-store' 'rules=+' 'no-default-rules' 'resolve-short-links' 'proxy=' 'rules-only' 'o/output=' 'force' 'jobs=' 'fail-on=' 'strict' 'json' 'quiet' 'no-progress' 'no-color' 'version' 'h/help'
        case 'inspect'
            __bridle_parse_subcommand 1 'password-file=' 'password-env=' 'key-file=' 'version' 'h/help'
        case 'decrypt'
            __bridle_parse_subcommand 2 'only=+' 'jobs=' 'password-file=' 'password-env=' 'key-file=' 'version' 'h/help'
        case 'key'
            __bridle_parse_subcommand 1 'o/output=' 'password-file=' 'password-env=' 'version' 'h/help'
        case 'indicators'
            __bridle_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __bridle_parse_subcommand 0 'i/indicators=+' 'no-store' 'version' 'h/help'
            case 'show'
                __bridle_parse_subcommand 1 'i/indicators=+' 'no-store' 'version' 'h/help'
            case 'sources'
                __bridle_parse_subcommand 0 'version' 'h/help'
            case 'update'
                __bridle_parse_subcommand -r 1 'proxy=' 'allow-older' 'quiet' 'version' 'h/help'
            case 'add'
                __bridle_parse_subcommand -r 1 'key=+' 'allow-older' 'allow-damaged' 'version' 'h/help'
            case 'remove'
                __bridle_parse_subcommand -r 1 'version' 'h/help'
            case 'history'
                __bridle_parse_subcommand 0 'version' 'h/help'
            case 'rollback'
                __bridle_parse_subcommand 1 'version' 'h/help'
            case 'prune'
                __bridle_parse_subcommand 0 'keep=' 'version' 'h/help'
            case 'verify'
                __bridle_parse_subcommand 0 'i/indicators=+' 'no-store' 'version' 'h/help'
            case 'test'
                __bridle_parse_subcommand 0 'clean=' 'i/indicators=+' 'no-store' 'version' 'h/help'
            case 'export'
                __bridle_parse_subcommand 0 'o/output=' 'sign=' 'name=' 'sequence=' 'publisher=' 'licence=' 'force' 'version' 'h/help'
            case 'keygen'
                __bridle_parse_subcommand 1 'version' 'h/help'
            end
        case 'rules'
            __bridle_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __bridle_parse_subcommand 0 'rules=+' 'no-default-rules' 'markdown' 'version' 'h/help'
            case 'show'
                __bridle_parse_subcommand 1 'rules=+' 'no-default-rules' 'markdown' 'version' 'h/help'
            case 'test'
                __bridle_parse_subcommand -r 1 'clean=+' 'password-file=' 'password-env=' 'key-file=' 'version' 'h/help'
            case 'new'
                __bridle_parse_subcommand 1 'service=' 'o/output=' 'version' 'h/help'
            end
        case 'artifacts'
            __bridle_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __bridle_parse_subcommand 0 'markdown' 'comparison' 'version' 'h/help'
            case 'show'
                __bridle_parse_subcommand 1 'version' 'h/help'
            end
        case 'annotate'
            __bridle_parse_subcommand 2 'suppress' 'dispute' 'confirm' 'withdraw' 'reason=' 'by=' 'list' 'version' 'h/help'
        case 'report'
            __bridle_parse_subcommand 1 'json' 'quiet' 'version' 'h/help'
        case 'demo'
            __bridle_parse_subcommand 1 'force' 'version' 'h/help'
        case 'help'
            __bridle_parse_subcommand -r 1 'version'
        end
    end
end

function __bridle_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __bridle_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __bridle_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __bridle_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__bridle_tokens -p)
    if test -z "$(__bridle_tokens -t)"
        set -l index (count (__bridle_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'bridle' -f
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'check' -d 'Read the evidence, compare it with published traces, and say what was found and what was not read.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'recheck' -d 'Judge the stored records of earlier cases again with today\'s indicators and rules, without the evidence.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'inspect' -d 'Say what the evidence is and which artefacts it holds; write nothing.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'decrypt' -d 'Write a decrypted copy of an encrypted backup, for use with other tools.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'key' -d 'Derive the key of an encrypted backup from its password, once.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'indicators' -d 'Published indicators: what is loaded, from whom, and what could not be used.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'rules' -d 'Rules as data: what each one means, whether it does what it says, and how to write one.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'artifacts' -d 'The artefacts that are read: places, fields with units, checks, sources.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'annotate' -d 'Suppress, dispute or confirm a finding of a case, with a reason and a name.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'report' -d 'Write the report of a stored case again, with what people said of its findings.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'demo' -d 'Make synthetic evidence of the incident of 2021, and check it from end to end.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check"' -s 'i' -l 'indicators' -d 'A file with indicators, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" no-store' -l 'no-store' -d 'Leave out the indicators of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check"' -l 'rules' -d 'A file of rules in Sigma\'s words, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" no-default-rules' -l 'no-default-rules' -d 'Leave out the rules that come with Bridle.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" password-file' -l 'password-file' -d 'Read the backup password from the first line of FILE; \'-\' is standard input.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" password-env' -l 'password-env' -d 'Read the backup password from the environment variable NAME.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" key-file' -l 'key-file' -d 'Use a key that \'bridle key\' wrote, instead of the password.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" resolve-short-links' -l 'resolve-short-links' -d 'Ask the services of short links (bit.ly, t.co ...) where those in the records lead. Each service, and often whoever made the link, learns that somebody asks, and when. Only through a proxy named by --proxy, BRIDLE_PROXY or \'proxy\' in the configuration; https_proxy alone does not count, since it was set for other programs.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" proxy' -l 'proxy' -d 'The proxy for --resolve-short-links.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" o output' -l 'output' -s 'o' -d 'Write the case to this folder. Without it nothing is written.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" force' -l 'force' -d 'Replace an existing case folder.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check"' -l 'artifact' -d 'Read only this artefact. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" hashes' -l 'hashes' -d 'Work out the SHA-256 of every file of the evidence and compare it with published hashes; reads it whole.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" yara' -l 'yara' -d 'Compare the files of messages with the YARA rules of this file; needs libyara 4.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" jobs' -l 'jobs' -d 'How many artefacts are read at a time.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" records' -l 'records' -d 'Write every record to the case, or leave the records folder empty.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" no-records' -l 'no-records' -d 'Write every record to the case, or leave the records folder empty.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" since' -l 'since' -d 'Leave earlier events out of the timeline (findings stay).' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" until' -l 'until' -d 'Leave later events out of the timeline (findings stay); a date includes its day.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" fail-on' -l 'fail-on' -d 'Exit with 10 if something of this severity or above is found.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" strict' -l 'strict' -d 'Exit with 20 if something was damaged or not read to its end.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" json' -l 'json' -d 'Print the summary as JSON.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" include-content' -l 'include-content' -d 'Write and show message bodies, notes, titles and contact details of third parties.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" quiet' -l 'quiet' -d 'Print nothing but errors and, with --json, the summary.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" no-progress' -l 'no-progress' -d 'Show no progress bar.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" no-color' -l 'no-color' -d 'Use no colours (so does the variable NO_COLOR).'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck"' -s 'i' -l 'indicators' -d 'A file with indicators, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" no-store' -l 'no-store' -d 'Leave out the indicators of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck"' -l 'rules' -d 'A file of rules in Sigma\'s words, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" no-default-rules' -l 'no-default-rules' -d 'Leave out the rules that come with Bridle.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" resolve-short-links' -l 'resolve-short-links' -d 'Ask the services of short links (bit.ly, t.co ...) where those in the records lead. Each service, and often whoever made the link, learns that somebody asks, and when. Only through a proxy named by --proxy, BRIDLE_PROXY or \'proxy\' in the configuration; https_proxy alone does not count, since it was set for other programs.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" proxy' -l 'proxy' -d 'The proxy for --resolve-short-links.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" rules-only' -l 'rules-only' -d 'Ask rules only; what indicators found is taken over.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" o output' -l 'output' -s 'o' -d 'Write the new case to this folder; with several cases, below it.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" force' -l 'force' -d 'Replace an existing case folder.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" jobs' -l 'jobs' -d 'How many artefacts are judged at a time.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" fail-on' -l 'fail-on' -d 'Exit with 10 if something of this severity or above is found.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" strict' -l 'strict' -d 'Exit with 20 if something of an earlier case is damaged or was not read to its end.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" json' -l 'json' -d 'Print the summary as JSON.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" quiet' -l 'quiet' -d 'Print nothing but errors and, with --json, the summary.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" no-progress' -l 'no-progress' -d 'Show no progress bar.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" no-color' -l 'no-color' -d 'Use no colours (so does the variable NO_COLOR).'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle recheck" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle inspect" password-file' -l 'password-file' -d 'Read the backup password from the first line of FILE; \'-\' is standard input.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle inspect" password-env' -l 'password-env' -d 'Read the backup password from the environment variable NAME.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle inspect" key-file' -l 'key-file' -d 'Use a key that \'bridle key\' wrote, instead of the password.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle inspect" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt"' -l 'only' -d 'Copy only what matches \'domain/path\' (\'*\' is any text). May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt" jobs' -l 'jobs' -d 'How many files are decrypted at a time.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt" password-file' -l 'password-file' -d 'Read the backup password from the first line of FILE; \'-\' is standard input.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt" password-env' -l 'password-env' -d 'Read the backup password from the environment variable NAME.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt" key-file' -l 'key-file' -d 'Use a key that \'bridle key\' wrote, instead of the password.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle decrypt" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle key" o output' -l 'output' -s 'o' -d 'The key file to write; it must not exist yet.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle key" password-file' -l 'password-file' -d 'Read the backup password from the first line of FILE; \'-\' is standard input.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle key" password-env' -l 'password-env' -d 'Read the backup password from the environment variable NAME.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle key" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle key" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'list' -d 'List the indicator files and what they hold.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'show' -d 'Show who published a value, when, and about what.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'sources' -d 'List the sources that \'update\' asks; connects to none.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'update' -d 'Fetch what is new from the configured sources, over a network.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'add' -d 'Add indicator files or signed packs to the store, where every check finds them.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'remove' -d 'Remove files from the store; \'rollback\' brings them back.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'history' -d 'List the generations of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'rollback' -d 'Go back to an earlier generation of the store, or forth to a later one.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'prune' -d 'Remove the oldest generations of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'verify' -d 'Report every pattern that can\'t be used, and why; and whether the store is whole.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'test' -d 'Compare the indicators with the paths of a device that nobody suspects.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'export' -d 'Write the indicators of the store as one file, signed if you like, for machines without a network.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle indicators" -eq 1' -fa 'keygen' -d 'Make a key to sign packs with, and print the public key that others trust.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators list"' -s 'i' -l 'indicators' -d 'A file with indicators, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators list" no-store' -l 'no-store' -d 'Leave out the indicators of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators list" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators show"' -s 'i' -l 'indicators' -d 'A file with indicators, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators show" no-store' -l 'no-store' -d 'Leave out the indicators of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators show" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators sources" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators sources" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators update" proxy' -l 'proxy' -d 'Fetch through this proxy.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators update" allow-older' -l 'allow-older' -d 'Take a pack that is older than the one that is there.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators update" quiet' -l 'quiet' -d 'Print nothing but errors.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators update" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators update" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators add"' -l 'key' -d 'Trust this key for packs too. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators add" allow-older' -l 'allow-older' -d 'Add a pack that is older than the one that is there.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators add" allow-damaged' -l 'allow-damaged' -d 'Add what can be read of a damaged file.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators add" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators add" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators remove" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators remove" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators history" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators history" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators rollback" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators rollback" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators prune" keep' -l 'keep' -d 'How many generations are kept; by default as configured.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators prune" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators prune" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators verify"' -s 'i' -l 'indicators' -d 'A file with indicators, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators verify" no-store' -l 'no-store' -d 'Leave out the indicators of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators verify" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators test" clean' -l 'clean' -d 'A list of device paths; \'-\' is standard input.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators test"' -s 'i' -l 'indicators' -d 'A file with indicators, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators test" no-store' -l 'no-store' -d 'Leave out the indicators of the store.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators test" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators test" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" o output' -l 'output' -s 'o' -d 'The file to write.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" sign' -l 'sign' -d 'Sign with the key that \'keygen\' wrote.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" name' -l 'name' -d 'The name of the series of packs; a newer pack of a name replaces the older.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" sequence' -l 'sequence' -d 'The number in the series, which must grow; by default the generation of the store.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" publisher' -l 'publisher' -d 'Who makes the pack.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" licence' -l 'licence' -d 'The licence of the pack.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" force' -l 'force' -d 'Replace the file if it exists.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators keygen" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle indicators keygen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle rules" -eq 1' -fa 'list' -d 'List the rules.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle rules" -eq 1' -fa 'show' -d 'Show what a rule says of itself.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle rules" -eq 1' -fa 'test' -d 'Try rules with the examples in their files, and with data on which they must stay quiet.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle rules" -eq 1' -fa 'new' -d 'Write the skeleton of a rule to ID.yml; a file that is there is never replaced.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules list"' -l 'rules' -d 'A file of rules in Sigma\'s words, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules list" no-default-rules' -l 'no-default-rules' -d 'Leave out the rules that come with Bridle.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules list" markdown' -l 'markdown' -d 'Write a page for each rule in Markdown, as in Documentation/rule-pack.md.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules list" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules show"' -l 'rules' -d 'A file of rules in Sigma\'s words, or a folder of them. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules show" no-default-rules' -l 'no-default-rules' -d 'Leave out the rules that come with Bridle.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules show" markdown' -l 'markdown' -d 'Write the page in Markdown.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules show" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules test"' -l 'clean' -d 'Data on which no rule may fire: evidence, or a list of paths. May be given more than once.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules test" password-file' -l 'password-file' -d 'Read the backup password from the first line of FILE; \'-\' is standard input.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules test" password-env' -l 'password-env' -d 'Read the backup password from the environment variable NAME.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules test" key-file' -l 'key-file' -d 'Use a key that \'bridle key\' wrote, instead of the password.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules test" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules test" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules new" service' -l 'service' -d 'The artefact whose records the rule looks at.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules new" o output' -l 'output' -s 'o' -d 'The folder of the new file.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules new" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle rules new" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle artifacts" -eq 1' -fa 'list' -d 'List the artefacts.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_positional "bridle artifacts" -eq 1' -fa 'show' -d 'Show one artefact.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts list" markdown' -l 'markdown' -d 'Write a table in Markdown, as in Documentation/artifacts.md.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts list" comparison' -l 'comparison' -d 'Write a table in Markdown that compares with the modules of MVT, as in Documentation/comparison.md.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts list" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts show" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle artifacts show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" suppress' -l 'suppress' -d 'It does not count in this case.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" dispute' -l 'dispute' -d 'Somebody disagrees with it; it still counts.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" confirm' -l 'confirm' -d 'An expert looked and confirms it.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" withdraw' -l 'withdraw' -d 'What was said of it before no longer holds.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" reason' -l 'reason' -d 'Why.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" by' -l 'by' -d 'Who says so.' -rfka ''
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" list' -l 'list' -d 'List what was said in this case.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle annotate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle report" json' -l 'json' -d 'Print the summary as JSON.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle report" quiet' -l 'quiet' -d 'Print nothing but errors and, with --json, the summary.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle report" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle demo" force' -l 'force' -d 'Replace the folder if it exists.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle demo" version' -l 'version' -d 'Show the version.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle demo" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'bridle' -n '__bridle_should_offer_completions_for_flags_or_options "bridle help" version' -l 'version' -d 'Show the version.'
