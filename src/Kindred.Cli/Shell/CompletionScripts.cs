namespace Kindred.Cli.Shell;

/// <summary>Completion scripts for shells. A script contains no words; it asks the command for completions.</summary>
internal static class CompletionScripts
{
    /// <summary>The supported shells.</summary>
    public static readonly string[] Shells = ["bash", "zsh"];

    // Bash splits words at '=', so the part after it is completed alone. File names are left to bash.
    private const string Bash = """
        # Completion of kindred for bash: source <(kindred completion bash)
        _kindred() {
            local program=${COMP_WORDS[0]/#\~/$HOME} word=${COMP_WORDS[COMP_CWORD]} kind line
            COMPREPLY=()
            [[ $word != "=" ]] || word=
            {
                read -r kind
                case $kind in
                    files | folders)
                        compopt -o filenames 2> /dev/null
                        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -"$([[ $kind == files ]] && echo f || echo d)" -- "$word")
                        ;;
                    words)
                        compopt +o default 2> /dev/null
                        while IFS= read -r line; do COMPREPLY+=("${line%%$'\t'*}"); done
                        ;;
                esac
            } < <("$program" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
        }
        complete -o default -F _kindred kindred
        """;

    private const string Zsh = """
        #compdef kindred
        # Completion of kindred for zsh: source <(kindred completion zsh)
        _kindred() {
            local answer kind line
            local -a lines known
            answer=$("${words[1]/#\~/$HOME}" complete -- "${(@)words[2,CURRENT]}" 2> /dev/null) || return 1
            lines=("${(@f)answer}")
            kind=$lines[1]
            case $kind in
                files) _files ;;
                folders) _files -/ ;;
                words)
                    for line in "${(@)lines[2,-1]}"; do
                        known+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
                    done
                    (( $#known )) && _describe kindred known
                    ;;
            esac
        }
        if [[ $funcstack[1] == _kindred ]]; then _kindred "$@"; else compdef _kindred kindred; fi
        """;

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell) => shell == "zsh" ? Zsh : Bash;
}
