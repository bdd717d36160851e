/* The meter around ``send`` of the clients of httpx: the twin of what _metered in cost_lib/metering/httpx_family.py makes.
 *
 * Here is what a request does that is known again; the rest is handed to the functions in Python that a Sender is given.
 */

#include "clock.h"
#include "frames.h"
#include "speedups.h"

#include <structmember.h>

/* What a Sender takes from the names of that module, */
#define NAMED_PARTS(X) X(current, "CURRENT") X(switch_, "SWITCH") X(frame_type, "Frame")
/* and what it is given: those names, which it asks again at each request, and functions. */
#define GIVEN_PARTS(X) X(names, _) X(original, _) X(send, _) X(go_long, _) X(fail_late, _) X(make_sent, _) X(follow_late, _)
#define MEMBER(name, _) PyObject *name;
#define COUNTED(name, _) +1
enum { NAMED_COUNT = 0 NAMED_PARTS(COUNTED), PART_COUNT = NAMED_COUNT GIVEN_PARTS(COUNTED) };

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    union {
        struct { NAMED_PARTS(MEMBER) GIVEN_PARTS(MEMBER) };
        PyObject *all[PART_COUNT];
    } of;
    PyObject *route_for, *settle, *stream, *is_consumed; /* names */
    Py_ssize_t is_on;                                    /* a slot of Switch */
} Sender;

/* One request that is known again; all is borrowed from who called. */
typedef struct {
    PyObject *client, *request;
    PyObject *const *args;
    PyObject *names;
    PyObject *before;
    PyObject *started;
} Sending;

/* There is no tp_clear, as for a tuple: its parts stay to the end, and each circle they are in leads through a dictionary. */
static int
sender_traverse(PyObject *self, visitproc visit, void *arg)
{
    Sender *sender = (Sender *)self;

    Py_VISIT(Py_TYPE(self));
    for (Py_ssize_t at = 0; at < PART_COUNT; at++) {
        Py_VISIT(sender->of.all[at]);
    }
    return 0;
}

static void
sender_dealloc(PyObject *self)
{
    Sender *sender = (Sender *)self;
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    for (Py_ssize_t at = 0; at < PART_COUNT; at++) {
        Py_CLEAR(sender->of.all[at]);
    }
    Py_CLEAR(sender->route_for);
    Py_CLEAR(sender->settle);
    Py_CLEAR(sender->stream);
    Py_CLEAR(sender->is_consumed);
    type->tp_free(self);
    Py_DECREF(type);
}

/* ---------------------------------------------------------------- one request */

/* Return what the module has under a name now, a new reference: a program may have replaced it. */
static PyObject *
named(Sender *sender, PyObject *name)
{
    PyObject *found = PyDict_GetItemWithError(sender->of.names, name);

    if (found == NULL && !PyErr_Occurred()) {
        PyErr_SetObject(PyExc_NameError, name);
    }
    return Py_XNewRef(found);
}

/* Gather the options of a call. */
static PyObject *
options_of(Sending *sending)
{
    PyObject *options = PyDict_New(), *names = sending->names;

    for (Py_ssize_t at = 0; options != NULL && names != NULL && at < PyTuple_GET_SIZE(names); at++) {
        if (PyDict_SetItem(options, PyTuple_GET_ITEM(names, at), sending->args[2 + at]) < 0) {
            Py_CLEAR(options);
        }
    }
    return options;
}

/* Say whether a response is still to be read: -1 with an exception set. */
static int
is_open(Sender *sender, Sending *sending, PyObject *response)
{
    PyObject *names = sending->names;

    for (Py_ssize_t at = 0; names != NULL && at < PyTuple_GET_SIZE(names); at++) {
        int is_stream = PyUnicode_Compare(PyTuple_GET_ITEM(names, at), sender->stream) == 0;
        int is_wanted = is_stream ? PyObject_IsTrue(sending->args[2 + at]) : 0;
        if (is_wanted) {
            PyObject *is_consumed = is_wanted < 0 ? NULL : PyObject_GetAttr(response, sender->is_consumed);
            int found = is_consumed == NULL ? -1 : PyObject_Not(is_consumed);
            Py_XDECREF(is_consumed);
            return found;
        }
    }
    return 0;
}

/* Record a response by its route; 0 where that cannot be, -1 with an exception set. */
static int
settled(Sender *sender, Sending *sending, PyObject *route, PyObject *response)
{
    PyObject *settle = named(sender, sender->settle);
    if (settle == NULL) {
        return -1;
    }
    PyObject *args[] = {route, sending->before, sending->request, response, sending->started};
    PyObject *answer = PyObject_Vectorcall(settle, args, 5, NULL);
    int found = answer == NULL ? -1 : PyObject_IsTrue(answer);

    Py_XDECREF(answer);
    Py_DECREF(settle);
    return found;
}

