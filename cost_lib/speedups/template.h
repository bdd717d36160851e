/* What events of one model, asked for in one way, have in common while a price holds. */

#ifndef COSTMARK_TEMPLATE_H
#define COSTMARK_TEMPLATE_H

#include "prices.h"
#include "text.h"
#include "usual.h"

typedef struct {
    PyObject *before, *after, *model_class, *is_batch, *rules;
    int64_t start, end;
    int is_priced;
    Prices prices;
} Template;

/* Find the template of a call, a new reference to what keeps it; NULL with or without an exception. */
PyObject *template_of(Usual *self, Facts *facts, int64_t at);
const Template *template_in(PyObject *kept);

/* Read the counts of plain tokens; 0 where there is more to it, or less. */
int counts_read(Usual *self, PyObject *usage, int64_t counts[COUNTS]);

/* Write what was used and what it cost; 0 where there is no rate, or a number is too large. */
int put_money(Text *text, const Template *template, const int64_t counts[COUNTS]);

#endif
