/* A call that is recorded by hand: the twin of Recorded in cost_lib/record.py, to which it leaves budgets and odd counts. */

#include "clock.h"
#include "frames.h"
#include "tags.h"
#include "usual.h"

#include <stddef.h>
#include <structmember.h>

#define NAMED(number, name) #name,
static const char *const PARTS[] = {EACH_PART(NAMED)};
#undef NAMED

typedef struct {
    PyObject_HEAD
    PyObject *facts;
    PyObject *own; /* tags */
    PyObject *owner; /* what is said of all tags and the line; NULL before it is entered */
} Recorded;

static State *
state_of(Recorded *self)
{
    State *state = PyType_GetModuleState(Py_TYPE(self));
    if (state->twin == NULL || self->facts == NULL || self->own == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "this call is gone");
        return NULL;
    }
    return state;
}

/* ---- making ---- */

static PyObject *
recorded_made(State *state, PyObject *facts, PyObject *own)
{
    Recorded *made = (Recorded *)state->recorded->tp_alloc(state->recorded, 0);
    if (made != NULL) {
        made->facts = Py_NewRef(facts);
        made->own = Py_NewRef(own);
    }
    return (PyObject *)made;
}

static PyObject *
recorded_new(PyObject *type, PyObject *const *args, size_t flagged, PyObject *keywords)
{
    State *state = PyType_GetModuleState((PyTypeObject *)type);
    if (PyVectorcall_NARGS(flagged) != 2 || keywords != NULL || Py_TYPE(args[0]) != state->facts || state->twin == NULL) {
        PyErr_SetString(PyExc_TypeError, "a call is recorded with facts and tags");
        return NULL;
    }
    PyObject *own = PyObject_CallOneArg(state->parts[CLEAN], args[1]);
    PyObject *made = own != NULL ? recorded_made(state, args[0], own) : NULL;
    Py_XDECREF(own);
    return made;
}

/* Take a word of the call: what is called, or a tag of its own. 1 done, 0 Python must, -1 an exception. */
static int
word_taken(State *state, Facts *facts, PyObject *own, PyObject *name, PyObject *value)
{
    static const struct {
        int said_as, kept_as;
    } words[] = {{PROVIDER, PROVIDER}, {MODEL, MODEL_REQUESTED}, {ENDPOINT, ENDPOINT}};
    for (Py_ssize_t place = 0; place < LENGTH(words); place++) {
        PyObject *word = state->names[words[place].said_as];
        if (name == word || PyUnicode_Compare(name, word) == 0) {
            if (!PyUnicode_CheckExact(value)) {
                return 0;
            }
            facts_set(facts, words[place].kept_as, Py_NewRef(value));
            return 1;
        }
    }
    return is_clean_tag(value) ? (PyDict_SetItem(own, name, value) < 0 ? -1 : 1) : 0;
}

static int
is_told(Facts *facts, State *state, int fact)
{
    return facts->of[fact] != state->defaults[fact];
}

PyDoc_STRVAR(record_call_doc,
"record_call($module, /, *, provider, model, endpoint='', **tags)\n--\n\n"
"Record a call that cannot be metered: ``with record_call(...) as call: call.usage(...)``.");

static PyObject *
record_call(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    State *state = PyModule_GetState(module);
    if (state->twin == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "nothing was taken over yet");
        return NULL;
    }
    Facts *facts = facts_made(state);
    PyObject *own = facts != NULL ? PyDict_New() : NULL;
    int taken = own == NULL ? -1 : count == 0;
    for (Py_ssize_t place = 0; taken > 0 && names != NULL && place < PyTuple_GET_SIZE(names); place++) {
        taken = word_taken(state, facts, own, PyTuple_GET_ITEM(names, place), args[place]);
    }
    PyObject *made = NULL;
    if (taken > 0 && is_told(facts, state, PROVIDER) && is_told(facts, state, MODEL_REQUESTED)) {
        facts_set(facts, TRANSPORT, Py_NewRef(state->parts[MANUAL]));
        made = recorded_made(state, (PyObject *)facts, own);
    } else if (taken >= 0) { /* something is missing, empty or no text */
        made = PyObject_Vectorcall(state->parts[PYTHON_RECORD_CALL], args, (size_t)count, names);
    }
    Py_XDECREF(facts);
    Py_XDECREF(own);
    return made;
}

/* ---- entering ---- */

/* Tags laid over those of a frame; a new reference. */
static PyObject *
tags_over(PyObject *outer, PyObject *own)
{
    int is_bare = PyObject_Not(outer);
    if (is_bare) {
        return is_bare > 0 ? Py_NewRef(own) : NULL;
    }
    PyObject *tags = PyDict_New();
    if (tags != NULL && (PyDict_Update(tags, outer) < 0 || PyDict_Update(tags, own) < 0)) {
        Py_CLEAR(tags);
    }
    return tags;
}

