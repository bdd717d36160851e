/* What is kept of usual events: whom they belong to, what they have in common. */

#ifndef COSTMARK_USUAL_H
#define COSTMARK_USUAL_H

#include "facts.h"

#define OF_REQUEST 3 /* tags that differ from request to request */
#define LENGTH(array) ((Py_ssize_t)(sizeof(array) / sizeof((array)[0])))

typedef struct {
    PyObject_HEAD
    State *state;
    PyObject *held;      /* has in_force, the policy's rules */
    PyObject *ids;       /* has now, begin and next */
    PyObject *usage;     /* the class */
    PyObject *template;  /* what events have in common, told by Python */
    PyObject *owner;     /* what is said of tags and line, told by Python */
    PyObject *own_text;  /* what is said of tags that differ from request to request, told by Python */
    PyObject *rules;     /* under which all that is kept was told */
    PyObject *templates; /* by what was called */
    PyObject *owners;    /* by line and tags */
    PyObject *in_force, *of_request[OF_REQUEST];
    PyObject *last_called, *last; /* key and value of templates */
    int has_budgets;              /* by these rules */
} Usual;

/* Take what was kept for that of other rules; 0 where no rules are in force yet, or an exception is set. */
int rules_held(Usual *self);

/* Find what is said of tags and line: a new reference to (text, rules, whether such calls may go on unasked, None or the settings by
 * which own_text is asked for what stands before the text). */
PyObject *owner_of(Usual *self, PyObject *tags, PyObject *site);

/* Keep something in one of the tables; of those that are full all is let go. */
int keep_in(PyObject *table, PyObject *key, PyObject *value);

/* Record a request: 1 done, 0 Python must, -1 an exception. Who has asked for the owner already brings it, others NULL. */
int record_usual(Usual *self, Facts *facts, PyObject *owner);

/* Whether an object is one of these, and has begun. */
int is_usual(State *state, PyObject *object);

#endif
