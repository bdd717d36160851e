/* Record the usual event: a call with known counts of plain tokens, at a price. Twin of cost_lib/event.py, billing.py and record.py.
 *
 * Whatever else there may be to an event is Python's to write.
 */

#include "clock.h"
#include "ids.h"
#include "keeping.h"
#include "template.h"

#include <math.h>

/* Events in which one of these is another than usual are Python's. */
static const int PLAIN[] = {KIND, IS_CHARGED, USAGE_SOURCE, PASSES, REPORTED_COST, ERROR_OF, RESERVATION, OTHERS};

/* ---- pieces of the line; 0 where Python has to write it ---- */

static void
put_bytes(Text *text, PyObject *piece)
{
    put(text, PyBytes_AS_STRING(piece), (size_t)PyBytes_GET_SIZE(piece));
}

static int
put_word(Text *text, PyObject *word)
{
    Py_ssize_t length;
    const char *start = PyUnicode_Check(word) ? PyUnicode_AsUTF8AndSize(word, &length) : NULL;
    if (start == NULL) { /* half a surrogate pair */
        PyErr_Clear();
        return 0;
    }
    put(text, start, (size_t)length);
    return 1;
}

/* Write what came from outside, if nothing in it must be escaped. */
static int
put_quoted(Text *text, PyObject *word)
{
    Py_ssize_t length;
    const char *start = PyUnicode_Check(word) ? PyUnicode_AsUTF8AndSize(word, &length) : NULL;
    if (start == NULL) {
        PyErr_Clear();
        return 0;
    }
    for (Py_ssize_t place = 0; place < length; place++) {
        if ((unsigned char)start[place] < ' ' || start[place] == '"' || start[place] == '\\') {
            return 0;
        }
    }
    PUT(text, "\"");
    put(text, start, (size_t)length);
    PUT(text, "\"");
    return 1;
}

static int
put_milliseconds(Text *text, double seconds)
{
    if (!(seconds >= 0 && seconds < NANO)) {
        return 0;
    }
    int64_t micro = llround(seconds * 1e6);
    put_number(text, micro / 1000);
    PUT(text, ".");
    put_digits(text, micro % 1000, 3);
    return 1;
}

static int
put_timing(Text *text, Facts *facts)
{
    PyObject *started = facts->of[STARTED], *first = facts->of[FIRST_CHUNK];
    if (!PyFloat_CheckExact(started) || !PyFloat_CheckExact(first)) {
        return 0;
    }
    double begin = PyFloat_AS_DOUBLE(started), chunk = PyFloat_AS_DOUBLE(first);
    if (begin == 0) {
        return 1;
    }
    PUT(text, ",\"latency_ms\":");
    if (!put_milliseconds(text, (double)counter() / 1e9 - begin)) {
        return 0;
    }
    if (chunk == 0) {
        return 1;
    }
    PUT(text, ",\"ttft_ms\":");
    return put_milliseconds(text, chunk - begin);
}

/* Write time and ids. */
static int
put_start(Usual *self, Text *text, Facts *facts, int64_t at)
{
    PyObject *event = facts->of[EVENT_ID], *operation = facts->of[OPERATION_ID];
    int is_new = PyObject_Not(event), is_alone = PyObject_Not(operation);
    PyObject *heads = is_new >= 0 && is_alone >= 0 ? heads_of(self->ids, at / NANO) : NULL;
    if (heads == NULL) {
        return 0;
    }
    int64_t number = is_new || is_alone ? next_number(self->ids) : 0;
    int is_written = number >= 0;
    PUT(text, "{\"v\":1,\"ts\":\"");
    is_written = is_written && put_word(text, PyTuple_GET_ITEM(heads, TIME));
    put_digits(text, at % NANO / 1000, 6);
    PUT(text, "Z\",\"event_id\":\"");
    is_written = is_written && put_word(text, is_new ? PyTuple_GET_ITEM(heads, EVENT_HEAD) : event);
    if (is_new) {
        put_number(text, number);
    }
    PUT(text, "\",\"operation_id\":\"");
    is_written = is_written && put_word(text, is_alone ? PyTuple_GET_ITEM(heads, OPERATION_HEAD) : operation);
    if (is_alone) {
        put_number(text, number);
    }
    Py_DECREF(heads);
    return is_written;
}

