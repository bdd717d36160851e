/* Let pass the pieces of a stream that say nothing: the twin of what Tee and AsyncTee do in cost_lib/metering/tee.py.
 *
 * A Quiet looks through a piece once. What it does not know for whole events that only count is left to Python, which reads it as if
 * there were no Quiet. Pieces is an iterator over a stream, which calls Python for those alone; AsyncPieces is the same for streams that
 * are waited for, where each wait is a Step.
 */

#include "speedups.h"

#include <structmember.h>

#include <string.h>

#define MOST 256 /* pieces, after which one is read by Python: it looks at the time too */

typedef struct {
    PyObject_HEAD
    vectorcallfunc call;
    PyObject *find;     /* None: every piece must be read; True: the usual words tell; else what finds those that do */
    Py_ssize_t pieces;  /* since one was read */
    Py_ssize_t events;  /* that passed, and were not yet taken */
    Py_ssize_t bytes;   /* of those */
    Py_ssize_t least;   /* of the smallest */
} Quiet;

typedef struct {
    Py_ssize_t events, bytes, least;
} Flow;

static int
is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Count the event that a line of a stream holds; 0 where it is no whole document, or no line of data at all that Python knows. */
static int
count_line(const char *at, const char *end, Flow *flow)
{
    if (end - at < 5 || memcmp(at, "data:", 5) != 0) {
        return 1; /* names, numbers and comments say nothing */
    }
    for (at += 5; at < end && is_space(*at); at++) {
    }
    for (; end > at && is_space(end[-1]); end--) {
    }
    Py_ssize_t size = end - at;
    if (size < 2 || (*at != '{' && *at != '[') || (end[-1] != '}' && end[-1] != ']') || (size == 6 && memcmp(at, "[DONE]", 6) == 0)) {
        return 0;
    }
    flow->events += 1;
    flow->bytes += size;
    if (size < flow->least) {
        flow->least = size;
    }
    return 1;
}

/* Say whether a name begins here that has to be read: "error", or "usage" with a table. */
static int
is_telling(const char *at, const char *end)
{
    if (end - at < 7) {
        return 0;
    }
    if (at[1] == 'e') {
        return memcmp(at, "\"error\"", 7) == 0;
    }
    if (at[1] != 'u' || memcmp(at, "\"usage\"", 7) != 0) {
        return 0;
    }
    for (at += 7; at < end && is_space(*at); at++) {
    }
    if (at == end || *at != ':') {
        return 0;
    }
    for (at += 1; at < end && is_space(*at); at++) {
    }
    return at < end && *at == '{';
}

/* Count a piece that consists of whole events which say nothing: 1; 0 and nothing done where Python has to read it, -1 with an exception. */
static int
passes(Quiet *self, PyObject *piece)
{
    if (self->find == NULL || self->find == Py_None || !PyBytes_CheckExact(piece)) {
        return 0;
    }
    const char *at = PyBytes_AS_STRING(piece), *line = at;
    const char *end = at + PyBytes_GET_SIZE(piece);
    if (end - at < 2 || end[-1] != '\n' || end[-2] != '\n' || self->pieces >= MOST) {
        self->pieces = 0;
        return 0;
    }
    Flow flow = {0, 0, self->least};
    for (; at < end; at++) {
        if ((unsigned char)*at > '"') {
            continue; /* most are letters */
        }
        if (*at == '"') {
            if (is_telling(at, end)) {
                return 0;
            }
        }
        else if (*at == '\n') {
            if (!count_line(line, at, &flow)) {
                return 0;
            }
            line = at + 1;
        }
        else if (*at == '\r') {
            return 0;
        }
    }
    if (self->find != Py_True) {
        PyObject *find = Py_NewRef(self->find); /* which another thread that reads the stream may replace */
        PyObject *found = PyObject_CallOneArg(find, piece);
        Py_DECREF(find);
        if (found == NULL) {
            return -1;
        }
        Py_DECREF(found);
        if (found != Py_None) {
            return 0;
        }
    }
    self->pieces += 1;
    self->events += flow.events;
    self->bytes += flow.bytes;
    self->least = flow.least;
    return 1;
}

static PyObject *
quiet_call(PyObject *self, PyObject *const *args, size_t given, PyObject *names)
{
    if (PyVectorcall_NARGS(given) != 1 || names != NULL) {
        PyErr_SetString(PyExc_TypeError, "one piece at a time");
        return NULL;
    }
    int is_passing = passes((Quiet *)self, args[0]);
    return is_passing < 0 ? NULL : PyBool_FromLong(is_passing);
}

