#!/usr/bin/env bash
# What linters say, of those that are installed: clang-format, clang-tidy, cppcheck, shellcheck. Changes nothing.
set -uo pipefail

cd "$(dirname "$0")/.." || exit 1
failed=0
mapfile -t c_files < <(git ls-files '*.c' '*.h')
mapfile -t shell_files < <(git ls-files 'scripts/*.sh' '.ci/run')
report() {
    if "${@:2}"; then echo "ok      $1"; else echo "FAILED  $1"; failed=1; fi
}
has() {
    command -v "$1" >/dev/null || { echo "absent  $1"; return 1; }
}

if has clang-format; then report clang-format clang-format --dry-run --Werror "${c_files[@]}"; fi
if has shellcheck; then report shellcheck shellcheck "${shell_files[@]}"; fi
if has cppcheck; then
    # ctuuninitvar does not see that a function fills what it is given the address of; jansson's loops are unknown macros.
    report cppcheck cppcheck --quiet --std=c11 --error-exitcode=1 --enable=warning,portability --inline-suppr \
        --suppress=missingIncludeSystem --suppress=ctuuninitvar --suppress=unknownMacro \
        -Imod_streampulse/core -Imod_streampulse/store -Imod_streampulse/httpd mod_streampulse
fi
if has clang-tidy; then
    read -r -a flags < <(make -s print-flags)
    mapfile -t sources < <(git ls-files 'mod_streampulse/*.c')
    # Left out: what the style asks for (assignments in conditions, "if (strcmp(...))", names with _t), arrays of pointers, sizes and characters that are small by construction,
    # and memcpy, memset and their like, for which there are no others.
    checks='-*,bugprone-*,clang-analyzer-*,-clang-analyzer-security.insecureAPI.*'
    for check in easily-swappable-parameters assignment-in-if-condition reserved-identifier suspicious-string-compare narrowing-conversions \
        sizeof-expression implicit-widening-of-multiplication-result; do
        checks+=",-bugprone-$check"
    done
    report clang-tidy clang-tidy --quiet --warnings-as-errors='*' --checks="$checks" \
        "${sources[@]}" -- "${flags[@]}"
fi
exit "$failed"
