#!/bin/sh
# Post a report as the one comment of a pull request, or bring the comment that is there up to date.
#
# The job that wrote the report ran on the code of the pull request: whoever opened it can have put anything into the file. What is
# posted is text, code, tables and bold print; mentions, links, images, HTML and invisible characters are taken out, and no more is
# posted than a comment may hold. Nothing of the file is run, expanded or asked for.
#
#   COSTMARK_REPORT              the file
#   REPOSITORY                   owner/name
#   HEAD_OWNER HEAD_BRANCH HEAD_SHA   where the change comes from, as the event says
#   GH_TOKEN                     for gh
set -eu
LC_ALL=C
export LC_ALL

MARKER='<!-- costmark -->'
LONGEST=60000

say() { printf 'costmark-comment: %s\n' "$*" >&2; }

# Outside of code only plain characters stay. Code is what stands between two single backticks of a line: a line in which they do
# not pair has none, and a bar inside would end the cell of a table.
harmless() {
    tr -d '\000-\010\013-\037\177' | head -c "$LONGEST" | awk '
        { sub(/\r$/, "") }
        $0 == "'"$MARKER"'" { next }
        {
            # overrides of direction, separators, characters without width
            gsub(/\342\200[\213-\217\250-\256]|\342\201[\240-\257]|\357\273\277|\330\234/, "")
            gsub(/\302\255|\315\217|\341\205[\237\240]|\341\236[\264\265]|\341\240\216|\343\205\244|\357\276\240|\363\240[\200-\277][\200-\277]/, "")
            gsub(/``+/, "\047")
            pieces = split($0, piece, "`")
            if (pieces % 2 == 0) { gsub(/`/, "\047"); pieces = split($0, piece, "`") }
            line = ""
            for (i = 1; i <= pieces; i++) {
                if (i % 2 == 1) {
                    heading = ""
                    if (i == 1 && match(piece[i], /^#+ /)) { heading = substr(piece[i], 1, RLENGTH); piece[i] = substr(piece[i], RLENGTH + 1) }
                    gsub(/[^A-Za-z0-9 .,:;|()*%+=\/_?-]/, "", piece[i])
                    gsub(/[Ww][Ww][Ww]\.|:\/\//, " ", piece[i])
                    piece[i] = heading piece[i]
                } else {
                    gsub(/[|]/, "\302\246", piece[i])
                }
                line = line (i > 1 ? "`" : "") piece[i]
            }
            print line
        }'
}

# the open pull request whose head is this very commit
find_number() {
    gh api --method GET "repos/$REPOSITORY/pulls" --raw-field state=open --raw-field "head=$HEAD_OWNER:$HEAD_BRANCH" \
        --jq ".[] | [.number, .head.sha] | @tsv" | while IFS='	' read -r number sha; do
        if [ "$sha" = "$HEAD_SHA" ]; then
            printf '%s\n' "$number"
            break
        fi
    done
}

find_comment() {
    gh api --paginate "repos/$REPOSITORY/issues/$1/comments" \
        --jq '.[] | select(.user.type == "Bot" and (.body | startswith("'"$MARKER"'"))) | .id' | head -n 1
}

if [ ! -f "$COSTMARK_REPORT" ] || [ -L "$COSTMARK_REPORT" ]; then
    say "there is no report: nothing to post"
    exit 0
fi
number=$(find_number)
if [ -z "$number" ]; then
    say "no open pull request has this commit as its head: nothing to post"
    exit 0
fi
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{
    printf '%s\n' "$MARKER"
    harmless <"$COSTMARK_REPORT"
} >"$body"
comment=$(find_comment "$number")
if [ -n "$comment" ]; then
    gh api --method PATCH "repos/$REPOSITORY/issues/comments/$comment" --field "body=@$body" --silent
else
    gh api --method POST "repos/$REPOSITORY/issues/$number/comments" --field "body=@$body" --silent
fi
