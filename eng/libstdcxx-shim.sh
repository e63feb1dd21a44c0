#!/usr/bin/env bash
# libtorch 2.10 asks for std::ios_base_library_init() at GLIBCXX_3.4.32 (GCC 13). Debian 12 and Ubuntu 22.04 ship GCC 12,
# whose C++ runtime has all the rest. Where that is so, this builds a tiny libstdc++.so.6 that adds the one symbol and
# passes everything else on to the system's library; elsewhere it does nothing. Nothing of ONNX Runtime needs it.
#
#   eng/libstdcxx-shim.sh dotnet run -c Release --project samples/CompareBackends   runs a command with it
#   eng/libstdcxx-shim.sh                                                           prints its folder for LD_LIBRARY_PATH, or nothing
set -euo pipefail

wanted=GLIBCXX_3.4.32

fail() { echo "libstdcxx-shim: $*" >&2; exit 1; }

# The library that the loader would take: LD_LIBRARY_PATH first, then its cache (ldconfig is often outside a user's PATH).
find_runtime() {
    local folder
    while IFS= read -r folder; do
        if [ -n "$folder" ] && [ -e "$folder/libstdc++.so.6" ]; then
            echo "$folder/libstdc++.so.6"
            return
        fi
    done < <(tr ':' '\n' <<<"${LD_LIBRARY_PATH:-}")
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | awk -v arch="$(uname -m | tr _ -)" \
        '$1 == "libstdc++.so.6" && index($0, arch) && !seen++ { print $NF }'
}

# $1: the system's library, $2: the folder to fill.
build() {
    command -v g++ >/dev/null && command -v objdump >/dev/null ||
        fail "$1 lacks $wanted, which libtorch needs, and there is no g++ to bridge it: install g++ (Debian, Ubuntu: apt install g++), or a C++ runtime of GCC 13 or later."
    local work
    mkdir -p "$(dirname "$2")"
    work=$(mktemp -d "$2.XXXXXX")
    # <iostream> brings a static std::ios_base::Init: the streams are ready once this library is loaded, and the function
    # that GCC 13's headers call for the same purpose has nothing left to do.
    cat >"$work/shim.cpp" <<'CPP'
#include <iostream>
namespace std { void ios_base_library_init() {} }
CPP
    # Every version name of the real library, so that whoever asks "libstdc++.so.6" for one finds it here, and the two that are missing.
    {
        objdump -p "$1" | sed -n '/^Version definitions:/,/^$/p' | awk '$4 ~ /^(GLIBCXX|CXXABI)_/ { print $4 " { };" }'
        echo "GLIBCXX_3.4.31 { };"
        echo "$wanted { global: _ZSt21ios_base_library_initv; local: *; };"
    } >"$work/versions"
    # DT_NEEDED must be the real library's absolute path, since its name is ours now: a stub whose SONAME is that path gets it there.
    gcc -shared -x c /dev/null -o "$work/stub.so" -Wl,-soname,"$1"
    g++ -O2 -fPIC -c "$work/shim.cpp" -o "$work/shim.o"
    # Linked by gcc: g++ would add -lstdc++, that is, a reference to our own name.
    gcc -shared "$work/shim.o" -o "$work/libstdc++.so.6" -Wl,-soname,libstdc++.so.6 \
        -Wl,--version-script,"$work/versions" -Wl,--no-as-needed "$work/stub.so"
    rm "$work"/{shim.cpp,shim.o,stub.so,versions}
    # Another process may have been faster; its result is as good.
    mv -T "$work" "$2" 2>/dev/null || rm -rf "$work"
}

shim=
if [ "$(uname -s)" = Linux ]; then
    runtime=$(find_runtime)
    if [[ $runtime == */libstdcxx-shim-*/libstdc++.so.6 ]]; then
        # In front already: whoever sets LD_LIBRARY_PATH to what is printed twice would lose it.
        shim=$(dirname "$runtime")
    elif [ -n "$runtime" ] && ! grep -aqF "$wanted" "$runtime"; then
        # Named by the library's content: an update of the system makes a new one.
        shim="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/cxrnet/libstdcxx-shim-$(sha256sum <"$runtime" | cut -c1-16)"
        [ -e "$shim/libstdc++.so.6" ] || build "$runtime" "$shim"
    fi
fi

if [ $# -eq 0 ]; then
    echo "$shim"
    exit
fi

[ -z "$shim" ] || export LD_LIBRARY_PATH="$shim${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
# libtorch tells on stderr that this CPU has no NNPACK, once per process.
export TORCH_CPP_LOG_LEVEL="${TORCH_CPP_LOG_LEVEL:-ERROR}"
exec "$@"
