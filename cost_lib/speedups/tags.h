/* What a tag may be. */

#ifndef COSTMARK_TAGS_H
#define COSTMARK_TAGS_H

#include <Python.h>

#define LONGEST_TAG 1024 /* characters of one that stays whole, as in cost_lib/scope.py */

/* Whether a tag needs no cleaning: it says something, and is no document. One that begins with a space is Python's. */
static inline int
is_clean_tag(PyObject *value)
{
    return PyUnicode_CheckExact(value) && PyUnicode_GET_LENGTH(value) > 0 && PyUnicode_GET_LENGTH(value) <= LONGEST_TAG
           && !Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(value, 0));
}

#endif
