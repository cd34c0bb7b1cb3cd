# bash completion for bellwire. The commands are those of "bellwire --help".

_bellwire() {
    local cur=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]-}
    local commands="phone:list phone:show phone:tail phone:inbox phone:adopt phone:import phone:export phone:urls
        phone:provision phone:send phone:dial phone:trigger phone:capture phone:console
        phone:drain phone:vendors phone:simulate health backup restore upgrade help"

    # A colon parts words for bash: put together again what it took apart.
    if declare -F _get_comp_words_by_ref >/dev/null; then
        local words cword
        _get_comp_words_by_ref -n : cur words cword
        command=${words[1]-}
        if [ "$cword" -eq 1 ]; then
            command=
        fi
    elif [ "$COMP_CWORD" -eq 1 ]; then
        command=
    fi
    case "$command" in
        '') mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$cur") ;;
        phone:list | phone:show | phone:inbox) mapfile -t COMPREPLY < <(compgen -W --json -- "$cur") ;;
        phone:tail) mapfile -t COMPREPLY < <(compgen -W "--vendor --events --states --commands" -- "$cur") ;;
        phone:import) mapfile -t COMPREPLY < <(compgen -f -W --dry-run -- "$cur") ;;
        phone:provision) mapfile -t COMPREPLY < <(compgen -d -W "--format --all --push --restore" -- "$cur") ;;
        phone:drain) mapfile -t COMPREPLY < <(compgen -W --off -- "$cur") ;;
        phone:trigger) mapfile -t COMPREPLY < <(compgen -W --cancel -- "$cur") ;;
        health) mapfile -t COMPREPLY < <(compgen -W --wait -- "$cur") ;;
        backup) mapfile -t COMPREPLY < <(compgen -f -W --passphrase-file -- "$cur") ;;
        restore) mapfile -t COMPREPLY < <(compgen -f -W "--passphrase-file --dry-run" -- "$cur") ;;
        upgrade) mapfile -t COMPREPLY < <(compgen -d -W "--from --dry-run" -- "$cur") ;;
        *) COMPREPLY=() ;;
    esac
    if declare -F __ltrim_colon_completions >/dev/null; then
        __ltrim_colon_completions "$cur"
    fi
}
complete -o filenames -F _bellwire bellwire
