/* Keep what events of one model have in common, as cost_lib/usual.py tells it. */

#include "template.h"

static const char *const TEMPLATE = "costmark template";
/* These tell templates apart. */
static const int CALLED[] = {PROVIDER,    HOST,         ENDPOINT, TRANSPORT, MODEL_REQUESTED, MODEL,
                             MODEL_CLASS, SERVICE_TIER, SDK,      IS_BATCH,  IS_STREAM,       PRICE_CONTEXT};

static void
template_free(PyObject *capsule)
{
    Template *template = PyCapsule_GetPointer(capsule, TEMPLATE);
    Py_XDECREF(template->before);
    Py_XDECREF(template->after);
    Py_XDECREF(template->model_class);
    Py_XDECREF(template->is_batch);
    Py_XDECREF(template->rules);
    PyMem_Free(template);
}

/* Take over the price; one that does not fit in here is none. */
static int
price_taken(Template *template, PyObject *rates, PyObject *tiers)
{
    template->is_priced = rates != Py_None && prices_read(&template->prices, rates, tiers) == 0;
    if (PyErr_Occurred() && (PyErr_ExceptionMatches(PyExc_OverflowError) || PyErr_ExceptionMatches(PyExc_ValueError))) {
        PyErr_Clear();
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* Ask Python for what events of such facts have in common. */
static PyObject *
template_made(Usual *self, Facts *facts, int64_t at)
{
    PyObject *told = PyObject_CallFunction(self->template, "OL", facts, (long long)at);
    Template *template = told != NULL ? PyMem_Calloc(1, sizeof(Template)) : NULL;
    PyObject *rates, *tiers, *capsule = NULL;
    long long start, end;
    if (template == NULL) {
        Py_XDECREF(told);
        return told != NULL ? PyErr_NoMemory() : NULL;
    }
    if (PyArg_ParseTuple(told, "SSLLOO!OOO", &template->before, &template->after, &start, &end, &rates, &PyTuple_Type, &tiers,
                         &template->model_class, &template->is_batch, &template->rules)
        && price_taken(template, rates, tiers) == 0) {
        template->start = start;
        template->end = end;
        capsule = PyCapsule_New(template, TEMPLATE, template_free);
    }
    if (capsule != NULL) { /* from here on it has its own references */
        Py_INCREF(template->before);
        Py_INCREF(template->after);
        Py_INCREF(template->model_class);
        Py_INCREF(template->is_batch);
        Py_INCREF(template->rules);
    } else {
        PyMem_Free(template);
    }
    Py_DECREF(told);
    return capsule;
}

const Template *
template_in(PyObject *kept)
{
    return PyCapsule_GetPointer(kept, TEMPLATE);
}

static int
holds_at(PyObject *kept, int64_t at)
{
    const Template *template = template_in(kept);
    return at >= template->start && at < template->end;
}

/* Whether a call is like the last one, in the very same words; most are, and this is a tenth of looking for it. */
static int
is_like_last(Usual *self, Facts *facts)
{
    for (Py_ssize_t place = 0; place < LENGTH(CALLED); place++) {
        if (self->last_called == NULL || PyTuple_GET_ITEM(self->last_called, place) != facts->of[CALLED[place]]) {
            return 0;
        }
    }
    return 1;
}

static PyObject *
called(Facts *facts)
{
    PyObject *key = PyTuple_New(LENGTH(CALLED));
    for (Py_ssize_t place = 0; key != NULL && place < LENGTH(CALLED); place++) {
        PyTuple_SET_ITEM(key, place, Py_NewRef(facts->of[CALLED[place]]));
    }
    return key;
}

PyObject *
template_of(Usual *self, Facts *facts, int64_t at)
{
    if (is_like_last(self, facts) && holds_at(self->last, at)) {
        return Py_NewRef(self->last);
    }
    PyObject *key = called(facts);
    PyObject *found = key != NULL ? Py_XNewRef(PyDict_GetItemWithError(self->templates, key)) : NULL;
    if (found != NULL && !holds_at(found, at)) {
        Py_CLEAR(found);
    }
    if (found == NULL && !PyErr_Occurred() && (found = template_made(self, facts, at)) != NULL) {
        const Template *template = template_in(found);
        if (template->rules != self->rules) { /* others are in force since */
            Py_DECREF(key);
            return found;
        }
        if (keep_in(self->templates, key, found) < 0) {
            Py_CLEAR(found);
        }
    }
    if (found != NULL) {
        PyObject *last_called = self->last_called, *last = self->last;
        self->last_called = Py_NewRef(key);
        self->last = Py_NewRef(found);
        Py_XDECREF(last_called); /* which may begin anything: both are in their places */
        Py_XDECREF(last);
    }
    Py_XDECREF(key);
    return found;
}
