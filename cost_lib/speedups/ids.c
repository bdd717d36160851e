/* What ids are made of. */

#include "ids.h"
#include "text.h"

static PyObject *n_now, *n_begin, *n_next;

static int
are_heads(PyObject *found)
{
    if (found == NULL || !PyTuple_CheckExact(found) || PyTuple_GET_SIZE(found) != HEADS) {
        return 0;
    }
    for (int place = 0; place < HEADS; place++) {
        if (!PyUnicode_Check(PyTuple_GET_ITEM(found, place))) {
            return 0;
        }
    }
    return 1;
}

PyObject *
heads_of(PyObject *ids, int64_t second)
{
    char digits[24];
    Text wanted = {digits, digits + sizeof digits - 1, 0};
    put_number(&wanted, second);
    *wanted.at = '\0';
    PyObject *now = PyObject_GetAttr(ids, n_now);
    if (are_heads(now) && PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(now, SECOND), digits) != 0) {
        PyObject *text = PyUnicode_FromStringAndSize(digits, wanted.at - digits);
        Py_SETREF(now, text != NULL ? PyObject_CallMethodOneArg(ids, n_begin, text) : NULL);
        Py_XDECREF(text);
    }
    if (!are_heads(now)) {
        Py_CLEAR(now);
    }
    return now;
}

int64_t
next_number(PyObject *ids)
{
    PyObject *number = PyObject_CallMethodNoArgs(ids, n_next);
    int64_t found = number != NULL ? PyLong_AsLongLong(number) : -1;
    Py_XDECREF(number);
    return found;
}

int
add_ids(void)
{
    n_now = PyUnicode_InternFromString("now");
    n_begin = PyUnicode_InternFromString("begin");
    n_next = PyUnicode_InternFromString("next");
    return n_now == NULL || n_begin == NULL || n_next == NULL ? -1 : 0;
}