static PyObject *
quiet_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(names))
{
    Quiet *self = (Quiet *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->call = quiet_call;
        self->find = Py_NewRef(Py_None);
        self->least = PY_SSIZE_T_MAX;
    }
    return (PyObject *)self;
}

static int
quiet_traverse(Quiet *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->find);
    return 0;
}

static int
quiet_clear(Quiet *self)
{
    PyObject *before = self->find;
    self->find = Py_NewRef(Py_None);
    Py_XDECREF(before);
    return 0;
}

static void
quiet_dealloc(Quiet *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->find);
    type->tp_free(self);
    Py_DECREF(type);
}

PyDoc_STRVAR(take_doc,
"take($self, /)\n--\n\n"
"Return how many events have passed since this was asked last, their bytes and those of the smallest.\n");

static PyObject *
quiet_take(Quiet *self, PyObject *Py_UNUSED(nothing))
{
    PyObject *found = Py_BuildValue("nnn", self->events, self->bytes, self->least);
    self->events = self->bytes = 0;
    self->least = PY_SSIZE_T_MAX;
    return found;
}

static PyMethodDef quiet_methods[] = {
    {"take", (PyCFunction)quiet_take, METH_NOARGS, take_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef quiet_members[] = {
    {"find", T_OBJECT_EX, offsetof(Quiet, find), 0, "what finds a piece that has to be read; None where each has, True for the usual words"},
    {"events", T_PYSSIZET, offsetof(Quiet, events), READONLY, "how many have passed and were not yet taken"},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Quiet, call), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot quiet_slots[] = {
    {Py_tp_doc, "Know pieces of a stream that say nothing, and count their events."},
    {Py_tp_new, quiet_new},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_traverse, quiet_traverse},
    {Py_tp_clear, quiet_clear},
    {Py_tp_dealloc, quiet_dealloc},
    {Py_tp_methods, quiet_methods},
    {Py_tp_members, quiet_members},
    {0, NULL},
};

static PyType_Spec quiet_spec = {
    .name = "cost_lib._speedups.Quiet",
    .basicsize = sizeof(Quiet),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = quiet_slots,
};

typedef struct {
    PyObject_HEAD
    PyObject *stream; /* until its first piece is wanted */
    PyObject *source; /* its iterator from then on; nothing when it has ended */
    PyObject *quiet;
    PyObject *read;   /* reads a piece, returns what of it the caller sees, or None */
    PyObject *end;    /* returns what was held back, None when that is all */
    PyObject *leave;  /* hears of what broke the reading */
    int has_ended;    /* the source; something may have been held back */
} Pieces;

static PyObject *
pieces_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(names))
{
    PyObject *stream, *quiet, *read, *end, *leave;
    if (!PyArg_ParseTuple(args, "OOOOO", &stream, &quiet, &read, &end, &leave)) {
        return NULL;
    }
    if (Py_TYPE(quiet)->tp_dealloc != (destructor)quiet_dealloc) { /* of a module that was imported before this one, too */
        PyErr_SetString(PyExc_TypeError, "not a Quiet");
        return NULL;
    }
    Pieces *self = (Pieces *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->stream = Py_NewRef(stream);
        self->quiet = Py_NewRef(quiet);
        self->read = Py_NewRef(read);
        self->end = Py_NewRef(end);
        self->leave = Py_NewRef(leave);
    }
    return (PyObject *)self;
}

static int
pieces_traverse(Pieces *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->stream);
    Py_VISIT(self->source);
    Py_VISIT(self->quiet);
    Py_VISIT(self->read);
    Py_VISIT(self->end);
    Py_VISIT(self->leave);
    return 0;
}

/* End: as a generator that has ended, it gives nothing any more. */
static void
finish(Pieces *self)
{
    Py_CLEAR(self->stream);
    Py_CLEAR(self->source);
    Py_CLEAR(self->read);
    Py_CLEAR(self->end);
    Py_CLEAR(self->leave);
}

static int
pieces_clear(Pieces *self)
{
    finish(self);
    Py_CLEAR(self->quiet);
    return 0;
}

/* Call something of Python's, which may end all this meanwhile. */
static PyObject *
called(PyObject *function, PyObject *argument)
{
    if (function == NULL) {
        return Py_NewRef(Py_None);
    }
    Py_INCREF(function);
    PyObject *found = argument == NULL ? PyObject_CallNoArgs(function) : PyObject_CallOneArg(function, argument);
    Py_DECREF(function);
    return found;
}

