/* Record an answer that is like one before: the twin of route_for and settle in cost_lib/metering/routes.py.
 *
 * Between two calls the SDK drives all that is not in use out of the processor's caches: what counts is how much memory is touched,
 * hence one block for all that is known of a line. Whatever is not as usual is left to Python: it gets the same arguments, and
 * nothing has been done yet.
 */

#include "clock.h"
#include "event.h"
#include "ids.h"
#include "keeping.h"
#include "speedups.h"

#include <structmember.h>

#define LONGEST_HEAD 40 /* of an id */

/* What the module in Python has handed over; `slot` are places in objects whose classes have __slots__. */
static struct {
    PyObject *ids, *held, *python_route_for, *python_settle, *judge, *told_of, *own_text;
    PyTypeObject *route, *operation, *site;
    Py_ssize_t line_slot, told_slot, attempts_slot, packages_slot, call_site_slot, routes_slot;
} py;

static PyObject *n_status_code, *n_headers, *n_list, *n_content, *n_url, *n_reference,
    *n_method, *n_stream, *n_in_force, *n_user_id, *n_session_id, *n_chain_id;

/* ---------------------------------------------------------------- before a request is sent */

/* What is known of a route, a new reference: whoever runs in the midst of this may put another in its place. */
static Line *
line_of(PyObject *route)
{
    PyObject *found = Py_TYPE(route) == py.route ? slot(route, py.line_slot) : NULL;
    return found != NULL && Py_TYPE(found) == line_type ? (Line *)Py_NewRef(found) : NULL;
}

/* Whether a request goes this way; -1 where that cannot be said here. */
static int
goes_by(const Line *line, PyObject *request, PyObject *client, PyObject *rules, PyObject *packages)
{
    int found = 0;
    PyObject *stream = NULL, *url = NULL, *uri = NULL, *method = NULL;
    if (line->client != (PyObject *)Py_TYPE(client) || line->rules != rules || !same(line->packages, packages)) {
        return 0;
    }
    if ((stream = PyObject_GetAttr(request, n_stream)) != NULL && (url = PyObject_GetAttr(request, n_url)) != NULL
        && (uri = PyObject_GetAttr(url, n_reference)) != NULL && (method = PyObject_GetAttr(request, n_method)) != NULL) {
        found = line->body == (PyObject *)Py_TYPE(stream) && same(line->method, method) && same(line->uri, uri);
    }
    Py_XDECREF(stream);
    Py_XDECREF(url);
    Py_XDECREF(uri);
    Py_XDECREF(method);
    return PyErr_Occurred() ? -1 : found;
}

static int
is_barred(const Line *line, PyObject *request)
{
    Bytes content;
    if (line->barred.size == 0) {
        return 0;
    }
    PyObject *asked = PyObject_GetAttr(request, n_content);
    int found = !bytes_of(asked, &content) || holds(content, line->barred);
    Py_XDECREF(asked);
    return PyErr_Occurred() ? -1 : found;
}

/* Whether a tag differs from request to request. */
static int
is_of_request(PyObject *name)
{
    return same(name, n_user_id) || same(name, n_session_id) || same(name, n_chain_id);
}

/* Whether tags differ from others at most in what differs from request to request. */
static int
is_varied(PyObject *tags, PyObject *known)
{
    PyObject *name, *value;
    Py_ssize_t place = 0;
    if (!PyDict_CheckExact(tags) || !PyDict_CheckExact(known) || PyDict_GET_SIZE(tags) != PyDict_GET_SIZE(known)) {
        return 0;
    }
    while (PyDict_Next(tags, &place, &name, &value)) {
        PyObject *other = PyDict_GetItemWithError(known, name);
        if (other == NULL || (!same(value, other) && !is_of_request(name))) {
            return 0;
        }
    }
    return 1;
}

enum { TOLD_TAGS, TOLD_TEXT, TOLD_LASTING, TOLD_SETTINGS, TOLD };

/* What Told of cost_lib/attribution.py holds; NULL where it is something else. */
static PyObject *
told_in(PyObject *route)
{
    PyObject *told = slot(route, py.told_slot);
    return told != NULL && PyTuple_Check(told) && PyTuple_GET_SIZE(told) == TOLD ? Py_NewRef(told) : NULL;
}

