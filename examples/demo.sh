#!/bin/sh
# The main job on the sample application: what costmark finds in it, then the same application with every call tagged.
set -eu
cd "$(dirname "$0")/support_bot"

run() {
    printf '\n$ (cd examples/support_bot/%s && %s)\n' "$1" "$2"
    (cd "$1" && $2)
}

if run raw "costmark check --no-cache --statistics"; then
    echo "demo: the raw version should have findings" >&2
    exit 1
fi
run tagged "costmark check --no-cache --statistics"
printf '\nThe difference between the two:\n\n'
diff -ru raw tagged | grep '^[-+][^-+]'