static void
pieces_dealloc(Pieces *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    pieces_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

/* Tell of the exception that is set, and end. */
static PyObject *
broken(Pieces *self)
{
    PyObject *kind, *error, *trace;
    PyErr_Fetch(&kind, &error, &trace);
    PyErr_NormalizeException(&kind, &error, &trace);
    if (trace != NULL) {
        PyException_SetTraceback(error, trace);
    }
    PyObject *told = called(self->leave, error);
    finish(self);
    if (told != NULL) {
        Py_DECREF(told);
        PyErr_Restore(kind, error, trace);
        return NULL;
    }
    PyObject *other_kind, *other, *other_trace; /* an event that was lost, where that is an error */
    PyErr_Fetch(&other_kind, &other, &other_trace);
    PyErr_NormalizeException(&other_kind, &other, &other_trace);
    PyException_SetContext(other, error); /* takes it over */
    PyErr_Restore(other_kind, other, other_trace);
    Py_XDECREF(kind);
    Py_XDECREF(trace);
    return NULL;
}

/* Give what was held back, then nothing. */
static PyObject *
ended(Pieces *self)
{
    PyObject *rest = called(self->end, NULL);
    if (rest == NULL) {
        return broken(self);
    }
    if (rest != Py_None) {
        return rest;
    }
    Py_DECREF(rest);
    finish(self);
    return NULL;
}

/* Begin with the stream, when its first piece is wanted; -1 with an exception where it has none. */
static int
begin(Pieces *self, PyObject *(*iterate)(PyObject *))
{
    PyObject *stream = self->stream;
    self->stream = NULL;
    self->source = iterate(stream);
    Py_DECREF(stream);
    return self->source == NULL ? -1 : 0;
}

/* Return what of a piece the caller sees, None for nothing, NULL with an exception; the piece is taken over. */
static PyObject *
seen_of(Pieces *self, PyObject *piece)
{
    int is_passing = passes((Quiet *)self->quiet, piece);
    if (is_passing > 0) {
        return piece;
    }
    PyObject *seen = is_passing < 0 ? NULL : called(self->read, piece);
    Py_DECREF(piece);
    return seen;
}

static PyObject *
pieces_next(Pieces *self)
{
    if (self->stream != NULL && begin(self, PyObject_GetIter) < 0) {
        return broken(self);
    }
    while (self->source != NULL && !self->has_ended) {
        PyObject *source = Py_NewRef(self->source);
        PyObject *piece = Py_TYPE(source)->tp_iternext(source);
        Py_DECREF(source);
        if (piece == NULL) {
            if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_StopIteration)) {
                return broken(self);
            }
            PyErr_Clear();
            self->has_ended = 1;
            break;
        }
        PyObject *seen = seen_of(self, piece);
        if (seen == NULL) {
            return broken(self);
        }
        if (seen != Py_None) {
            return seen;
        }
        Py_DECREF(seen);
    }
    return self->source == NULL ? NULL : ended(self);
}

static PyType_Slot pieces_slots[] = {
    {Py_tp_doc, "Iterate over a stream and have read what of it has to be read."},
    {Py_tp_new, pieces_new},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, pieces_next},
    {Py_tp_traverse, pieces_traverse},
    {Py_tp_clear, pieces_clear},
    {Py_tp_dealloc, pieces_dealloc},
    {0, NULL},
};

static PyType_Spec pieces_spec = {
    .name = "cost_lib._speedups.Pieces",
    .basicsize = sizeof(Pieces),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = pieces_slots,
};

typedef struct {
    PyObject_HEAD
    Pieces *pieces;
    PyObject *waiting; /* for the next piece of the source; nothing when none was asked for */
} Step;

static PyTypeObject *step_type; /* one for the process: only the main interpreter has this module */

static PyObject *
async_next(PyObject *pieces)
{
    Step *self = (Step *)step_type->tp_alloc(step_type, 0);
    if (self != NULL) {
        self->pieces = (Pieces *)Py_NewRef(pieces);
    }
    return (PyObject *)self;
}

/* Ask the source for its next piece; -1 with an exception where that cannot be. */
static int
ask(Step *self)
{
    PyObject *source = Py_NewRef(self->pieces->source), *wanted = NULL;
    if (PyAIter_Check(source)) { /* its class may have changed since */
        wanted = Py_TYPE(source)->tp_as_async->am_anext(source);
    }
    else {
        PyErr_Format(PyExc_TypeError, "%.100s is no asynchronous iterator any more", Py_TYPE(source)->tp_name);
    }
    Py_DECREF(source);
    if (wanted == NULL) {
        return -1;
    }
    if (PyCoro_CheckExact(wanted) || PyGen_CheckExact(wanted)) {
        self->waiting = wanted;
        return 0;
    }
    PyAsyncMethods *methods = Py_TYPE(wanted)->tp_as_async;
    if (methods == NULL || methods->am_await == NULL) {
        PyErr_Format(PyExc_TypeError, "%.100s cannot be awaited", Py_TYPE(wanted)->tp_name);
    }
    else {
        self->waiting = methods->am_await(wanted);
    }
    Py_DECREF(wanted);
    return self->waiting == NULL ? -1 : 0;
}