static int
put_attempt(Text *text, PyObject *attempt)
{
    int overflow;
    int64_t number = PyLong_CheckExact(attempt) ? PyLong_AsLongLongAndOverflow(attempt, &overflow) : -1;
    if (number < 0) {
        return 0;
    }
    PUT(text, "\",\"attempt\":");
    put_number(text, number);
    return 1;
}

/* Write how it ended, and by what name the provider knows it. */
static int
put_end(Text *text, Facts *facts)
{
    PyObject *name = facts->of[PROVIDER_REQUEST_ID];
    int is_unnamed = PyObject_Not(name);
    PUT(text, ",\"status\":\"");
    if (is_unnamed < 0 || !put_word(text, facts->of[STATUS])) {
        return 0;
    }
    PUT(text, "\"");
    if (is_unnamed) {
        return 1;
    }
    PUT(text, ",\"provider_request_id\":");
    return put_quoted(text, name);
}

/* ---- the line ---- */

int
rules_held(Usual *self)
{
    PyObject *rules = PyObject_GetAttr(self->held, self->in_force);
    if (rules == NULL || rules == Py_None) {
        Py_XDECREF(rules);
        return 0;
    }
    if (rules == self->rules) {
        Py_DECREF(rules);
        return 1;
    }
    PyObject *budgets = PyObject_GetAttrString(rules, "has_budgets");
    self->has_budgets = budgets != Py_False;
    Py_XDECREF(budgets);
    PyDict_Clear(self->templates);
    PyDict_Clear(self->owners);
    Py_CLEAR(self->last_called);
    Py_CLEAR(self->last);
    Py_XSETREF(self->rules, rules);
    return budgets != NULL;
}

static int
is_plain_call(Usual *self, Facts *facts)
{
    for (int fact = 0; fact < COUNT_OF_FACTS; fact++) {
        if (facts->of[fact] == NULL) {
            return 0;
        }
    }
    for (Py_ssize_t place = 0; place < LENGTH(PLAIN); place++) {
        if (facts->of[PLAIN[place]] != self->state->defaults[PLAIN[place]]) {
            return 0;
        }
    }
    return 1;
}

/* Write a line; 0 where Python has to, or an exception is set. Who has asked for the owner already brings it. */
static int
put_line(Usual *self, Text *text, Facts *facts, int64_t at, PyObject *known)
{
    int64_t counts[COUNTS];
    if (at < 0 || !is_plain_call(self, facts) || !counts_read(self, facts->of[USAGE], counts) || !rules_held(self)) {
        return 0;
    }
    PyObject *owner = known != NULL && PyTuple_GET_ITEM(known, 1) == self->rules ? Py_NewRef(known)
                                                                                 : owner_of(self, facts->of[TAGS], facts->of[CALL_SITE]);
    PyObject *kept = owner != NULL ? template_of(self, facts, at) : NULL;
    const Template *template = kept != NULL ? template_in(kept) : NULL;
    int is_written = template != NULL && template->is_priced && put_start(self, text, facts, at) && put_attempt(text, facts->of[ATTEMPT]);
    if (is_written) {
        facts_set(facts, MODEL_CLASS, Py_NewRef(template->model_class));
        facts_set(facts, IS_BATCH, Py_NewRef(template->is_batch));
        put_bytes(text, template->before);
        is_written = put_money(text, template, counts);
    }
    if (is_written) {
        put_bytes(text, template->after);
        is_written = put_timing(text, facts) && put_end(text, facts);
    }
    if (is_written && PyTuple_GET_ITEM(owner, 3) != Py_None) {
        PyObject *own = PyObject_CallFunctionObjArgs(self->own_text, facts->of[TAGS], PyTuple_GET_ITEM(owner, 3), NULL);
        is_written = own != NULL && put_word(text, own);
        Py_XDECREF(own);
    }
    if (is_written) {
        put_bytes(text, PyTuple_GET_ITEM(owner, 0));
        PUT(text, "}\n");
    }
    Py_XDECREF(kept);
    Py_XDECREF(owner);
    return is_written && !text->is_full;
}

int
record_usual(Usual *self, Facts *facts, PyObject *owner)
{
    char buffer[MOST_BYTES];
    Text text = {buffer, buffer + sizeof buffer, 0};
    int64_t at = nanoseconds(CLOCK_REALTIME);
    if (!nothing_is_lost() || !put_line(self, &text, facts, at, owner)) {
        if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_Exception)) {
            return -1;
        }
        PyErr_Clear(); /* Python comes to the same, and says what is to be done */
        return 0;
    }
    if (keep_line((Bytes){buffer, (size_t)(text.at - buffer)}, at) < 0) {
        PyObject *answer = forgiven();
        Py_XDECREF(answer);
        return answer != NULL ? 1 : -1;
    }
    return 1;
}