static int
is_told(PyObject *told, PyObject *tags)
{
    PyObject *known = PyTuple_GET_ITEM(told, TOLD_TAGS);
    return Py_IsNone(PyTuple_GET_ITEM(told, TOLD_TEXT)) ? is_varied(tags, known) : same(known, tags);
}

/* The route itself where its tags are known or may be sent; None where they may not. */
static PyObject *
allowed(PyObject *route, PyObject *tags, PyObject *site)
{
    PyObject *told = told_in(route), *refusal;
    int is_known = told != NULL && is_told(told, tags);
    Py_XDECREF(told);
    if (is_known) {
        return Py_NewRef(route);
    }
    if (PyErr_Occurred() || (refusal = PyObject_CallFunctionObjArgs(py.judge, tags, site, NULL)) == NULL) {
        return NULL;
    }
    PyObject *found = Py_IsNone(refusal) ? route : Py_None;
    Py_DECREF(refusal);
    return Py_NewRef(found);
}

static PyObject *
route_for(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 3 || !PyTuple_Check(args[2]) || PyTuple_GET_SIZE(args[2]) < 2) {
        PyErr_SetString(PyExc_TypeError, "route_for takes a client, a request and a frame");
        return NULL;
    }
    PyObject *client = args[0], *request = args[1], *tags = PyTuple_GET_ITEM(args[2], 0), *operation = PyTuple_GET_ITEM(args[2], 1);
    PyObject *site = Py_TYPE(operation) == py.operation ? slot(operation, py.call_site_slot) : NULL;
    if (site == NULL || Py_TYPE(site) != py.site) {
        Py_RETURN_NONE;
    }
    PyObject *routes = slot(site, py.routes_slot), *packages = slot(operation, py.packages_slot), *found = NULL, *rules;
    if (routes == NULL || !PyTuple_CheckExact(routes) || PyTuple_GET_SIZE(routes) == 0 || packages == NULL) {
        Py_RETURN_NONE;
    }
    if ((rules = PyObject_GetAttr(py.held, n_in_force)) == NULL) {
        return NULL;
    }
    Py_INCREF(routes); /* another thread may learn meanwhile */
    for (Py_ssize_t place = 0; place < PyTuple_GET_SIZE(routes) && found == NULL && !PyErr_Occurred(); place++) {
        PyObject *route = PyTuple_GET_ITEM(routes, place);
        Line *line = line_of(route);
        if (line == NULL) {
            found = PyObject_Vectorcall(py.python_route_for, args, 3, NULL);
        }
        else if (goes_by(line, request, client, rules, packages) > 0) {
            int barred = is_barred(line, request);
            found = barred < 0 ? NULL : barred ? Py_NewRef(Py_None) : allowed(route, tags, site);
        }
        Py_XDECREF(line);
    }
    Py_DECREF(routes);
    Py_DECREF(rules);
    return found != NULL || PyErr_Occurred() ? found : Py_NewRef(Py_None);
}

/* ---------------------------------------------------------------- what events of a second and of tags have in common */

static void
told_free(Told *told)
{
    Py_CLEAR(told->now);
    Py_CLEAR(told->who);
    Py_CLEAR(told->own);
}

/* Take a number for the ids and what all ids of a second have in common; 0 where they are not as expected. */
static int
take_ids(Told *told)
{
    told->now = heads_of(py.ids, told->at / NANO);
    told->next = told->now != NULL ? next_number(py.ids) : -1;
    return told->next >= 0 && text_of_unicode(PyTuple_GET_ITEM(told->now, TIME), &told->time)
           && text_of_unicode(PyTuple_GET_ITEM(told->now, EVENT_HEAD), &told->event)
           && text_of_unicode(PyTuple_GET_ITEM(told->now, OPERATION_HEAD), &told->operation) && told->operation.size <= LONGEST_HEAD;
}

