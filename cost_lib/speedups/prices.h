/* What plain tokens cost, in nano-USD of 63 bits. */

#ifndef COSTMARK_PRICES_H
#define COSTMARK_PRICES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "text.h"

#define METERS 5 /* that have a rate: input, cache read, cache write for 5 minutes and for an hour, output */
#define MOST_TIERS 8

typedef struct {
    int64_t above; /* tokens of the context */
    int has_cached; /* which counts those of the cache */
    int64_t rates[METERS];
} Tier;

typedef struct {
    int64_t rates[METERS]; /* below zero: none */
    int tier_count;
    Tier tiers[MOST_TIERS];
} Prices;

/* Take over rates and tiers, as Plan of cost_lib/price_plans.py has them; -1 with an exception set where they do not fit in:
 * ValueError, or OverflowError. */
int prices_read(Prices *prices, PyObject *rates, PyObject *tiers);

/* Cost in all and in parts; 0 where there is no rate, or a number is too large. */
int price(const Prices *prices, const int64_t counts[METERS], int64_t parts[METERS], int64_t *cost);

/* Write the parts as members. */
void put_split(Text *text, const int64_t counts[METERS], const int64_t parts[METERS]);

#endif
