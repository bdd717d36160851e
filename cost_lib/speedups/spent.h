/* What an answer used, and what that costs. */

#ifndef COSTMARK_SPENT_H
#define COSTMARK_SPENT_H

#include "line.h"

enum { SPENT, READ, WRITTEN, HOUR, MADE }; /* the meters, in the order of their rates */

typedef struct {
    const Answered *one;
    int64_t counts[METERS];
    int64_t reasoned;
} Spent;

/* Whether an answer is one that is known; if so, what it used. */
int is_of(Answered *one, const Line *line, Bytes asked, Bytes answer, int64_t at, Spent *spent);

/* Whether nothing speaks against the price: neither the request nor a count without a rate. */
int has_price(const Spent *spent, Bytes asked);

#endif