/* The line of the caller, known or found; a new reference. */
static PyObject *
call_site(State *state)
{
    PyFrameObject *frame = PyEval_GetFrame();
    PyObject *found = NULL, *key = frame != NULL ? PyTuple_New(2) : NULL;
    if (key != NULL) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        PyTuple_SET_ITEM(key, 0, PyLong_FromVoidPtr(code));
        PyTuple_SET_ITEM(key, 1, PyLong_FromLong(PyFrame_GetLasti(frame)));
        Py_DECREF(code);
        found = !PyErr_Occurred() ? Py_XNewRef(PyDict_GetItemWithError(state->parts[SITES], key)) : NULL;
        Py_DECREF(key);
    }
    return found != NULL || PyErr_Occurred() ? found : PyObject_CallNoArgs(state->parts[FIND_CALL_SITE]);
}

/* Whether a call of this owner may go on: 0 with an exception set where it may not. */
static int
is_allowed(State *state, PyObject *owner, PyObject *tags, PyObject *site)
{
    if (PyTuple_GET_ITEM(owner, 2) == Py_True) {
        return 1;
    }
    PyObject *refusal = PyObject_CallFunctionObjArgs(state->parts[JUDGE], tags, site, NULL);
    int is_fine = refusal == Py_None;
    if (refusal != NULL && !is_fine) {
        PyErr_SetObject((PyObject *)Py_TYPE(refusal), refusal);
    }
    Py_XDECREF(refusal);
    return is_fine;
}

/* Enter under a frame: inside, these tags are in force, and one call is one event. */
static int
enter(Recorded *self, State *state, PyObject *frame)
{
    PyObject *tags = tags_over(PyTuple_GET_ITEM(frame, FRAME_TAGS), self->own);
    PyObject *site = tags != NULL ? call_site(state) : NULL;
    PyObject *owner = site != NULL ? owner_of((Usual *)state->parts[USUAL], tags, site) : NULL;
    PyObject *inside = NULL, *started = NULL;
    PyObject *const parts[FRAME_SIZE] = {tags, PyTuple_GET_ITEM(frame, FRAME_OPERATION), Py_True, (PyObject *)self, self->own, frame};
    int failed = -1;
    if (owner != NULL && is_allowed(state, owner, tags, site) && (started = PyFloat_FromDouble((double)counter() / 1e9)) != NULL
        && (inside = new_frame((PyTypeObject *)state->parts[FRAME], parts)) != NULL && put_in_force(state->parts[CURRENT], inside) == 0) {
        facts_set((Facts *)self->facts, TAGS, Py_NewRef(tags));
        facts_set((Facts *)self->facts, CALL_SITE, Py_NewRef(site));
        facts_set((Facts *)self->facts, STARTED, Py_NewRef(started));
        Py_XSETREF(self->owner, Py_NewRef(owner));
        failed = 0;
    }
    Py_XDECREF(tags);
    Py_XDECREF(site);
    Py_XDECREF(owner);
    Py_XDECREF(started);
    Py_XDECREF(inside);
    return failed;
}

static PyObject *
recorded_enter(Recorded *self, PyObject *Py_UNUSED(none))
{
    State *state = state_of(self);
    PyObject *frame = NULL;
    if (state == NULL || PyContextVar_Get(state->parts[CURRENT], NULL, &frame) < 0) {
        return NULL;
    }
    Usual *usual = (Usual *)state->parts[USUAL];
    int is_usual = is_frame(frame, (PyTypeObject *)state->parts[FRAME]) && rules_held(usual) && !usual->has_budgets;
    int failed = PyErr_Occurred() || (is_usual && enter(self, state, frame) < 0);
    Py_DECREF(frame);
    if (failed || is_usual) {
        return failed ? NULL : Py_NewRef(self);
    }
    return PyObject_CallMethod(state->twin, "__enter__", "O", self);
}

/* ---- what was used ---- */

static int
place_of(State *state, PyObject *name)
{
    for (int place = 0; place < COUNTS; place++) {
        if (state->meters[place] == name) {
            return place;
        }
    }
    return -1; /* it may be spelled so in another object: Python looks again */
}

/* Take counts that are plain, as the items of a Usage: a new reference; NULL with or without an exception. */
static PyObject *
counts_given(State *state, PyObject *const *args, PyObject *names)
{
    PyObject *items = PyTuple_New(COUNTS + 1);
    if (items == NULL) {
        return NULL;
    }
    for (Py_ssize_t at = 0; names != NULL && at < PyTuple_GET_SIZE(names); at++) {
        int place = place_of(state, PyTuple_GET_ITEM(names, at)), overflow;
        if (place < 0 || !PyLong_CheckExact(args[at]) || PyLong_AsLongLongAndOverflow(args[at], &overflow) < 0) {
            Py_DECREF(items);
            return NULL;
        }
        PyTuple_SET_ITEM(items, place, Py_NewRef(args[at]));
    }
    for (int place = 0; place < COUNTS; place++) {
        if (PyTuple_GET_ITEM(items, place) == NULL) {
            PyTuple_SET_ITEM(items, place, Py_NewRef(state->parts[ZERO]));
        }
    }
    PyTuple_SET_ITEM(items, COUNTS, Py_NewRef(state->parts[NO_UNITS]));
    return items;
}

