/* What ids are made of, as IDS of cost_lib/operation.py keeps it. */

#ifndef COSTMARK_IDS_H
#define COSTMARK_IDS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>

/* The second as a number, as text, and the heads of its two ids */
enum { SECOND, TIME, EVENT_HEAD, OPERATION_HEAD, HEADS };

/* What the ids of a second have in common: a new reference to four texts; NULL with or without an exception. */
PyObject *heads_of(PyObject *ids, int64_t second);

/* Take the next number of this process's ids; below zero with or without an exception. */
int64_t next_number(PyObject *ids);

int add_ids(void);

#endif