/* Find, or have written, what events say of these tags; 0 where it is no text that can be written. */
static int
take_who(Told *told, PyObject *route, PyObject *tags, PyObject *site)
{
    PyObject *known = told_in(route);
    if (known == NULL || !is_told(known, tags)) {
        Py_XSETREF(known, PyErr_Occurred() ? NULL : PyObject_CallFunctionObjArgs(py.told_of, tags, site, NULL));
        if (known == NULL || !PyTuple_Check(known) || PyTuple_GET_SIZE(known) != TOLD) {
            Py_XDECREF(known);
            return 0;
        }
        Py_XSETREF(*(PyObject **)((char *)route + py.told_slot), Py_NewRef(known));
    }
    PyObject *text = PyTuple_GET_ITEM(known, TOLD_TEXT);
    int differs = Py_IsNone(text);
    told->who = Py_NewRef(differs ? PyTuple_GET_ITEM(known, TOLD_LASTING) : text);
    if (differs) {
        told->own = PyObject_CallFunctionObjArgs(py.own_text, tags, PyTuple_GET_ITEM(known, TOLD_SETTINGS), NULL);
    }
    Py_DECREF(known);
    return text_of_unicode(told->who, &told->says)
           && (!differs || (told->own != NULL && text_of_unicode(told->own, &told->says_first)));
}

/* ---------------------------------------------------------------- what is as it was when the route was learned */

static PyObject *
attribute_of_attribute(PyObject *object, PyObject *first, PyObject *second)
{
    PyObject *between = PyObject_GetAttr(object, first), *found = between != NULL ? PyObject_GetAttr(between, second) : NULL;
    Py_XDECREF(between);
    return found;
}

static int
tells_its_try(PyObject *headers)
{
    for (Py_ssize_t place = 0; place < PyList_GET_SIZE(headers); place++) {
        PyObject *header = PyList_GET_ITEM(headers, place);
        Bytes name;
        if (!PyTuple_Check(header) || PyTuple_GET_SIZE(header) < 2 || !bytes_of(PyTuple_GET_ITEM(header, 1), &name)
            || (name.size == 23 && memcmp(name.data, "x-stainless-retry-count", 23) == 0)
            || (name.size == 15 && memcmp(name.data, "amz-sdk-request", 15) == 0)) {
            return 1;
        }
    }
    return 0;
}

static int
is_first_try(const Line *line, PyObject *headers, PyObject *operation)
{
    if (line->retry_at >= 0) {
        return line->retry_at < PyList_GET_SIZE(headers) && same(PyList_GET_ITEM(headers, line->retry_at), line->first_try);
    }
    PyObject *attempts = slot(operation, py.attempts_slot);
    return (attempts == NULL || Py_IsNone(attempts)) && !tells_its_try(headers);
}

static int
is_asked_as_before(const Line *line, PyObject *request, PyObject *operation)
{
    PyObject *headers = attribute_of_attribute(request, n_headers, n_list);
    int found = headers != NULL && PyList_CheckExact(headers) && PyList_GET_SIZE(headers) == line->count && line->agent_at < line->count
                && same(PyList_GET_ITEM(headers, line->agent_at), line->agent) && is_first_try(line, headers, operation);
    Py_XDECREF(headers);
    return found;
}

/* The provider's id of the request stands where it stood; `holder` keeps it. */
static int
is_answered_as_before(const Line *line, PyObject *response, Bytes *given, PyObject **holder)
{
    PyObject *status = PyObject_GetAttr(response, n_status_code), *headers = NULL;
    int found = status != NULL && PyLong_CheckExact(status) && PyLong_AsLong(status) == 200;
    Py_XDECREF(status);
    if (!found || (headers = attribute_of_attribute(response, n_headers, n_list)) == NULL) {
        return 0;
    }
    found = PyList_CheckExact(headers) && PyList_GET_SIZE(headers) == line->heads && line->kind_at < line->heads
            && line->id_at < line->heads && same(PyList_GET_ITEM(headers, line->kind_at), line->kind);
    PyObject *id = found ? PyList_GET_ITEM(headers, line->id_at) : NULL;
    found = found && PyTuple_Check(id) && PyTuple_GET_SIZE(id) == 3 && same(PyTuple_GET_ITEM(id, 1), line->id_name)
            && bytes_of(PyTuple_GET_ITEM(id, 2), given) && is_plain(*given);
    if (found) {
        *holder = Py_NewRef(PyTuple_GET_ITEM(id, 2));
    }
    Py_DECREF(headers);
    return found;
}

