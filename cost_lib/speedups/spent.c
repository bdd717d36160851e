/* What an answer used, and what that costs. */

#include "spent.h"

#define MOST_TOKENS 1000000000000LL

static int64_t
count_at(const Answered *one, const int64_t *found, int place)
{
    return one->order[place] < 0 ? 0 : found[one->order[place]];
}

/* Take the counts of an answer whose layout is known; 0 where they do not add up. */
static int
take_counts(const Answered *one, const int64_t *found, Spent *spent)
{
    int64_t *counts = spent->counts, words[6], sum = 0;
    int is_sound;
    for (int place = 0; place < 6; place++) {
        words[place] = count_at(one, found, place);
    }
    counts[SPENT] = words[0];
    counts[MADE] = words[1];
    counts[READ] = words[2];
    if (one->is_message) {
        counts[HOUR] = words[4];
        counts[WRITTEN] = words[3] - words[4];
        spent->reasoned = 0;
        is_sound = counts[WRITTEN] >= words[5];
    }
    else {
        counts[HOUR] = counts[WRITTEN] = 0;
        spent->reasoned = words[4];
        is_sound = words[0] + words[1] == words[3] && words[4] <= words[1] && words[2] <= words[0];
        counts[SPENT] -= words[2];
    }
    for (int place = 0; place < METERS; place++) {
        sum += counts[place];
    }
    return is_sound && sum > 0 && sum <= MOST_TOKENS;
}

/* Match the tail where it began in the last answer, else where its mark stands last. Nothing in a tail that matches can be another
 * mark: its values hold no quotes. */
static int
has_tail(Answered *one, Bytes answer, int64_t counts[MOST_COUNTS])
{
    const char *end = answer.data + answer.size, *tail;
    if (one->from_end <= answer.size && pattern_match(&one->tail, end - one->from_end, end, counts) == end) {
        return 1;
    }
    tail = find_last(answer.data, answer.size, one->mark.data, one->mark.size);
    if (tail == NULL || pattern_match(&one->tail, tail, end, counts) != end) {
        return 0;
    }
    one->from_end = (size_t)(end - tail);
    return 1;
}

int
is_of(Answered *one, const Line *line, Bytes asked, Bytes answer, int64_t at, Spent *spent)
{
    static const Bytes tier = {"\"service_tier\"", sizeof "\"service_tier\"" - 1};
    int64_t counts[MOST_COUNTS], none[MOST_COUNTS];
    if (at < one->start || at >= one->end || (line->is_asked && !ends_with(asked, one->last) && !starts_with(asked, one->first))) {
        return 0;
    }
    if (!has_tail(one, answer, counts) || !take_counts(one, counts, spent)) {
        return 0;
    }
    if (one->head.count && pattern_match(&one->head, answer.data, answer.data + answer.size, none) == NULL) {
        return 0;
    }
    spent->one = one;
    return !(one->is_bare && contains(answer, tier));
}

int
has_price(const Spent *spent, Bytes asked)
{
    const Answered *one = spent->one;
    for (int place = 0; place < METERS; place++) {
        if (spent->counts[place] && one->gaps & 1 << place) {
            return 0;
        }
    }
    for (int word = 0; word < one->words; word++) {
        if (holds(asked, one->unless[word])) {
            return 0;
        }
    }
    return 1;
}
