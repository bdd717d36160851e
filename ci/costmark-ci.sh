#!/bin/sh
# Run costmark in any CI: the gate, and a Markdown report for the pull request.
#
# Everything comes through the environment, nothing is ever put together to a command line from it:
#   COSTMARK_BASE       revision that the change is compared with; without it the CI's own variables are asked, and where these
#                       name none (a push) the whole project is checked
#   COSTMARK_BASELINE   accepted findings; costmark-baseline.json where there is one
#   COSTMARK_PATHS      files and folders, one a line; the working directory
#   COSTMARK_FORMAT     how findings are written: text, github, sarif ...
#   COSTMARK_OUTPUT     file for them instead of standard output
#   COSTMARK_REPORT     file for the Markdown report of the change
#   COSTMARK_COMMAND    the program, where it is not on the PATH
#
# On a change, policy and baseline are those of the base: nobody loosens the rules for his own change, nor accepts his own findings.
# No code of the project is imported or run.
#
# Leaves with the exit code of `costmark check`: 0 clean, 1 findings, 2 wrong use or configuration, 3 internal error.
set -eu

say() { printf 'costmark-ci: %s\n' "$*" >&2; }

wrong() {
    say "$*"
    exit 2
}

# the revision that a change will be merged into, as the usual CIs name it
find_base() {
    if [ -n "${COSTMARK_BASE:-}" ]; then printf '%s' "$COSTMARK_BASE"
    elif [ -n "${GITHUB_BASE_REF:-}" ]; then printf 'origin/%s' "$GITHUB_BASE_REF"
    elif [ -n "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then printf '%s' "$CI_MERGE_REQUEST_DIFF_BASE_SHA" # GitLab
    elif [ -n "${BITBUCKET_PR_DESTINATION_BRANCH:-}" ]; then printf 'origin/%s' "$BITBUCKET_PR_DESTINATION_BRANCH"
    elif [ -n "${SYSTEM_PULLREQUEST_TARGETBRANCH:-}" ]; then printf 'origin/%s' "${SYSTEM_PULLREQUEST_TARGETBRANCH#refs/heads/}" # Azure
    elif [ -n "${BUILDKITE_PULL_REQUEST_BASE_BRANCH:-}" ]; then printf 'origin/%s' "$BUILDKITE_PULL_REQUEST_BASE_BRANCH"
    elif [ -n "${CHANGE_TARGET:-}" ]; then printf 'origin/%s' "$CHANGE_TARGET" # Jenkins
    fi
}

is_known() { git rev-parse --verify --quiet --end-of-options "$1^{commit}" >/dev/null 2>&1; }

# a checkout of one commit does not have the base: fetch that too
fetch_base() {
    case $base in -*) wrong "the base '$base' is no revision" ;; esac
    command -v git >/dev/null 2>&1 || wrong "git was not found: install it in this job, or leave out the base"
    if is_known "$base"; then return; fi
    depth=
    if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ]; then depth=--depth=1; fi
    if git fetch --quiet --no-tags ${depth:+"$depth"} origin "${base#origin/}" 2>/dev/null; then base=$(git rev-parse FETCH_HEAD); fi
    is_known "$base" || wrong "the base '$base' is not in this clone and cannot be fetched: check out the whole history (GitHub: fetch-depth: 0, GitLab: GIT_DEPTH: 0)"
}

output() {
    if [ -n "${GITHUB_OUTPUT:-}" ]; then printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; fi
}

# a change can bring a file or a link of that name: neither is written through, nor taken for the report
for file in "${COSTMARK_REPORT:-}" "${COSTMARK_OUTPUT:-}"; do
    if [ -n "$file" ]; then rm -f -- "$file"; fi
done

command=${COSTMARK_COMMAND:-costmark}
command -v "$command" >/dev/null 2>&1 || wrong "'$command' was not found: pip install 'costmark[lint]', or name it in COSTMARK_COMMAND"
base=$(find_base)
baseline=${COSTMARK_BASELINE:-}
if [ -z "$baseline" ] && [ -f costmark-baseline.json ]; then baseline=costmark-baseline.json; fi

# the arguments become the paths: they may hold spaces, and begin with a hyphen
set --
while IFS= read -r path; do
    if [ -n "$path" ]; then set -- "$@" "$path"; fi
done <<PATHS
${COSTMARK_PATHS:-}
PATHS
set -- -- "$@"

if [ -n "$base" ]; then
    fetch_base
    if [ -n "${COSTMARK_REPORT:-}" ]; then
        code=0
        "$command" diff --policy-from "$base" ${baseline:+--baseline "$baseline"} --format markdown --output-file "$COSTMARK_REPORT" "$base" || code=$?
        # 1 says that the change adds something to look at: whether that fails is for the check to say
        if [ "$code" -gt 1 ]; then exit "$code"; fi
        if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$COSTMARK_REPORT" >>"$GITHUB_STEP_SUMMARY"; fi
        output report "$COSTMARK_REPORT"
    fi
    set -- --since "$base" --policy-from "$base" "$@"
fi
if [ -n "$baseline" ]; then set -- --baseline "$baseline" "$@"; fi
if [ -n "${COSTMARK_OUTPUT:-}" ]; then set -- --output-file "$COSTMARK_OUTPUT" "$@"; fi
code=0
"$command" check --format "${COSTMARK_FORMAT:-text}" "$@" || code=$?
output exit-code "$code"
exit "$code"