/* Have the twin say what the call used. */
static PyObject *
usage_of_twin(Recorded *self, State *state, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    Py_ssize_t all = count + (names != NULL ? PyTuple_GET_SIZE(names) : 0);
    PyObject *usage = PyObject_GetAttrString(state->twin, "usage"), *done = NULL;
    PyObject **given = usage != NULL ? PyMem_New(PyObject *, (size_t)all + 1) : NULL;
    if (given != NULL) {
        given[0] = (PyObject *)self;
        memcpy(given + 1, args, (size_t)all * sizeof *given);
        done = PyObject_Vectorcall(usage, given, (size_t)count + 1, names);
    } else if (usage != NULL) {
        PyErr_NoMemory();
    }
    PyMem_Free(given);
    Py_XDECREF(usage);
    return done;
}

PyDoc_STRVAR(usage_doc,
"usage($self, /, *, input_tokens=0, cache_read_tokens=0, cache_write_5m_tokens=0, cache_write_1h_tokens=0, output_tokens=0,\n"
"      reasoning_tokens=0, units={})\n--\n\n"
"Say what the call used, in meters that do not overlap; the last word counts.");

static PyObject *
recorded_usage(Recorded *self, PyObject *const *args, Py_ssize_t count, PyObject *names)
{
    State *state = state_of(self);
    if (state == NULL) {
        return NULL;
    }
    PyObject *items = count == 0 ? counts_given(state, args, names) : NULL, *found = NULL;
    PyObject *packed = items != NULL ? PyTuple_Pack(1, items) : NULL;
    if (packed != NULL) {
        found = PyTuple_Type.tp_new((PyTypeObject *)((Usual *)state->parts[USUAL])->usage, packed, NULL);
    }
    Py_XDECREF(items);
    Py_XDECREF(packed);
    if (found != NULL) {
        facts_set((Facts *)self->facts, USAGE, found);
        Py_RETURN_NONE;
    }
    return PyErr_Occurred() ? NULL : usage_of_twin(self, state, args, count, names);
}

/* ---- leaving ---- */

/* What is in force outside again; a new reference. */
static PyObject *
frame_outside(Recorded *self, State *state)
{
    PyObject *frame = NULL, *outer;
    if (PyContextVar_Get(state->parts[CURRENT], NULL, &frame) < 0) {
        return NULL;
    }
    if (is_frame(frame, (PyTypeObject *)state->parts[FRAME]) && PyTuple_GET_ITEM(frame, FRAME_OWNER) == (PyObject *)self) {
        outer = PyTuple_GET_ITEM(frame, FRAME_OUTER);
        outer = Py_NewRef(outer == Py_None ? state->parts[NOTHING] : outer);
    } else {
        outer = PyObject_CallFunctionObjArgs(state->parts[WITHOUT], frame, self, NULL);
    }
    Py_DECREF(frame);
    return outer;
}

static int
note_error(Facts *facts, PyObject *kind)
{
    PyObject *name = PyObject_GetAttrString(kind, "__name__");
    PyObject *error = name != NULL ? Py_BuildValue("{sN}", "class", name) : NULL;
    PyObject *status = error != NULL ? PyUnicode_InternFromString("error") : NULL;
    if (status == NULL) {
        Py_XDECREF(error);
        return -1;
    }
    facts_set(facts, STATUS, status);
    facts_set(facts, ERROR_OF, error);
    return 0;
}

static PyObject *
recorded_exit(Recorded *self, PyObject *const *args, Py_ssize_t count)
{
    State *state = state_of(self);
    if (state == NULL) {
        return NULL;
    }
    if (count < 1) {
        PyErr_SetString(PyExc_TypeError, "__exit__ takes what ended the block");
        return NULL;
    }
    PyObject *outer = frame_outside(self, state);
    int failed = outer == NULL || put_in_force(state->parts[CURRENT], outer) < 0
                 || (args[0] != Py_None && note_error((Facts *)self->facts, args[0]) < 0);
    Py_XDECREF(outer);
    if (failed) {
        return NULL;
    }
    int done = self->owner != NULL ? record_usual((Usual *)state->parts[USUAL], (Facts *)self->facts, self->owner) : 0;
    if (done == 0) {
        return PyObject_CallOneArg(state->parts[RECORD_FACTS], self->facts);
    }
    return done < 0 ? NULL : Py_NewRef(Py_None);
}