/* Go on with what the source has answered: 1 where it has to be asked again, 0 where all is said in how and result. */
static int
answered(Step *self, PySendResult *how, PyObject **result)
{
    Pieces *pieces = self->pieces;
    if (*how == PYGEN_NEXT) {
        return 0;
    }
    Py_CLEAR(self->waiting);
    if (*how == PYGEN_RETURN) {
        *result = seen_of(pieces, *result);
    }
    else {
        *result = NULL;
    }
    if (*how == PYGEN_ERROR && PyErr_ExceptionMatches(PyExc_StopAsyncIteration)) {
        PyErr_Clear();
        pieces->has_ended = 1;
        return 1;
    }
    if (*result == NULL) {
        broken(pieces);
        *how = PYGEN_ERROR;
        return 0;
    }
    if (*result == Py_None) {
        Py_CLEAR(*result);
        return 1;
    }
    return 0;
}

/* Ask, where nothing was asked for yet: 1; 0 where there is nothing to wait for, as how and result say. */
static int
is_waiting(Step *self, PySendResult *how, PyObject **result)
{
    Pieces *pieces = self->pieces;
    *how = PYGEN_ERROR;
    *result = NULL;
    if (pieces->stream != NULL && begin(pieces, PyObject_GetAIter) < 0) {
        broken(pieces);
        return 0;
    }
    if (pieces->source != NULL && !pieces->has_ended) {
        if (ask(self) == 0) {
            return 1;
        }
        if (!PyErr_ExceptionMatches(PyExc_StopAsyncIteration)) {
            broken(pieces);
            return 0;
        }
        PyErr_Clear();
        pieces->has_ended = 1;
    }
    if (pieces->source != NULL) {
        *result = ended(pieces);
    }
    if (*result != NULL) {
        *how = PYGEN_RETURN;
    }
    else if (!PyErr_Occurred()) {
        PyErr_SetNone(PyExc_StopAsyncIteration);
    }
    return 0;
}

static PySendResult
step_go(PyObject *step, PyObject *given, PyObject **result)
{
    Step *self = (Step *)step;
    PySendResult how;
    do {
        if (self->waiting == NULL && !is_waiting(self, &how, result)) {
            return how;
        }
        PyObject *waiting = Py_NewRef(self->waiting);
        how = PyIter_Send(waiting, given, result);
        Py_DECREF(waiting);
        given = Py_None;
    } while (answered(self, &how, result));
    return how;
}

/* Give a result as functions do that know no more than one way to return. */
static PyObject *
told(PySendResult how, PyObject *result)
{
    if (how == PYGEN_RETURN) {
        PyObject *stop = PyObject_CallOneArg(PyExc_StopIteration, result);
        Py_DECREF(result);
        if (stop != NULL) {
            PyErr_SetObject(PyExc_StopIteration, stop);
            Py_DECREF(stop);
        }
        return NULL;
    }
    return result;
}

static PyObject *
step_next(PyObject *self)
{
    PyObject *result;
    PySendResult how = step_go(self, Py_None, &result);
    return told(how, result);
}

static PyObject *
step_send(PyObject *self, PyObject *given)
{
    PyObject *result;
    PySendResult how = step_go(self, given, &result);
    return told(how, result);
}

