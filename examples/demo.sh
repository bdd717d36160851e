#!/bin/sh
# The whole way on a sample application: what costmark finds in it, the calls tagged by costmark fix, the bot at work against
# a server on this machine that replays answers, and what it has spent.
set -eu
cd "$(dirname "$0")"
examples=$PWD
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
cp -r support_bot/costmark.toml support_bot/raw "$work"
cd "$work/raw"
unset COSTMARK_POLICY COSTMARK_EVENTS_DIR COSTMARK_SINK COSTMARK_OFF

say() {
    printf '\n== %s\n' "$1"
}

run() {
    printf '\n$ %s\n' "$*"
    "$@"
}

say "1. The application as it is: no call says what it is spent on"
if run costmark check --no-cache --statistics; then
    echo "demo: the raw version should have findings" >&2
    exit 1
fi

say "2. A feature for each call: costmark proposes names, people change them where they know better"
run costmark fix --plan plan.csv
sed -e 's/,is_in_handbook,is_in_handbook,/,is_in_handbook,faq_check,/' \
    -e 's/,answer_from_handbook,answer_from_handbook,/,answer_from_handbook,faq_answer,/' \
    -e 's/,ask,ask,/,ask,complex_reasoning,/' \
    -e 's/,summarise,summarise,/,summarise,ticket_summary,/' plan.csv > edited.csv
run costmark fix --apply edited.csv
printf '\n$ diff -r before after\n'
diff -r "$examples/support_bot/raw/support_bot" support_bot | grep '^[<>]' || true

say "3. Every call is tagged"
run costmark check --no-cache --statistics

say "4. The bot at work: two providers, seven conversations, answers replayed on 127.0.0.1"
python "$examples/replay_server.py" "$work/port" &
server=$!
waited=0
until [ -s "$work/port" ]; do
    waited=$((waited + 1))
    [ "$waited" -lt 100 ] || { echo "demo: the replay server did not start" >&2; exit 1; }
    sleep 0.1
done
address=http://127.0.0.1:$(cat "$work/port")
export OPENAI_BASE_URL="$address/v1" OPENAI_API_KEY=replayed ANTHROPIC_BASE_URL="$address" ANTHROPIC_API_KEY=replayed
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
printf '\n$ python conversations.py\n'
PYTHONPATH=. python "$examples/support_bot/conversations.py"

say "5. What it has cost: by feature and segment, the dearest conversations, and what an answer costs"
run costmark report
run costmark chains --limit 3
run costmark unit --by segment
