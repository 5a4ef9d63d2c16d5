#!/bin/bash

__bridle_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__bridle_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__bridle_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__bridle_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_bridle() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    check|recheck|inspect|decrypt|key|indicators|rules|artifacts|annotate|report|demo|help)
        # Offer subcommand argument completions
        "_bridle_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'check recheck inspect decrypt key indicators rules artifacts annotate report demo help' -- "${cur}"))
        ;;
    esac
}

_bridle_check() {
    repeating_flags=()
    non_repeating_flags=(--no-store --no-default-rules --resolve-short-links --force --hashes --records --no-records --strict --json --include-content --quiet --no-progress --no-color --version -h --help)
    repeating_options=(-i --indicators --rules --artifact)
    non_repeating_options=(--password-file --password-env --key-file --proxy --output -o --yara --jobs --since --until --fail-on)
    __bridle_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--indicators')
        return
        ;;
    '--rules')
        return
        ;;
    '--password-file')
        return
        ;;
    '--password-env')
        return
        ;;
    '--key-file')
        return
        ;;
    '--proxy')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--artifact')
        return
        ;;
    '--yara')
        return
        ;;
    '--jobs')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--fail-on')
        return
        ;;
    esac
}

_bridle_recheck() {
    repeating_flags=()
    non_repeating_flags=(--no-store --no-default-rules --resolve-short-links --rules-only --force --strict --json --quiet --no-progress --no-color --version -h --help)
    repeating_options=(-i --indicators --rules)
    non_repeating_options=(--proxy --output -o --jobs --fail-on)
    __bridle_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--indicators')
        return
        ;;
    '--rules')
        return
        ;;
    '--proxy')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--jobs')
        return
        ;;
    '--fail-on')
        return
        ;;
    esac
}

_bridle_inspect() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--password-file --password-env --key-file)
    __bridle_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--password-file')
        return
        ;;
    '--password-env')
        return
        ;;
    '--key-file')
        return
        ;;
    esac
}

_bridle_decrypt() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--only)
    non_repeating_options=(--jobs --password-file --password-env --key-file)
    __bridle_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--only')
        return
        ;;
    '--jobs')
        return
        ;;
    '--password-file')
        return
        ;;
    '--password-env')
        return
        ;;
    '--key-file')
        return
        ;;
    esac
}

_bridle_key() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --password-file --password-env)
    __bridle_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        return
        ;;
    '--password-file')
        return
        ;;
    '--password-env')
        return
        ;;
    esac
}

_bridle_indicators() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|sources|update|add|remove|history|rollback|prune|verify|test|export|keygen)
        # Offer subcommand argument completions
        "_bridle_indicators_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show sources update add remove history rollback prune verify test export keygen' -- "${cur}"))
        ;;
    esac
}

_bridle_indicators_list() {
    repeating_flags=()
    non_repeating_flags=(--no-store --version -h --help)
    repeating_options=(-i --indicators)
    non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-i'|'--indicators')
        return
        ;;
    esac
}

_bridle_indicators_show() {
    repeating_flags=()
    non_repeating_flags=(--no-store --version -h --help)
    repeating_options=(-i --indicators)
    non_repeating_options=()
    __bridle_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-i'|'--indicators')
        return
        ;;
    esac
}

_bridle_indicators_sources() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 0
}

_bridle_indicators_update() {
    repeating_flags=()
    non_repeating_flags=(--allow-older --quiet --version -h --help)
    repeating_options=()
    non_repeating_options=(--proxy)
    __bridle_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--proxy')
        return
        ;;
    esac
}

_bridle_indicators_add() {
    repeating_flags=()
    non_repeating_flags=(--allow-older --allow-damaged --version -h --help)
    repeating_options=(--key)
    non_repeating_options=()
    __bridle_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--key')
        return
        ;;
    esac
}

_bridle_indicators_remove() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options -1
}

_bridle_indicators_history() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 0
}

_bridle_indicators_rollback() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 1
}

_bridle_indicators_prune() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--keep)
    __bridle_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--keep')
        return
        ;;
    esac
}

_bridle_indicators_verify() {
    repeating_flags=()
    non_repeating_flags=(--no-store --version -h --help)
    repeating_options=(-i --indicators)
    non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-i'|'--indicators')
        return
        ;;
    esac
}

_bridle_indicators_test() {
    repeating_flags=()
    non_repeating_flags=(--no-store --version -h --help)
    repeating_options=(-i --indicators)
    non_repeating_options=(--clean)
    __bridle_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--clean')
        return
        ;;
    '-i'|'--indicators')
        return
        ;;
    esac
}

_bridle_indicators_export() {
    repeating_flags=()
    non_repeating_flags=(--force --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --sign --name --sequence --publisher --licence)
    __bridle_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        return
        ;;
    '--sign')
        return
        ;;
    '--name')
        return
        ;;
    '--sequence')
        return
        ;;
    '--publisher')
        return
        ;;
    '--licence')
        return
        ;;
    esac
}

_bridle_indicators_keygen() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 1
}

_bridle_rules() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|test|new)
        # Offer subcommand argument completions
        "_bridle_rules_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show test new' -- "${cur}"))
        ;;
    esac
}

_bridle_rules_list() {
    repeating_flags=()
    non_repeating_flags=(--no-default-rules --markdown --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    esac
}

_bridle_rules_show() {
    repeating_flags=()
    non_repeating_flags=(--no-default-rules --markdown --version -h --help)
    repeating_options=(--rules)
    non_repeating_options=()
    __bridle_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--rules')
        return
        ;;
    esac
}

_bridle_rules_test() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--clean)
    non_repeating_options=(--password-file --password-env --key-file)
    __bridle_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--clean')
        return
        ;;
    '--password-file')
        return
        ;;
    '--password-env')
        return
        ;;
    '--key-file')
        return
        ;;
    esac
}

_bridle_rules_new() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--service --output -o)
    __bridle_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--service')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    esac
}

_bridle_artifacts() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show)
        # Offer subcommand argument completions
        "_bridle_artifacts_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show' -- "${cur}"))
        ;;
    esac
}

_bridle_artifacts_list() {
    repeating_flags=()
    non_repeating_flags=(--markdown --comparison --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 0
}

_bridle_artifacts_show() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 1
}

_bridle_annotate() {
    repeating_flags=()
    non_repeating_flags=(--suppress --dispute --confirm --withdraw --list --version -h --help)
    repeating_options=()
    non_repeating_options=(--reason --by)
    __bridle_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--reason')
        return
        ;;
    '--by')
        return
        ;;
    esac
}

_bridle_report() {
    repeating_flags=()
    non_repeating_flags=(--json --quiet --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 1
}

_bridle_demo() {
    repeating_flags=()
    non_repeating_flags=(--force --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options 1
}

_bridle_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __bridle_offer_flags_options -1
}

complete -o filenames -F _bridle bridle
