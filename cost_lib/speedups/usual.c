/* Write the usual event, as cost_lib/event.py and cost_lib/billing.py do: a call with known counts of plain tokens at a price.

Whatever else there may be to an event makes it None, and Python writes it: what stands here is never more than a short way.
*/

#include "clock.h"
#include "keeping.h"
#include "text.h"
#include "usual.h"

#include <math.h>

#define MOST_KEPT 1024
#define MOST_TIERS 8
#define MOST_TAGS 24
#define METERS 5

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

static int
holds_at(PyObject *kept, int64_t at)
{
    Template *template = PyCapsule_GetPointer(kept, TEMPLATE);
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

/* Find the template of a call, a new reference in a capsule; NULL with or without an exception. */
static PyObject *
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
        Template *template = PyCapsule_GetPointer(found, TEMPLATE);
        if (template->rules != self->rules) { /* others are in force since */
            Py_DECREF(key);
            return found;
        }
        if (keep(self->templates, key, found) < 0) {
            Py_CLEAR(found);
        }
    }
    if (found != NULL) {
        Py_XSETREF(self->last_called, Py_NewRef(key));
        Py_XSETREF(self->last, Py_NewRef(found));
    }
    Py_XDECREF(key);
    return found;
}

/* ---- whom it belongs to ---- */

static int
differs_by_request(Usual *self, PyObject *name)
{
    for (int place = 0; place < OF_REQUEST; place++) {
        if (self->of_request[place] == name || PyUnicode_Compare(self->of_request[place], name) == 0) {
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
            || (key != NULL && rules == self->rules && keep(self->owners, key, found) < 0))) {
        Py_CLEAR(found);
    }
    Py_XDECREF(key);
    return found;
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
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOOOOO", names, &held, &ids, &usage, &template, &owner, &own_text)) {
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
    self->now = PyUnicode_InternFromString("now");
    self->begin = PyUnicode_InternFromString("begin");
    self->next = PyUnicode_InternFromString("next");
    self->of_request[0] = PyUnicode_InternFromString("user_id");
    self->of_request[1] = PyUnicode_InternFromString("chain_id");
    self->of_request[2] = PyUnicode_InternFromString("session_id");
    return self->of_request[0] && self->of_request[1] && self->of_request[2] && self->templates && self->owners && self->in_force && self->now && self->begin && self->next ? 0 : -1;
}

#define EACH(DO) \
    DO(self->held); DO(self->ids); DO(self->usage); DO(self->template); DO(self->owner); \
    DO(self->rules); DO(self->templates); DO(self->owners); DO(self->in_force); DO(self->now); DO(self->begin); DO(self->next); DO(self->last_called); DO(self->last); \
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