/* Remember the attempt under its URL, as the operation does. */
static int
note_attempt(PyObject *operation, PyObject *url, const Told *told)
{
    char name[64];
    Text text = {name, name + sizeof name, 0};
    put_bytes(&text, told->operation); /* of such a length that a number has room */
    put_number(&text, told->next);
    PyObject *id = PyUnicode_DecodeASCII(name, text.at - name, NULL);
    PyObject *attempts = slot(operation, py.attempts_slot);
    if (id == NULL) {
        return -1;
    }
    if (attempts == NULL || Py_IsNone(attempts)) {
        PyObject *fresh = PyDict_New();
        if (fresh == NULL) {
            Py_DECREF(id);
            return -1;
        }
        Py_XSETREF(*(PyObject **)((char *)operation + py.attempts_slot), fresh);
        attempts = fresh;
    }
    Py_INCREF(attempts);
    int failed = PyObject_SetItem(attempts, url, id);
    Py_DECREF(attempts);
    Py_DECREF(id);
    return failed;
}

/* Put the event together; 0, with or without an exception, where something is not as usual. */
static int
event_of(Line *line, PyObject *const *args, int64_t started, Told *told, Text *text)
{
    PyObject *route = args[0], *frame = args[1], *request = args[2], *response = args[3];
    PyObject *operation = PyTuple_GET_ITEM(frame, 1), *asked = NULL, *answer = NULL, *id = NULL;
    Bytes question, document;
    Spent spent = {NULL};
    int64_t parts[METERS], cost;
    int is_usual = 0;

    if (!is_asked_as_before(line, request, operation) || !is_answered_as_before(line, response, &told->given, &id)) {
        goto done;
    }
    if (!bytes_of(asked = PyObject_GetAttr(request, n_content), &question)
        || !bytes_of(answer = PyObject_GetAttr(response, n_content), &document)) {
        goto done;
    }
    told->at = nanoseconds(CLOCK_REALTIME);
    for (int place = 0; place < line->answers && spent.one == NULL; place++) {
        if (!is_of(line->answered + place, line, question, document, told->at, &spent)) {
            spent.one = NULL;
        }
    }
    if (spent.one == NULL || !has_price(&spent, question) || !price(&spent.one->prices, spent.counts, parts, &cost)
        || !take_who(told, route, PyTuple_GET_ITEM(frame, 0), slot(operation, py.call_site_slot)) || !take_ids(told)) {
        goto done;
    }
    told->taken = counter() - started;
    put_event(text, told, &spent, parts, cost);
    is_usual = !text->is_full && told->taken >= 0;
done:
    Py_XDECREF(asked);
    Py_XDECREF(answer);
    Py_XDECREF(id);
    return is_usual;
}

static PyObject *
settle(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 5 || !PyTuple_Check(args[1]) || PyTuple_GET_SIZE(args[1]) < 2) {
        PyErr_SetString(PyExc_TypeError, "settle takes a route, a frame, a request, a response and a time");
        return NULL;
    }
    if (py.python_settle == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "nothing was handed over yet");
        return NULL;
    }
    PyObject *operation = PyTuple_GET_ITEM(args[1], 1), *found = NULL;
    Line *line = line_of(args[0]);
    long long started = PyLong_AsLongLong(args[4]);
    Told told = {NULL};
    char buffer[MOST_BYTES];
    Text text = {buffer, buffer + sizeof buffer, 0};
    if (line == NULL || Py_TYPE(operation) != py.operation || started == -1 || !nothing_is_lost()
        || !event_of(line, args, started, &told, &text)) {
        told_free(&told);
        Py_XDECREF(line);
        if (PyErr_Occurred()) {
            if (!PyErr_ExceptionMatches(PyExc_Exception)) {
                return NULL;
            }
            PyErr_Clear(); /* Python comes to the same, and says what is to be done */
        }
        return PyObject_Vectorcall(py.python_settle, args, 5, NULL);
    }
    if (note_attempt(operation, line->url, &told) < 0 || keep_line((Bytes){buffer, (size_t)(text.at - buffer)}, told.at) < 0) {
        found = forgiven();
    }
    else {
        found = Py_NewRef(Py_True);
    }
    told_free(&told);
    Py_DECREF(line);
    return found;
}

