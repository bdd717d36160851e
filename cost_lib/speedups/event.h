/* What is said of one call beside its counts, and its line. */

#ifndef COSTMARK_EVENT_H
#define COSTMARK_EVENT_H

#include "clock.h"
#include "spent.h"
#include "text.h"

typedef struct {
    PyObject *now;    /* heads of ids */
    PyObject *who;    /* what is said of the tags */
    PyObject *own;    /* and before that, of those that differ from request to request */
    Bytes time, event, operation, says, says_first;
    int64_t at, taken; /* nanoseconds */
    int64_t next;
    Bytes given; /* the provider's id of the request */
} Told;

/* Write the line of an event. */
void put_event(Text *text, const Told *told, const Spent *spent, const int64_t parts[METERS], int64_t cost);

void put_bytes(Text *text, Bytes piece);

#endif
