/* What requests of one line of code have in common, as Route of cost_lib/metering/routes.py knows it, in one block. */

#ifndef COSTMARK_LINE_H
#define COSTMARK_LINE_H

#include "bytes.h"
#include "layout.h"
#include "prices.h"

#define MOST_ANSWERS 8
#define MOST_WORDS 4 /* that a request must not hold */

typedef struct {
    int64_t start, end; /* of the time in which the price holds, in nanoseconds since the epoch */
    Bytes first, last;  /* how a request for the model may begin, or end */
    Bytes before, after;
    Bytes mark;
    Pattern tail, head;
    signed char order[6]; /* which of the tail's counts; one that is not there is zero */
    int is_message, is_bare, gaps;
    int words;
    Bytes unless[MOST_WORDS];
    Prices prices;
    size_t from_end;  /* bytes, where the tail of the last answer began */
    PyObject *source; /* the tuple that holds the bytes */
} Answered;

typedef struct {
    PyObject_HEAD
    PyObject *packages, *client, *rules, *uri, *method, *body; /* what tells the route */
    PyObject *url, *agent, *first_try, *kind, *id_name;
    Bytes barred;
    PyObject *barred_source;
    Py_ssize_t count, agent_at, retry_at, heads, kind_at, id_at;
    int is_asked;
    int answers;
    Answered answered[MOST_ANSWERS];
} Line;

extern PyTypeObject *line_type;

int add_line(PyObject *module);

#endif