/* ---- the type ---- */

static int
recorded_traverse(Recorded *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->facts);
    Py_VISIT(self->own);
    Py_VISIT(self->owner);
    return 0;
}

static int
recorded_clear(Recorded *self)
{
    Py_CLEAR(self->facts);
    Py_CLEAR(self->own);
    Py_CLEAR(self->owner);
    return 0;
}

static void
recorded_free(Recorded *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    recorded_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMemberDef members[] = { /* for the twin's functions, which are handed a call of this type */
    {"_facts", T_OBJECT_EX, offsetof(Recorded, facts), READONLY, NULL},
    {"_own", T_OBJECT_EX, offsetof(Recorded, own), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyMethodDef methods[] = {
    {"usage", (PyCFunction)(void (*)(void))recorded_usage, METH_FASTCALL | METH_KEYWORDS, usage_doc},
    {"__enter__", (PyCFunction)recorded_enter, METH_NOARGS, NULL},
    {"__exit__", (PyCFunction)(void (*)(void))recorded_exit, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "A call that is recorded by hand."},
    {Py_tp_members, members},
    {Py_tp_methods, methods},
    {Py_tp_traverse, recorded_traverse},
    {Py_tp_clear, recorded_clear},
    {Py_tp_dealloc, recorded_free},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "cost_lib.record.Recorded",
    .basicsize = sizeof(Recorded),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = slots,
};

/* Take over the parts; -1 with an exception set where one is missing or of the wrong kind. */
static int
parts_taken(State *state, PyObject *parts)
{
    for (int part = 0; part < COUNT_OF_PARTS; part++) {
        PyObject *found = parts != NULL ? PyDict_GetItemString(parts, PARTS[part]) : NULL;
        if (found == NULL) {
            PyErr_Format(PyExc_TypeError, "take_recorded needs %s", PARTS[part]);
            return -1;
        }
        Py_XSETREF(state->parts[part], Py_NewRef(found));
    }
    if (!is_usual(state, state->parts[USUAL]) || !PyContextVar_CheckExact(state->parts[CURRENT]) || !PyDict_CheckExact(state->parts[SITES])
        || !PyType_Check(state->parts[FRAME]) || !PyType_IsSubtype((PyTypeObject *)state->parts[FRAME], &PyTuple_Type)) {
        PyErr_SetString(PyExc_TypeError, "take_recorded was given something else than it is called");
        return -1;
    }
    return 0;
}

/* Asynchronous blocks are the twin's. */
static int
take_asynchronous(State *state)
{
    static const char *const names[] = {"__aenter__", "__aexit__"};
    for (int place = 0; place < 2; place++) {
        PyObject *function = PyObject_GetAttrString(state->twin, names[place]);
        int failed = function == NULL || PyObject_SetAttrString((PyObject *)state->recorded, names[place], function) < 0;
        Py_XDECREF(function);
        if (failed) {
            return -1;
        }
    }
    return 0;
}

PyDoc_STRVAR(take_recorded_doc, "take_recorded($module, twin, /, **parts)\n--\n\nTake over what the twin works with, and return the type.\n");

static PyObject *
take_recorded(PyObject *module, PyObject *args, PyObject *parts)
{
    State *state = PyModule_GetState(module);
    PyObject *twin;
    if (!PyArg_ParseTuple(args, "O!", &PyType_Type, &twin) || parts_taken(state, parts) < 0) {
        return NULL;
    }
    Py_XSETREF(state->twin, Py_NewRef(twin));
    return take_asynchronous(state) < 0 ? NULL : Py_NewRef(state->recorded);
}

static PyMethodDef functions[] = {
    {"record_call", (PyCFunction)(void (*)(void))record_call, METH_FASTCALL | METH_KEYWORDS, record_call_doc},
    {"take_recorded", (PyCFunction)(void (*)(void))take_recorded, METH_VARARGS | METH_KEYWORDS, take_recorded_doc},
    {NULL, NULL, 0, NULL},
};

int
add_recorded(PyObject *module)
{
    static const char *const meters[COUNTS] = {"input_tokens",          "cache_read_tokens", "cache_write_5m_tokens",
                                               "cache_write_1h_tokens", "output_tokens",     "reasoning_tokens"};
    State *state = PyModule_GetState(module);
    for (int place = 0; place < COUNTS; place++) {
        state->meters[place] = PyUnicode_InternFromString(meters[place]);
        if (state->meters[place] == NULL) {
            return -1;
        }
    }
    state->recorded = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    if (state->recorded == NULL) {
        return -1;
    }
    state->recorded->tp_vectorcall = recorded_new;
    return PyModule_AddFunctions(module, functions);
}
