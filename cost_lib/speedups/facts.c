/* The twin of Facts in cost_lib/facts.py: made for every request, so its thirty attributes are set in one step. */

#include "facts.h"

#include <stddef.h>
#include <structmember.h>

#define NAMED(number, name) #name,
static const char *const NAMES[] = {EACH_FACT(NAMED)};
#undef NAMED

Facts *
facts_made(State *state)
{
    if (state->defaults[TAGS] == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "what is usual of facts was not told yet");
        return NULL;
    }
    Facts *made = (Facts *)state->facts->tp_alloc(state->facts, 0);
    if (made != NULL) {
        for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
            Py_INCREF(state->defaults[fact]);
            made->of[fact] = state->defaults[fact];
        }
    }
    return made;
}

void
facts_set(Facts *facts, int fact, PyObject *value)
{
    PyObject *before = facts->of[fact];
    facts->of[fact] = value;
    Py_XDECREF(before);
}

/* The number of a keyword, -1 where there is none of that name; calls give them in order, so the next one is tried first. */
static int
number_of(State *state, PyObject *name, int next)
{
    if (next < GIVEN && state->names[next] == name) {
        return next;
    }
    for (int fact = 0; fact < GIVEN; fact++) {
        if (state->names[fact] == name || PyUnicode_Compare(state->names[fact], name) == 0) {
            return fact;
        }
    }
    return -1;
}

static PyObject *
facts_new(PyObject *type, PyObject *const *args, size_t flagged, PyObject *keywords)
{
    State *state = PyType_GetModuleState((PyTypeObject *)type);
    Py_ssize_t count = PyVectorcall_NARGS(flagged), named = keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0;
    int has_tags = count == 1;
    if (state == NULL || count > 1) {
        PyErr_SetString(PyExc_TypeError, "facts are made of tags, and keywords for the rest");
        return NULL;
    }
    Facts *made = facts_made(state);
    if (made == NULL) {
        return NULL;
    }
    if (has_tags) {
        facts_set(made, TAGS, Py_NewRef(args[0]));
    }
    int fact = TAGS;
    for (Py_ssize_t place = 0; place < named; place++) {
        PyObject *name = PyTuple_GET_ITEM(keywords, place);
        fact = number_of(state, name, fact + 1);
        if (fact < 0 || (fact == TAGS && has_tags)) {
            PyErr_Format(PyExc_TypeError, "facts cannot be made with %R", name);
            Py_DECREF(made);
            return NULL;
        }
        has_tags |= fact == TAGS;
        facts_set(made, fact, Py_NewRef(args[count + place]));
    }
    if (!has_tags) {
        PyErr_SetString(PyExc_TypeError, "facts are made of tags");
        Py_CLEAR(made);
    }
    return (PyObject *)made;
}

PyDoc_STRVAR(changed_doc, "Return a copy in which some facts are others.");

static PyObject *
facts_changed(Facts *self, PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    if (count > 0) {
        PyErr_SetString(PyExc_TypeError, "what is changed is named");
        return NULL;
    }
    Facts *made = (Facts *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);
    if (made == NULL) {
        return NULL;
    }
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        made->of[fact] = Py_XNewRef(self->of[fact]);
    }
    for (Py_ssize_t place = 0; keywords != NULL && place < PyTuple_GET_SIZE(keywords); place++) {
        if (PyObject_SetAttr((PyObject *)made, PyTuple_GET_ITEM(keywords, place), args[place]) < 0) {
            Py_DECREF(made);
            return NULL;
        }
    }
    return (PyObject *)made;
}

static int
facts_traverse(Facts *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        Py_VISIT(self->of[fact]);
    }
    return 0;
}

static int
facts_clear(Facts *self)
{
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        Py_CLEAR(self->of[fact]);
    }
    return 0;
}

static void
facts_free(Facts *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    facts_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

#define MEMBER(number, name) {#name, T_OBJECT_EX, offsetof(Facts, of) + number * sizeof(PyObject *), 0, NULL},
static PyMemberDef members[] = {EACH_FACT(MEMBER){NULL, 0, 0, 0, NULL}};
#undef MEMBER

static PyMethodDef methods[] = {
    {"changed", (PyCFunction)(void (*)(void))facts_changed, METH_FASTCALL | METH_KEYWORDS, changed_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "What is known of one request."},
    {Py_tp_members, members},
    {Py_tp_methods, methods},
    {Py_tp_traverse, facts_traverse},
    {Py_tp_clear, facts_clear},
    {Py_tp_dealloc, facts_free},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "cost_lib.facts.Facts",
    .basicsize = sizeof(Facts),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = slots,
};

PyDoc_STRVAR(take_facts_doc, "take_facts($module, usual, /)\n--\n\nTake over what is usual from facts of the twin, and return the type.\n");

static PyObject *
take_facts(PyObject *module, PyObject *usual)
{
    State *state = PyModule_GetState(module);
    PyObject *found[COUNT_OF_FACTS];
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        found[fact] = PyObject_GetAttr(usual, state->names[fact]);
        if (found[fact] == NULL) {
            while (fact-- > 0) {
                Py_DECREF(found[fact]);
            }
            return NULL;
        }
    }
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        Py_XSETREF(state->defaults[fact], found[fact]);
    }
    return Py_NewRef(state->facts);
}

static PyMethodDef functions[] = {
    {"take_facts", take_facts, METH_O, take_facts_doc},
    {NULL, NULL, 0, NULL},
};

int
state_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    Py_VISIT(state->facts);
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        Py_VISIT(state->names[fact]);
        Py_VISIT(state->defaults[fact]);
    }
    Py_VISIT(state->recorded);
    Py_VISIT(state->twin);
    for (int part = 0; part < COUNT_OF_PARTS; part++) {
        Py_VISIT(state->parts[part]);
    }
    for (int place = 0; place < COUNTS; place++) {
        Py_VISIT(state->meters[place]);
    }
    Py_VISIT(state->usual);
    return 0;
}

int
state_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    Py_CLEAR(state->facts);
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        Py_CLEAR(state->names[fact]);
        Py_CLEAR(state->defaults[fact]);
    }
    Py_CLEAR(state->recorded);
    Py_CLEAR(state->twin);
    for (int part = 0; part < COUNT_OF_PARTS; part++) {
        Py_CLEAR(state->parts[part]);
    }
    for (int place = 0; place < COUNTS; place++) {
        Py_CLEAR(state->meters[place]);
    }
    Py_CLEAR(state->usual);
    return 0;
}

void
state_free(void *module)
{
    state_clear(module);
}

int
add_facts(PyObject *module)
{
    State *state = PyModule_GetState(module);
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        state->names[fact] = PyUnicode_InternFromString(NAMES[fact]);
        if (state->names[fact] == NULL) {
            return -1;
        }
    }
    state->facts = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    if (state->facts == NULL) {
        return -1;
    }
    state->facts->tp_vectorcall = facts_new;
    return PyModule_AddFunctions(module, functions);
}