static Facts *
facts_given(Usual *self, PyObject *object)
{
    if (self->state == NULL || Py_TYPE(object) != self->state->facts) {
        PyErr_SetString(PyExc_TypeError, "these are no facts");
        return NULL;
    }
    return (Facts *)object;
}

PyDoc_STRVAR(record_doc, "record($self, facts, /)\n--\n\nRecord a request, if it is a usual one, and say whether it was.");

static PyObject *
record(Usual *self, PyObject *object)
{
    Facts *facts = facts_given(self, object);
    int done = facts != NULL ? record_usual(self, facts, NULL) : -1;
    return done < 0 ? NULL : PyBool_FromLong(done);
}

PyDoc_STRVAR(line_doc, "line($self, facts, at, /)\n--\n\nWrite the event of a request, if it is a usual one; None otherwise.");

static PyObject *
line(Usual *self, PyObject *args)
{
    char buffer[MOST_BYTES];
    Text text = {buffer, buffer + sizeof buffer, 0};
    PyObject *object;
    long long at;
    if (!PyArg_ParseTuple(args, "OL:line", &object, &at) || facts_given(self, object) == NULL) {
        return NULL;
    }
    if (put_line(self, &text, (Facts *)object, at, NULL)) {
        return PyBytes_FromStringAndSize(buffer, text.at - buffer);
    }
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

/* ---- the type ---- */

static int
usual_init(Usual *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"held", "ids", "usage", "template", "owner", "own_text", NULL};
    PyObject *held, *ids, *usage, *template, *owner, *own_text;
    if (self->state != NULL) {
        PyErr_SetString(PyExc_TypeError, "it is begun once");
        return -1;
    }
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOO!OOO", names, &held, &ids, &PyType_Type, &usage, &template, &owner, &own_text)) {
        return -1;
    }
    if (!PyType_IsSubtype((PyTypeObject *)usage, &PyTuple_Type)) {
        PyErr_SetString(PyExc_TypeError, "a usage is a tuple");
        return -1;
    }
    self->state = PyType_GetModuleState(Py_TYPE(self));
    self->held = Py_NewRef(held);
    self->ids = Py_NewRef(ids);
    self->usage = Py_NewRef(usage);
    self->template = Py_NewRef(template);
    self->owner = Py_NewRef(owner);
    self->own_text = Py_NewRef(own_text);
    self->templates = PyDict_New();
    self->owners = PyDict_New();
    self->in_force = PyUnicode_InternFromString("in_force");
    self->of_request[0] = PyUnicode_InternFromString("user_id");
    self->of_request[1] = PyUnicode_InternFromString("chain_id");
    self->of_request[2] = PyUnicode_InternFromString("session_id");
    return self->of_request[0] && self->of_request[1] && self->of_request[2] && self->templates && self->owners && self->in_force ? 0 : -1;
}

#define EACH(DO) \
    DO(self->held); DO(self->ids); DO(self->usage); DO(self->template); DO(self->owner); \
    DO(self->rules); DO(self->templates); DO(self->owners); DO(self->in_force); DO(self->last_called); DO(self->last); \
    DO(self->own_text); DO(self->of_request[0]); DO(self->of_request[1]); DO(self->of_request[2])

static int
usual_traverse(Usual *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    EACH(Py_VISIT);
    return 0;
}

static int
usual_clear(Usual *self)
{
    EACH(Py_CLEAR);
    return 0;
}

static void
usual_free(Usual *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    usual_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"record", (PyCFunction)record, METH_O, record_doc},
    {"line", (PyCFunction)line, METH_VARARGS, line_doc},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Write usual events, and keep what they have in common."},
    {Py_tp_init, usual_init},
    {Py_tp_methods, methods},
    {Py_tp_traverse, usual_traverse},
    {Py_tp_clear, usual_clear},
    {Py_tp_dealloc, usual_free},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "cost_lib._speedups.Usual",
    .basicsize = sizeof(Usual),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = slots,
};

int
is_usual(State *state, PyObject *object)
{
    return Py_TYPE(object) == state->usual && ((Usual *)object)->state != NULL;
}

int
add_usual(PyObject *module)
{
    State *state = PyModule_GetState(module);
    state->usual = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
    return state->usual != NULL ? PyModule_AddType(module, state->usual) : -1;
}