/* Let the long way see a response; -1 with an exception set. */
static int
follow_late(Sender *sender, Sending *sending, PyObject *response)
{
    PyObject *options = options_of(sending), *sent = NULL, *none = NULL;

    if (options != NULL) {
        PyObject *args[] = {sending->client, sending->request, sending->before, options};
        sent = PyObject_Vectorcall(sender->of.make_sent, args, 4, NULL);
        Py_DECREF(options);
    }
    if (sent != NULL) {
        PyObject *args[] = {sent, response, sending->started};
        none = PyObject_Vectorcall(sender->of.follow_late, args, 3, NULL);
        Py_DECREF(sent);
    }
    Py_XDECREF(none);
    return none == NULL ? -1 : 0;
}

/* Put back what was in force, and let the long way see that nothing came; with the exception still set. */
static void
failed(Sender *sender, Sending *sending)
{
    PyObject *problem = PyErr_GetRaisedException(), *none = NULL;

    if (put_in_force(sender->of.current, sending->before) == 0) {
        PyObject *args[] = {sending->client, sending->request, sending->before, sending->started};
        none = call_while_handling(problem, sender->of.fail_late, args, 4);
    }
    if (none == NULL) { /* what was raised there takes its place */
        Py_DECREF(problem);
    } else {
        Py_DECREF(none);
        PyErr_SetRaisedException(problem);
    }
}

static PyObject *
sent(Sender *sender, Sending *sending, PyObject *route)
{
    PyObject *before = sending->before;
    PyObject *parts[] = {PyTuple_GET_ITEM(before, FRAME_TAGS), PyTuple_GET_ITEM(before, FRAME_OPERATION), Py_True,
                         PyTuple_GET_ITEM(before, FRAME_OWNER), PyTuple_GET_ITEM(before, FRAME_OWN), PyTuple_GET_ITEM(before, FRAME_OUTER)};
    PyObject *silent = new_frame((PyTypeObject *)sender->of.frame_type, parts);
    int is_set = silent != NULL && put_in_force(sender->of.current, silent) == 0;

    Py_XDECREF(silent);
    if (!is_set) {
        return NULL;
    }
    PyObject *response = PyObject_Vectorcall(sender->of.original, sending->args, 2, sending->names);
    if (response == NULL) {
        failed(sender, sending);
        return NULL;
    }
    int is_done = put_in_force(sender->of.current, before) < 0 ? -1 : is_open(sender, sending, response);
    if (is_done >= 0) {
        is_done = is_done ? 0 : settled(sender, sending, route, response);
    }
    if (is_done == 0) {
        is_done = follow_late(sender, sending, response);
    }
    if (is_done < 0) {
        Py_CLEAR(response);
    }
    return response;
}

static PyObject *
sent_the_long_way(Sender *sender, Sending *sending)
{
    PyObject *options = options_of(sending), *found = NULL;

    if (options != NULL) {
        PyObject *args[] = {sending->client, sending->request, sending->before, options};
        found = PyObject_Vectorcall(sender->of.go_long, args, 4, NULL);
        Py_DECREF(options);
    }
    return found;
}

static PyObject *
send_metered(Sender *sender, Sending *sending)
{
    PyObject *route_for = named(sender, sender->route_for);
    if (route_for == NULL) {
        return NULL;
    }
    PyObject *args[] = {sending->client, sending->request, sending->before}, *found = NULL;
    PyObject *route = PyObject_Vectorcall(route_for, args, 3, NULL);
    Py_DECREF(route_for);
    if (route == Py_None) {
        found = sent_the_long_way(sender, sending);
    } else if (route != NULL && (sending->started = PyLong_FromLongLong(counter())) != NULL) {
        found = sent(sender, sending, route);
        Py_DECREF(sending->started);
    }
    Py_XDECREF(route);
    return found;
}

/* Say whether what is in force wants a request to be let through as it is. */
static int
is_let_through(Sender *sender, PyObject *frame)
{
    int is_off = *slot_at(sender->of.switch_, sender->is_on) != Py_True;

    return PyTuple_GET_ITEM(frame, FRAME_IS_SILENT) == Py_True || (is_off && PyTuple_GET_ITEM(frame, FRAME_OPERATION) == Py_None);
}

static PyObject *
sender_call(PyObject *self, PyObject *const *args, size_t flags, PyObject *names)
{
    Sender *sender = (Sender *)self;
    Sending sending = {.args = args, .names = names};
    PyObject *found = NULL;

    if (PyContextVar_Get(sender->of.current, Py_None, &sending.before) < 0) {
        return NULL;
    }
    if (PyVectorcall_NARGS(flags) != 2 || !is_frame(sending.before, (PyTypeObject *)sender->of.frame_type)) {
        found = PyObject_Vectorcall(sender->of.send, args, flags, names);
    } else if (is_let_through(sender, sending.before)) {
        found = PyObject_Vectorcall(sender->of.original, args, flags, names);
    } else {
        sending.client = args[0];
        sending.request = args[1];
        found = send_metered(sender, &sending);
    }
    Py_DECREF(sending.before);
    return found;
}