/* Throw an exception at what is waited for, as whoever cancels does. */
static PyObject *
step_throw(Step *self, PyObject *args)
{
    if (PyTuple_GET_SIZE(args) == 0) {
        PyErr_SetString(PyExc_TypeError, "throw takes an exception");
        return NULL;
    }
    PyObject *throw = self->waiting == NULL ? NULL : PyObject_GetAttrString(self->waiting, "throw");
    PyObject *result = NULL;
    if (throw != NULL) {
        result = PyObject_Call(throw, args, NULL);
        Py_DECREF(throw);
    }
    else {
        PyErr_Clear();
        PyObject *given = PyTuple_GET_ITEM(args, 0);
        PyObject *value = PyTuple_GET_SIZE(args) > 1 ? PyTuple_GET_ITEM(args, 1) : Py_None;
        if (PyExceptionInstance_Check(given)) {
            PyErr_SetObject(PyExceptionInstance_Class(given), given);
        }
        else {
            PyErr_SetObject(given, value);
        }
    }
    PySendResult how = result != NULL ? PYGEN_NEXT : PYGEN_ERROR;
    if (how == PYGEN_ERROR && PyErr_ExceptionMatches(PyExc_StopIteration)) {
        PyObject *kind, *stop, *trace;
        PyErr_Fetch(&kind, &stop, &trace);
        PyErr_NormalizeException(&kind, &stop, &trace);
        result = Py_NewRef(((PyStopIterationObject *)stop)->value);
        Py_XDECREF(kind);
        Py_XDECREF(stop);
        Py_XDECREF(trace);
        how = PYGEN_RETURN;
    }
    return answered(self, &how, &result) ? step_next((PyObject *)self) : told(how, result);
}

static PyObject *
step_close(Step *self, PyObject *Py_UNUSED(nothing))
{
    PyObject *waiting = self->waiting;
    self->waiting = NULL;
    PyObject *close = waiting == NULL ? NULL : PyObject_GetAttrString(waiting, "close");
    PyObject *closed = NULL;
    if (close != NULL) {
        closed = PyObject_CallNoArgs(close);
        Py_DECREF(close);
    }
    else {
        PyErr_Clear();
        closed = Py_NewRef(Py_None);
    }
    Py_XDECREF(waiting);
    return closed;
}

static int
step_traverse(Step *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->pieces);
    Py_VISIT(self->waiting);
    return 0;
}

static int
step_clear(Step *self)
{
    Py_CLEAR(self->waiting);
    return 0;
}

static void
step_dealloc(Step *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    step_clear(self);
    Py_CLEAR(self->pieces);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef step_methods[] = {
    {"send", (PyCFunction)step_send, METH_O, "send($self, value, /)\n--\n\nGo on waiting.\n"},
    {"throw", (PyCFunction)step_throw, METH_VARARGS, "throw($self, /, *args)\n--\n\nThrow an exception at what is waited for.\n"},
    {"close", (PyCFunction)step_close, METH_NOARGS, "close($self, /)\n--\n\nWait no longer.\n"},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot step_slots[] = {
    {Py_tp_doc, "Wait for the next piece of a stream that the caller sees."},
    {Py_am_await, PyObject_SelfIter},
    {Py_am_send, step_go},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, step_next},
    {Py_tp_methods, step_methods},
    {Py_tp_traverse, step_traverse},
    {Py_tp_clear, step_clear},
    {Py_tp_dealloc, step_dealloc},
    {0, NULL},
};

static PyType_Spec step_spec = {
    .name = "cost_lib._speedups.Step",
    .basicsize = sizeof(Step),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = step_slots,
};

static PyType_Slot async_slots[] = {
    {Py_tp_doc, "Iterate over a stream that is waited for, and have read what of it has to be read."},
    {Py_tp_new, pieces_new},
    {Py_am_aiter, PyObject_SelfIter},
    {Py_am_anext, async_next},
    {Py_tp_traverse, pieces_traverse},
    {Py_tp_clear, pieces_clear},
    {Py_tp_dealloc, pieces_dealloc},
    {0, NULL},
};

static PyType_Spec async_spec = {
    .name = "cost_lib._speedups.AsyncPieces",
    .basicsize = sizeof(Pieces),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = async_slots,
};

/* Make a type and add it to the module where it has a name there; NULL with an exception. */
static PyTypeObject *
added(PyObject *module, PyType_Spec *spec, const char *name)
{
    PyObject *type = PyType_FromModuleAndSpec(module, spec, NULL);
    if (type != NULL && name != NULL && PyModule_AddObjectRef(module, name, type) < 0) {
        Py_CLEAR(type);
    }
    return (PyTypeObject *)type;
}

int
add_tee(PyObject *module)
{
    PyTypeObject *quiet = added(module, &quiet_spec, "Quiet");
    PyTypeObject *step = quiet == NULL ? NULL : added(module, &step_spec, NULL);
    if (step != NULL) {
        Py_XSETREF(step_type, step);
    }
    PyTypeObject *pieces = step == NULL ? NULL : added(module, &pieces_spec, "Pieces");
    PyTypeObject *others = pieces == NULL ? NULL : added(module, &async_spec, "AsyncPieces");
    Py_XDECREF(quiet);
    Py_XDECREF(pieces);
    Py_XDECREF(others);
    return others == NULL ? -1 : 0;
}
