# bash: put  source <(cxrnet completion bash)  into ~/.bashrc
_cxrnet_complete() {
    local line="${COMP_LINE#* }" point=$((COMP_POINT - ${#COMP_WORDS[0]} - 1))
    local IFS=$'\n'
    # shellcheck disable=SC2207
    COMPREPLY=($(compgen -W "$(cxrnet "[suggest:$point]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
# Where the program has nothing to say, a file's name is asked for.
complete -o default -F _cxrnet_complete cxrnet