/* ---------------------------------------------------------------- what makes it a method */

static vectorcallfunc plain_call; /* how functions are called otherwise */

/* Call the Sender that a function has in its closure, without a way through the code of the function. */
static PyObject *
quick_call(PyObject *function, PyObject *const *args, size_t flags, PyObject *names)
{
    PyObject *closure = PyFunction_GET_CLOSURE(function), *sender = closure == NULL ? NULL : PyCell_GET(PyTuple_GET_ITEM(closure, 0));

    if (sender == NULL || Py_TYPE(sender)->tp_dealloc != sender_dealloc) { /* somebody has put something else there */
        return plain_call(function, args, flags, names);
    }
    return sender_call(sender, args, flags, names);
}

PyDoc_STRVAR(shorten_doc,
"shorten($self, function, /)\n--\n\n"
"Let a function be called at once as its code would call this, the only variable of its closure; it stays a function in all else.");

static PyObject *
sender_shorten(PyObject *self, PyObject *function)
{
    PyObject *closure = PyFunction_Check(function) ? PyFunction_GET_CLOSURE(function) : NULL;

    if (closure == NULL || PyTuple_GET_SIZE(closure) != 1 || PyCell_GET(PyTuple_GET_ITEM(closure, 0)) != self) {
        PyErr_SetString(PyExc_TypeError, "not a function that calls this");
        return NULL;
    }
    if (((PyFunctionObject *)function)->vectorcall != quick_call) {
        plain_call = ((PyFunctionObject *)function)->vectorcall;
    }
#if PY_VERSION_HEX >= 0x030C0000
    PyFunction_SetVectorcall((PyFunctionObject *)function, quick_call);
#else /* where the interpreter runs the code itself, it comes to the same */
    ((PyFunctionObject *)function)->vectorcall = quick_call;
#endif
    return Py_NewRef(function);
}

#define NAMED(_, name) name,
static const char *const part_names[] = {NAMED_PARTS(NAMED)};

static int
fill_names(Sender *sender)
{
    sender->route_for = PyUnicode_InternFromString("route_for");
    sender->settle = PyUnicode_InternFromString("settle");
    sender->stream = PyUnicode_InternFromString("stream");
    sender->is_consumed = PyUnicode_InternFromString("is_stream_consumed");
    return sender->route_for == NULL || sender->settle == NULL || sender->stream == NULL || sender->is_consumed == NULL ? -1 : 0;
}

/* Look at what was given: what is used here without a further look must be what it is taken for. */
static int
is_as_expected(Sender *sender)
{
    if (PyContextVar_CheckExact(sender->of.current) && PyType_Check(sender->of.frame_type)
        && PyType_IsSubtype((PyTypeObject *)sender->of.frame_type, &PyTuple_Type)) {
        return 1;
    }
    PyErr_SetString(PyExc_TypeError, "not what a Sender needs");
    return 0;
}

static PyObject *
sender_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    if (PyTuple_GET_SIZE(args) != PART_COUNT - NAMED_COUNT || !PyDict_CheckExact(PyTuple_GET_ITEM(args, 0))) {
        PyErr_SetString(PyExc_TypeError, "a Sender takes the names of its module and functions");
        return NULL;
    }
    Sender *sender = (Sender *)type->tp_alloc(type, 0);
    if (sender == NULL) {
        return NULL;
    }
    sender->vectorcall = sender_call;
    for (Py_ssize_t at = NAMED_COUNT; at < PART_COUNT; at++) {
        sender->of.all[at] = Py_NewRef(PyTuple_GET_ITEM(args, at - NAMED_COUNT));
    }
    if (take_parts(sender->of.all, sender->of.names, part_names, NAMED_COUNT) < 0 || fill_names(sender) < 0 || !is_as_expected(sender)
        || (sender->is_on = slot_of((PyObject *)Py_TYPE(sender->of.switch_), "is_on")) < 0) {
        Py_CLEAR(sender);
    }
    return (PyObject *)sender;
}

static PyMethodDef sender_methods[] = {
    {"shorten", sender_shorten, METH_O, shorten_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef sender_members[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Sender, vectorcall), READONLY},
    {NULL},
};

static PyType_Slot sender_slots[] = {
    {Py_tp_doc, "Stands for ``send``."},
    {Py_tp_new, sender_new},
    {Py_tp_dealloc, sender_dealloc},
    {Py_tp_traverse, sender_traverse},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_methods, sender_methods},
    {Py_tp_members, sender_members},
    {0, NULL},
};

static PyType_Spec sender_spec = {
    .name = "cost_lib._speedups.Sender",
    .basicsize = sizeof(Sender),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = sender_slots,
};

int
add_sending(PyObject *module)
{
    return add_type(module, &sender_spec);
}
