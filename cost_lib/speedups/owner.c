/* Keep whom calls of a line with certain tags belong to, as cost_lib/attribution.py says. */

#include "usual.h"

#define MOST_TAGS 24
#define MOST_KEPT 1024

int
keep_in(PyObject *table, PyObject *key, PyObject *value)
{
    if (PyDict_GET_SIZE(table) >= MOST_KEPT) {
        PyDict_Clear(table);
    }
    return PyDict_SetItem(table, key, value);
}

static int
differs_by_request(Usual *self, PyObject *name)
{
    for (int place = 0; place < OF_REQUEST; place++) {
        if (self->of_request[place] == name || (PyUnicode_Check(name) && PyUnicode_Compare(self->of_request[place], name) == 0)) {
            return 1;
        }
    }
    return 0;
}

/* Line and tags in one tuple; on request without the values that differ from request to request. */
static PyObject *
owner_key(Usual *self, PyObject *site, PyObject *tags, int is_varied)
{
    Py_ssize_t place = 0, at = 1;
    PyObject *name, *value, *key = PyTuple_New(1 + 2 * PyDict_GET_SIZE(tags));
    if (key == NULL) {
        return NULL;
    }
    PyTuple_SET_ITEM(key, 0, Py_NewRef(site));
    while (PyDict_Next(tags, &place, &name, &value)) {
        PyTuple_SET_ITEM(key, at, Py_NewRef(name));
        PyTuple_SET_ITEM(key, at + 1, Py_NewRef(is_varied && differs_by_request(self, name) ? Py_None : value));
        at += 2;
    }
    return key;
}

/* Look for what was kept of tags and line; its key is the caller's. */
static PyObject *
owner_kept(Usual *self, PyObject *tags, PyObject *site, int is_varied, PyObject **key)
{
    *key = owner_key(self, site, tags, is_varied);
    return *key != NULL ? Py_XNewRef(PyDict_GetItemWithError(self->owners, *key)) : NULL;
}

static int
has_of_request(Usual *self, PyObject *tags)
{
    for (int place = 0; place < OF_REQUEST; place++) {
        int found = PyDict_Contains(tags, self->of_request[place]);
        if (found != 0) {
            return found;
        }
    }
    return 0;
}

PyObject *
owner_of(Usual *self, PyObject *tags, PyObject *site)
{
    PyObject *key = NULL, *found = NULL, *text, *rules, *is_fine, *settings;
    if (PyDict_CheckExact(tags) && PyDict_GET_SIZE(tags) <= MOST_TAGS) {
        found = owner_kept(self, tags, site, 0, &key);
        if (found == NULL && !PyErr_Occurred() && has_of_request(self, tags) > 0) {
            Py_CLEAR(key);
            found = owner_kept(self, tags, site, 1, &key);
        }
    }
    if (found == NULL && !PyErr_Occurred() && (found = PyObject_CallFunctionObjArgs(self->owner, tags, site, NULL)) != NULL
        && (!PyArg_ParseTuple(found, "SOOO", &text, &rules, &is_fine, &settings)
            || (key != NULL && rules == self->rules && keep_in(self->owners, key, found) < 0))) {
        Py_CLEAR(found);
    }
    Py_XDECREF(key);
    return found;
}