/* ---------------------------------------------------------------- what Python hands over */

static Py_ssize_t
slot_of(PyTypeObject *type, const char *name)
{
    PyObject *found = PyObject_GetAttrString((PyObject *)type, name);
    Py_ssize_t offset = -1;
    if (found != NULL && Py_IS_TYPE(found, &PyMemberDescr_Type)) {
        offset = ((PyMemberDescrObject *)found)->d_member->offset;
    }
    else {
        PyErr_Format(PyExc_TypeError, "%s has no place for %s", type->tp_name, name);
    }
    Py_XDECREF(found);
    return offset;
}

PyDoc_STRVAR(use_routes_doc,
"use_routes($module, /, **parts)\n--\n\n"
"Take what route_for and settle work with: objects, classes and functions of cost_lib, each by its name.\n");

static PyObject *
use_routes(PyObject *Py_UNUSED(module), PyObject *args, PyObject *named)
{
    static char *names[] = {"ids",      "held",  "python_route_for", "python_settle", "judge", "told_of",
                            "own_text", "route", "operation",        "site",          NULL};
    PyObject *found[10];
    if (!PyArg_ParseTupleAndKeywords(args, named, "$OOOOOOOO!O!O!:use_routes", names, found, found + 1, found + 2, found + 3, found + 4,
                                     found + 5, found + 6, &PyType_Type, found + 7, &PyType_Type, found + 8, &PyType_Type, found + 9)) {
        return NULL;
    }
    PyTypeObject *route = (PyTypeObject *)found[7], *operation = (PyTypeObject *)found[8], *site = (PyTypeObject *)found[9];
    py.line_slot = slot_of(route, "line");
    py.told_slot = slot_of(route, "told");
    py.attempts_slot = slot_of(operation, "attempts");
    py.packages_slot = slot_of(operation, "packages");
    py.call_site_slot = slot_of(operation, "call_site");
    py.routes_slot = slot_of(site, "routes");
    if (PyErr_Occurred()) {
        return NULL;
    }
    PyObject **const places[7] = {&py.ids, &py.held, &py.python_route_for, &py.python_settle, &py.judge, &py.told_of, &py.own_text};
    for (int place = 0; place < 7; place++) {
        Py_XSETREF(*places[place], Py_NewRef(found[place]));
    }
    Py_XSETREF(py.route, (PyTypeObject *)Py_NewRef(route));
    Py_XSETREF(py.operation, (PyTypeObject *)Py_NewRef(operation));
    Py_XSETREF(py.site, (PyTypeObject *)Py_NewRef(site));
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"route_for", (PyCFunction)(void (*)(void))route_for, METH_FASTCALL, NULL},
    {"settle", (PyCFunction)(void (*)(void))settle, METH_FASTCALL, NULL},
    {"use_routes", (PyCFunction)(void (*)(void))use_routes, METH_VARARGS | METH_KEYWORDS, use_routes_doc},
    {NULL, NULL, 0, NULL},
};

static int
intern_names(void)
{
    const struct {
        PyObject **place;
        const char *name;
    } names[] = {
        {&n_status_code, "status_code"}, {&n_headers, "headers"}, {&n_list, "_list"},   {&n_content, "_content"},
        {&n_url, "url"},
        {&n_method, "method"},           {&n_stream, "stream"},   {&n_in_force, "in_force"}, {&n_reference, "_uri_reference"},
        {&n_user_id, "user_id"},         {&n_session_id, "session_id"}, {&n_chain_id, "chain_id"},
    };
    for (size_t place = 0; place < sizeof names / sizeof *names; place++) {
        if ((*names[place].place = PyUnicode_InternFromString(names[place].name)) == NULL) {
            return -1;
        }
    }
    return 0;
}

int
add_routes(PyObject *module)
{
    if (intern_names() < 0) {
        return -1;
    }
    return add_line(module) < 0 ? -1 : PyModule_AddFunctions(module, functions);
}
