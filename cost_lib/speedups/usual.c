/* Write the usual event, as cost_lib/event.py and cost_lib/billing.py do: a call with known counts of plain tokens at a price.

Whatever else there may be to an event makes it None, and Python writes it: what stands here is never more than a short way.
*/

#include "text.h"
#include "usual.h"

#include <math.h>

#define MOST_BYTES 4096 /* of a line; a longer one is cut by Python */
#define MOST_KEPT 1024
#define MOST_TIERS 8
#define MOST_TAGS 24
#define METERS 5
#define NANO 1000000000

typedef struct {
    int64_t tokens;
    int has_cached;
    int64_t rates[METERS];
} Tier;

/* What events of one model, asked for in one way, have in common while a price holds. */
typedef struct {
    PyObject *before, *after, *model_class, *is_batch, *rules;
    int64_t start, end;
    int is_priced;
    int64_t rates[METERS];
    Py_ssize_t tier_count;
    Tier tiers[MOST_TIERS];
} Template;

static const char *const SPLIT[METERS] = {
    "\"input\":", "\"cache_read\":", "\"cache_write_5m\":", "\"cache_write_1h\":", "\"output\":"};
static const char *const METER[COUNTS] = {",\"input_tokens\":", ",\"cache_read_tokens\":", ",\"cache_write_5m_tokens\":",
                                          ",\"cache_write_1h_tokens\":", ",\"output_tokens\":", ",\"reasoning_tokens\":"};
static const char *const TEMPLATE = "costmark template";
/* Events in which one of these is another than usual are Python's. */
static const int PLAIN[] = {KIND, IS_CHARGED, USAGE_SOURCE, PASSES, REPORTED_COST, ERROR_OF, RESERVATION, OTHERS};
/* These tell templates apart. */
static const int CALLED[] = {PROVIDER,    HOST,         ENDPOINT, TRANSPORT, MODEL_REQUESTED, MODEL,
                             MODEL_CLASS, SERVICE_TIER, SDK,      IS_BATCH,  IS_STREAM,       PRICE_CONTEXT};
#define LENGTH(array) ((Py_ssize_t)(sizeof(array) / sizeof((array)[0])))

/* ---- templates ---- */

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

static int
rates_read(int64_t rates[METERS], PyObject *found)
{
    if (!PyTuple_Check(found) || PyTuple_GET_SIZE(found) != METERS) {
        PyErr_SetString(PyExc_TypeError, "there is a rate for each kind of token");
        return -1;
    }
    for (int meter = 0; meter < METERS; meter++) {
        rates[meter] = PyLong_AsLongLong(PyTuple_GET_ITEM(found, meter));
        if (rates[meter] == -1 && PyErr_Occurred()) {
            return -1;
        }
    }
    return 0;
}

/* Take over the rates; a price that does not fit in here is none. */
static int
prices_read(Template *template, PyObject *rates, PyObject *tiers)
{
    template->is_priced = rates != Py_None && PyTuple_GET_SIZE(tiers) <= MOST_TIERS;
    if (!template->is_priced) {
        return 0;
    }
    int problem = rates_read(template->rates, rates);
    template->tier_count = PyTuple_GET_SIZE(tiers);
    for (Py_ssize_t place = 0; !problem && place < template->tier_count; place++) {
        Tier *tier = &template->tiers[place];
        long long tokens = 0;
        PyObject *above = NULL;
        problem = !PyArg_ParseTuple(PyTuple_GET_ITEM(tiers, place), "LpO", &tokens, &tier->has_cached, &above)
                  || rates_read(tier->rates, above);
        tier->tokens = tokens;
    }
    if (problem && PyErr_ExceptionMatches(PyExc_OverflowError)) {
        PyErr_Clear();
        template->is_priced = 0;
        return 0;
    }
    return problem ? -1 : 0;
}

