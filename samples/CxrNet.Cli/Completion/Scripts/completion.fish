# fish: cxrnet completion fish > ~/.config/fish/completions/cxrnet.fish
complete -c cxrnet -a '(set -l line (string replace -r "^\S+ " "" -- (commandline -cp)); cxrnet "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'
