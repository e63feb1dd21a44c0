# zsh: put  source <(cxrnet completion zsh)  into ~/.zshrc, behind compinit
_cxrnet_complete() {
    local line="${BUFFER#* }" point=$((CURSOR - ${#words[1]} - 1))
    local -a found
    found=("${(@f)$(cxrnet "[suggest:$point]" "$line" 2>/dev/null)}")
    if (( ${#found} > 0 )) && [[ -n "${found[1]}" ]]; then
        compadd -- "${found[@]}"
    else
        _files
    fi
}
compdef _cxrnet_complete cxrnet