/* Ask Python for what events of such facts have in common. */
static PyObject *
template_made(Usual *self, Facts *facts, PyObject *at)
{
    PyObject *told = PyObject_CallFunctionObjArgs(self->template, facts, at, NULL);
    Template *template = told != NULL ? PyMem_Calloc(1, sizeof(Template)) : NULL;
    PyObject *rates, *tiers, *capsule = NULL;
    long long start, end;
    if (template == NULL) {
        Py_XDECREF(told);
        return told != NULL ? PyErr_NoMemory() : NULL;
    }
    if (PyArg_ParseTuple(told, "SSLLOO!OOO", &template->before, &template->after, &start, &end, &rates, &PyTuple_Type, &tiers,
                         &template->model_class, &template->is_batch, &template->rules)
        && prices_read(template, rates, tiers) == 0) {
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

static int
keep(PyObject *table, PyObject *key, PyObject *value)
{
    if (PyDict_GET_SIZE(table) >= MOST_KEPT) {
        PyDict_Clear(table);
    }
    return PyDict_SetItem(table, key, value);
}

/* Find the template of a call, a new reference in a capsule; NULL with or without an exception. */
static PyObject *
template_of(Usual *self, Facts *facts, PyObject *time, int64_t at)
{
    PyObject *key = PyTuple_New(LENGTH(CALLED));
    if (key == NULL) {
        return NULL;
    }
    for (Py_ssize_t place = 0; place < LENGTH(CALLED); place++) {
        PyTuple_SET_ITEM(key, place, Py_NewRef(facts->of[CALLED[place]]));
    }
    PyObject *found = Py_XNewRef(PyDict_GetItemWithError(self->templates, key));
    if (found != NULL) {
        Template *template = PyCapsule_GetPointer(found, TEMPLATE);
        if (at < template->start || at >= template->end) {
            Py_CLEAR(found);
        }
    }
    if (found == NULL && !PyErr_Occurred()) {
        found = template_made(self, facts, time);
        if (found != NULL) {
            Template *template = PyCapsule_GetPointer(found, TEMPLATE);
            if (template->rules == self->rules && keep(self->templates, key, found) < 0) {
                Py_CLEAR(found);
            }
        }
    }
    Py_DECREF(key);
    return found;
}

/* ---- whom it belongs to ---- */

static PyObject *
owner_key(PyObject *site, PyObject *tags)
{
    Py_ssize_t place = 0, at = 1;
    PyObject *name, *value, *key = PyTuple_New(1 + 2 * PyDict_GET_SIZE(tags));
    if (key == NULL) {
        return NULL;
    }
    PyTuple_SET_ITEM(key, 0, Py_NewRef(site));
    while (PyDict_Next(tags, &place, &name, &value)) {
        PyTuple_SET_ITEM(key, at, Py_NewRef(name));
        PyTuple_SET_ITEM(key, at + 1, Py_NewRef(value));
        at += 2;
    }
    return key;
}

PyObject *
owner_of(Usual *self, PyObject *tags, PyObject *site)
{
    PyObject *key = NULL, *text, *rules, *is_fine;
    if (PyDict_CheckExact(tags) && PyDict_GET_SIZE(tags) <= MOST_TAGS) {
        key = owner_key(site, tags);
        PyObject *kept = key != NULL ? PyDict_GetItemWithError(self->owners, key) : NULL;
        if (kept != NULL || PyErr_Occurred()) {
            Py_XINCREF(kept);
            Py_XDECREF(key);
            return kept;
        }
    }
    PyObject *told = PyObject_CallFunctionObjArgs(self->owner, tags, site, NULL);
    if (told != NULL
        && (!PyArg_ParseTuple(told, "SOO", &text, &rules, &is_fine)
            || (key != NULL && rules == self->rules && keep(self->owners, key, told) < 0))) {
        Py_CLEAR(told);
    }
    Py_XDECREF(key);
    return told;
}

/* ---- counts and costs ---- */

/* Read the counts of plain tokens; 0 where there is more to it, or less. */
static int
counts_read(Usual *self, PyObject *usage, int64_t counts[COUNTS])
{
    if ((PyObject *)Py_TYPE(usage) != self->usage || PyTuple_GET_SIZE(usage) != COUNTS + 1) {
        return 0;
    }
    for (int meter = 0; meter < COUNTS; meter++) {
        PyObject *count = PyTuple_GET_ITEM(usage, meter);
        int overflow = 0;
        counts[meter] = PyLong_CheckExact(count) ? PyLong_AsLongLongAndOverflow(count, &overflow) : -1;
        if (overflow || counts[meter] < 0) {
            return 0;
        }
    }
    PyObject *units = PyTuple_GET_ITEM(usage, COUNTS);
    Py_ssize_t others = PyDict_CheckExact(units) ? PyDict_GET_SIZE(units) : PyObject_Size(units);
    if (others < 0) {
        PyErr_Clear();
    }
    return others == 0;
}

/* Choose the rates by the length of the context; NULL where numbers become too large. */
static const int64_t *
rates_for(const Template *template, const int64_t counts[COUNTS])
{
    int64_t all = counts[0];
    for (int meter = 1; meter < METERS - 1; meter++) {
        if (__builtin_add_overflow(all, counts[meter], &all)) {
            return NULL;
        }
    }
    for (Py_ssize_t place = 0; place < template->tier_count; place++) {
        const Tier *tier = &template->tiers[place];
        if ((tier->has_cached ? all : counts[0]) > tier->tokens) {
            return tier->rates;
        }
    }
    return template->rates;
}

/* Write what was used and what it cost; 0 where there is no rate, or a number is too large. */
static int
put_money(Text *text, const Template *template, const int64_t counts[COUNTS])
{
    const int64_t *rates = rates_for(template, counts);
    int64_t amounts[METERS], cost = 0;
    if (rates == NULL) {
        return 0;
    }
    for (int meter = 0; meter < METERS; meter++) {
        if ((counts[meter] && rates[meter] < 0) || __builtin_mul_overflow(counts[meter], rates[meter], &amounts[meter])
            || __builtin_add_overflow(cost, amounts[meter], &cost)) {
            return 0;
        }
    }
    for (int meter = 0; meter < COUNTS; meter++) {
        put(text, METER[meter], strlen(METER[meter]));
        put_number(text, counts[meter]);
    }
    PUT(text, ",\"usage_source\":\"reported\",\"cost_nano_usd\":");
    put_number(text, cost);
    const char *start = ",\"cost_split\":{";
    int has_split = 0;
    for (int meter = 0; meter < METERS; meter++) {
        if (counts[meter]) {
            put(text, start, strlen(start));
            put(text, SPLIT[meter], strlen(SPLIT[meter]));
            put_number(text, amounts[meter]);
            start = ",";
            has_split = 1;
        }
    }
    if (has_split) {
        PUT(text, "}");
    }
    return 1;
}

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
put_timing(Usual *self, Text *text, Facts *facts)
{
    PyObject *started = facts->of[STARTED], *first = facts->of[FIRST_CHUNK];
    if (!PyFloat_CheckExact(started) || !PyFloat_CheckExact(first)) {
        return 0;
    }
    double begin = PyFloat_AS_DOUBLE(started), chunk = PyFloat_AS_DOUBLE(first);
    if (begin == 0) {
        return 1;
    }
    PyObject *now = PyObject_CallNoArgs(self->clock);
    double end = now != NULL ? PyFloat_AsDouble(now) : -1;
    Py_XDECREF(now);
    if (PyErr_Occurred()) {
        return 0;
    }
    PUT(text, ",\"latency_ms\":");
    if (!put_milliseconds(text, end - begin)) {
        return 0;
    }
    if (chunk == 0) {
        return 1;
    }
    PUT(text, ",\"ttft_ms\":");
    return put_milliseconds(text, chunk - begin);
}

/* What the ids of a second have in common: a new reference to four texts; NULL with or without an exception. */
static PyObject *
heads_of(Usual *self, int64_t second)
{
    char digits[24];
    Text wanted = {digits, digits + sizeof digits - 1, 0};
    put_number(&wanted, second);
    *wanted.at = '\0';
    PyObject *now = PyObject_GetAttr(self->ids, self->now);
    if (now != NULL && PyTuple_CheckExact(now) && PyTuple_GET_SIZE(now) == 4
        && PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(now, 0), digits) != 0) {
        PyObject *text = PyUnicode_FromStringAndSize(digits, wanted.at - digits);
        Py_SETREF(now, text != NULL ? PyObject_CallMethodOneArg(self->ids, self->begin, text) : NULL);
        Py_XDECREF(text);
    }
    if (now != NULL && (!PyTuple_CheckExact(now) || PyTuple_GET_SIZE(now) != 4)) {
        Py_CLEAR(now);
    }
    return now;
}

/* Take the next number of this process's ids; below zero with an exception set. */
static int64_t
next_number(Usual *self)
{
    PyObject *number = PyObject_CallMethodNoArgs(self->ids, self->next);
    int64_t found = number != NULL ? PyLong_AsLongLong(number) : -1;
    Py_XDECREF(number);
    return found;
}

/* Write time and ids. */
static int
put_start(Usual *self, Text *text, Facts *facts, int64_t at)
{
    PyObject *event = facts->of[EVENT_ID], *operation = facts->of[OPERATION_ID];
    int is_new = PyObject_Not(event), is_alone = PyObject_Not(operation);
    PyObject *heads = is_new >= 0 && is_alone >= 0 ? heads_of(self, at / NANO) : NULL;
    if (heads == NULL) {
        return 0;
    }
    int64_t number = is_new || is_alone ? next_number(self) : 0;
    int is_written = number >= 0;
    PUT(text, "{\"v\":1,\"ts\":\"");
    is_written = is_written && put_word(text, PyTuple_GET_ITEM(heads, 1));
    put_digits(text, at % NANO / 1000, 6);
    PUT(text, "Z\",\"event_id\":\"");
    is_written = is_written && put_word(text, is_new ? PyTuple_GET_ITEM(heads, 2) : event);
    if (is_new) {
        put_number(text, number);
    }
    PUT(text, "\",\"operation_id\":\"");
    is_written = is_written && put_word(text, is_alone ? PyTuple_GET_ITEM(heads, 3) : operation);
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
    Py_XSETREF(self->rules, rules);
    return budgets != NULL;
}

static int
is_plain(Usual *self, Facts *facts)
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

/* Write a line; 0 where Python has to, or an exception is set. */
static int
put_line(Usual *self, Text *text, Facts *facts, PyObject *time)
{
    int64_t counts[COUNTS], at = PyLong_AsLongLong(time);
    if (at < 0 || !is_plain(self, facts) || !counts_read(self, facts->of[USAGE], counts) || !rules_held(self)) {
        return 0;
    }
    PyObject *owner = owner_of(self, facts->of[TAGS], facts->of[CALL_SITE]);
    PyObject *kept = owner != NULL ? template_of(self, facts, time, at) : NULL;
    const Template *template = kept != NULL ? PyCapsule_GetPointer(kept, TEMPLATE) : NULL;
    int is_written = template != NULL && template->is_priced && put_start(self, text, facts, at) && put_attempt(text, facts->of[ATTEMPT]);
    if (is_written) {
        facts_set(facts, MODEL_CLASS, Py_NewRef(template->model_class));
        facts_set(facts, IS_BATCH, Py_NewRef(template->is_batch));
        put_bytes(text, template->before);
        is_written = put_money(text, template, counts);
    }
    if (is_written) {
        put_bytes(text, template->after);
        is_written = put_timing(self, text, facts) && put_end(text, facts);
    }
    if (is_written) {
        put_bytes(text, PyTuple_GET_ITEM(owner, 0));
        PUT(text, "}\n");
    }
    Py_XDECREF(kept);
    Py_XDECREF(owner);
    return is_written && !text->is_full;
}

PyDoc_STRVAR(line_doc, "line($self, facts, at, /)\n--\n\nWrite the event of a request, if it is a usual one; None otherwise.\n");

static PyObject *
line(Usual *self, PyObject *const *args, Py_ssize_t count)
{
    char buffer[MOST_BYTES];
    Text text = {buffer, buffer + sizeof buffer, 0};
    if (count != 2 || self->state == NULL || Py_TYPE(args[0]) != self->state->facts) {
        PyErr_SetString(PyExc_TypeError, "line takes facts and a moment");
        return NULL;
    }
    if (put_line(self, &text, (Facts *)args[0], args[1])) {
        return PyBytes_FromStringAndSize(buffer, text.at - buffer);
    }
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

/* ---- the type ---- */

static int
usual_init(Usual *self, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"held", "ids", "clock", "usage", "template", "owner", NULL};
    PyObject *held, *ids, *clock, *usage, *template, *owner;
    if (self->state != NULL) {
        PyErr_SetString(PyExc_TypeError, "it is begun once");
        return -1;
    }
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOOOOO", names, &held, &ids, &clock, &usage, &template, &owner)) {
        return -1;
    }
    self->state = PyType_GetModuleState(Py_TYPE(self));
    self->held = Py_NewRef(held);
    self->ids = Py_NewRef(ids);
    self->clock = Py_NewRef(clock);
    self->usage = Py_NewRef(usage);
    self->template = Py_NewRef(template);
    self->owner = Py_NewRef(owner);
    self->templates = PyDict_New();
    self->owners = PyDict_New();
    self->in_force = PyUnicode_InternFromString("in_force");
    self->now = PyUnicode_InternFromString("now");
    self->begin = PyUnicode_InternFromString("begin");
    self->next = PyUnicode_InternFromString("next");
    return self->templates && self->owners && self->in_force && self->now && self->begin && self->next ? 0 : -1;
}

#define EACH(DO) \
    DO(self->held); DO(self->ids); DO(self->clock); DO(self->usage); DO(self->template); DO(self->owner); \
    DO(self->rules); DO(self->templates); DO(self->owners); DO(self->in_force); DO(self->now); DO(self->begin); DO(self->next)

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
    {"line", (PyCFunction)(void (*)(void))line, METH_FASTCALL, line_doc},
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
