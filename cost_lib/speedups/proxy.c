/* Proxies, their attributes and calls, and the way to them: the twins of Tagged, _call and tagged in cost_lib/proxy.py.
 *
 * What is done here is what a call does that goes well and was made before. All else is handed to the functions in Python, which a
 * Tagger is given when it is made; it is itself what takes the place of ``tagged``.
 */

#include "frames.h"
#include "speedups.h"
#include "tags.h"

#include <structmember.h>

/* What a Tagger takes from the names of cost_lib/proxy.py. */
#define PARTS(X)                                                                                                                   \
    X(tagged, "tagged") X(tag_anew, "_tagged") X(special, "_special") X(plain_attribute, "_plain_attribute")                         \
    X(attribute, "_attribute") X(call, "_call") X(refuse, "_refuse") X(hand_out, "_hand_out") X(awaited, "_awaited")                 \
    X(known, "_known") X(sites, "SITES") X(switch_, "SWITCH") X(after_import, "after_import")                                        \
    X(current, "CURRENT") X(data, "DATA") X(awaitable, "AWAITABLE") X(frame_type, "Frame") X(operation_type, "Operation")            \
    X(reach_type, "Reach") X(base, "_base")
#define MEMBER(name, _) PyObject *name;
#define COUNTED(name, _) +1
enum { PART_COUNT = 0 PARTS(COUNTED) };

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    PyObject *dict;
    PyObject *weakrefs;
    union {
        struct { PARTS(MEMBER) };
        PyObject *all[PART_COUNT];
    } of;
    PyObject *name_of_name;
    Py_ssize_t is_ready, halves;                         /* slots of Switch and AfterImport, */
    Py_ssize_t made, results, packages, unmeterable;     /* of Reach, */
    Py_ssize_t of_packages, call_site, refusal, attempts; /* and of Operation */
} Tagger;

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall; /* used where the type can be called */
    Tagger *tagger;            /* NULL: nobody has filled this one */
    PyObject *target, *tags, *reach;
    PyObject *frame; /* NULL: no call has given it out */
    PyObject *weakrefs;
} Proxy;

/* ---------------------------------------------------------------- proxies: nothing in one changes while it lives */

static int
proxy_traverse(PyObject *self, visitproc visit, void *arg)
{
    Proxy *proxy = (Proxy *)self;

    Py_VISIT(Py_TYPE(self));
    Py_VISIT(proxy->tagger);
    Py_VISIT(proxy->target);
    Py_VISIT(proxy->tags);
    Py_VISIT(proxy->reach);
    Py_VISIT(proxy->frame);
    return 0;
}

static int
proxy_clear(PyObject *self)
{
    Proxy *proxy = (Proxy *)self;

    Py_CLEAR(proxy->tagger); /* first: it is asked for by all that uses the others */
    Py_CLEAR(proxy->target);
    Py_CLEAR(proxy->tags);
    Py_CLEAR(proxy->reach);
    Py_CLEAR(proxy->frame);
    return 0;
}

static void
proxy_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    if (((Proxy *)self)->weakrefs != NULL) {
        PyObject_ClearWeakRefs(self);
    }
    proxy_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *proxy_call(PyObject *self, PyObject *const *args, size_t flags, PyObject *names);

/* Make a proxy; of a type that ``prepare`` has seen. */
static PyObject *
new_proxy(Tagger *tagger, PyTypeObject *type, PyObject *target, PyObject *tags, PyObject *reach, PyObject *frame)
{
    if (type->tp_dealloc != proxy_dealloc || type->tp_basicsize != sizeof(Proxy)) {
        PyErr_SetString(PyExc_TypeError, "not a type of proxies");
        return NULL;
    }
    Proxy *proxy = PyObject_GC_New(Proxy, type);
    if (proxy == NULL) {
        return NULL;
    }
    proxy->vectorcall = proxy_call;
    proxy->tagger = (Tagger *)Py_NewRef((PyObject *)tagger);
    proxy->target = Py_NewRef(target);
    proxy->tags = Py_NewRef(tags);
    proxy->reach = Py_NewRef(reach);
    proxy->frame = Py_XNewRef(frame);
    proxy->weakrefs = NULL;
    PyObject_GC_Track(proxy);
    return (PyObject *)proxy;
}

static int
is_filled(Proxy *proxy)
{
    if (proxy->tagger == NULL) {
        PyErr_SetString(PyExc_AttributeError, "_costmark_state");
        return 0;
    }
    return 1;
}

static PyObject *
proxy_state(PyObject *self, void *Py_UNUSED(closure))
{
    Proxy *proxy = (Proxy *)self;

    if (!is_filled(proxy)) {
        return NULL;
    }
    return PyTuple_Pack(4, proxy->target, proxy->tags, proxy->reach, proxy->frame == NULL ? Py_None : proxy->frame);
}

/* Return the type of the proxies of a value, a new reference; NULL, perhaps without an exception, where it has to be asked for. */
static PyTypeObject *
made_for(Proxy *proxy, PyObject *value)
{
    Tagger *tagger = proxy->tagger;

    if (!Py_IS_TYPE(proxy->reach, (PyTypeObject *)tagger->of.reach_type)) {
        return NULL;
    }
    PyObject *made = *slot_at(proxy->reach, tagger->made);
    if (made == NULL || !PyDict_CheckExact(made)) {
        return NULL;
    }
    PyObject *found = PyDict_GetItemWithError(made, (PyObject *)Py_TYPE(value));
    return found != NULL && PyType_Check(found) ? (PyTypeObject *)Py_NewRef(found) : NULL;
}

static PyObject *
proxy_getattro(PyObject *self, PyObject *name)
{
    Proxy *proxy = (Proxy *)self;

    if (!is_filled(proxy)) {
        return NULL;
    }
    Tagger *tagger = proxy->tagger;
    if (!PyUnicode_Check(name)) { /* who calls __getattribute__ by its name may give it anything */
        return PyErr_Format(PyExc_TypeError, "attribute name must be string, not '%.200s'", Py_TYPE(name)->tp_name);
    }
    if (PyUnicode_GET_LENGTH(name) == 0 || PyUnicode_READ_CHAR(name, 0) < 'a') { /* an underscore or a capital */
        int is_special = PyUnicode_GET_LENGTH(name) > 1 && PyUnicode_READ_CHAR(name, 0) == '_' && PyUnicode_READ_CHAR(name, 1) == '_';
        PyObject *args[] = {self, name};
        return PyObject_Vectorcall(is_special ? tagger->of.special : tagger->of.plain_attribute, args, 2, NULL);
    }
    PyObject *value = PyObject_GetAttr(proxy->target, name);
    if (value == NULL) {
        return NULL;
    }
    PyTypeObject *type = made_for(proxy, value);
    PyObject *found = NULL;
    if (type != NULL) {
        found = new_proxy(tagger, type, value, proxy->tags, proxy->reach, proxy->frame);
        Py_DECREF(type);
    } else if (!PyErr_Occurred()) {
        PyObject *args[] = {value, proxy->tags, proxy->reach, proxy->frame == NULL ? Py_None : proxy->frame};
        found = PyObject_Vectorcall(tagger->of.attribute, args, 4, NULL);
    }
    Py_DECREF(value);
    return found;
}

/* ---------------------------------------------------------------- calls */

/* Return what is known of the line that calls, a new reference; NULL, perhaps without an exception, where nothing is. */
static PyObject *
site_here(Tagger *tagger)
{
    PyFrameObject *caller = PyEval_GetFrame(); /* NULL where C starts a thread of control */
    if (caller == NULL) {
        return NULL;
    }
    PyCodeObject *code = PyFrame_GetCode(caller);
    PyObject *address = PyLong_FromVoidPtr(code), *at = PyLong_FromLong(PyFrame_GetLasti(caller));
    PyObject *key = address != NULL && at != NULL ? PyTuple_Pack(2, address, at) : NULL;
    PyObject *site = key != NULL ? Py_XNewRef(PyDict_GetItemWithError(tagger->of.sites, key)) : NULL;

    Py_XDECREF(key);
    Py_XDECREF(at);
    Py_XDECREF(address);
    Py_DECREF(code);
    return site;
}

/* Say whether a call of this name may go a way that cannot be metered; -1 with an exception set. */
static int
is_unmeterable(Tagger *tagger, PyObject *target, PyObject *names)
{
    if (names == NULL || !PyDict_CheckExact(names)) { /* nobody has asked yet */
        return 1;
    }
    if (PyDict_GET_SIZE(names) == 0) {
        return 0;
    }
    Py_INCREF(names);
    PyObject *name = PyObject_GetAttr(target, tagger->name_of_name);
    int found = 1;
    if (name != NULL && PyUnicode_CheckExact(name)) {
        found = PyDict_Contains(names, name);
    } else if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        found = 0;
    } else if (PyErr_Occurred()) {
        found = -1;
    }
    Py_XDECREF(name);
    Py_DECREF(names);
    return found;
}

/* Lay the tags of a receiver over those in force. */
static PyObject *
merged(PyObject *outer, PyObject *own)
{
    int has_outer = PyObject_IsTrue(outer);

    if (has_outer <= 0) {
        return has_outer < 0 ? NULL : Py_NewRef(own);
    }
    PyObject *found = PyDict_New();
    if (found != NULL && (PyDict_Update(found, outer) < 0 || PyDict_Update(found, own) < 0)) {
        Py_CLEAR(found);
    }
    return found;
}

static PyObject *
new_operation(Tagger *tagger, PyObject *packages, PyObject *site)
{
    PyTypeObject *type = (PyTypeObject *)tagger->of.operation_type;
    PyObject *operation = type->tp_alloc(type, 0);

    if (operation != NULL) {
        *slot_at(operation, tagger->of_packages) = Py_XNewRef(packages);
        *slot_at(operation, tagger->call_site) = Py_NewRef(site);
        *slot_at(operation, tagger->refusal) = Py_NewRef(Py_None);
        *slot_at(operation, tagger->attempts) = Py_NewRef(Py_None);
    }
    return operation;
}

/* Return the frame of a call that begins; NULL, perhaps without an exception, where Python has to begin it. */
static PyObject *
begun(Proxy *proxy, PyObject *before)
{
    Tagger *tagger = proxy->tagger;
    PyObject *reach = proxy->reach, *frame = NULL, *operation = NULL, *tags = NULL;

    if (!Py_IS_TYPE(reach, (PyTypeObject *)tagger->of.reach_type) || !is_frame(before, (PyTypeObject *)tagger->of.frame_type)) {
        return NULL;
    }
    if (is_unmeterable(tagger, proxy->target, *slot_at(reach, tagger->unmeterable)) != 0) {
        return NULL;
    }
    PyObject *site = site_here(tagger);
    if (site == NULL) {
        return NULL;
    }
    tags = merged(PyTuple_GET_ITEM(before, FRAME_TAGS), proxy->tags);
    operation = tags != NULL ? new_operation(tagger, *slot_at(reach, tagger->packages), site) : NULL;
    if (operation != NULL) {
        PyObject *parts[] = {tags, operation, PyTuple_GET_ITEM(before, FRAME_IS_SILENT), Py_None, proxy->tags, before};
        frame = new_frame((PyTypeObject *)tagger->of.frame_type, parts);
    }
    Py_XDECREF(operation);
    Py_XDECREF(tags);
    Py_DECREF(site);
    return frame;
}

/* Say whether somebody has refused a call, or may have in a way that only Python knows. */
static int
is_refused(Tagger *tagger, PyObject *frame)
{
    if (!is_frame(frame, (PyTypeObject *)tagger->of.frame_type)) {
        return 1;
    }
    PyObject *operation = PyTuple_GET_ITEM(frame, FRAME_OPERATION);
    if (!Py_IS_TYPE(operation, (PyTypeObject *)tagger->of.operation_type)) {
        return operation != Py_None;
    }
    return *slot_at(operation, tagger->refusal) != Py_None;
}

/* Do what the ``finally`` of a call does; takes the result, NULL with an exception set where there is none, and returns it. */
static PyObject *
left(Tagger *tagger, PyObject *frame, PyObject *before, PyObject *result)
{
    PyObject *problem = result == NULL ? PyErr_GetRaisedException() : NULL;
    int is_well = put_in_force(tagger->of.current, before) == 0;

    if (is_well && is_refused(tagger, frame)) {
        PyObject *none = problem == NULL ? PyObject_Vectorcall(tagger->of.refuse, &frame, 1, NULL)
                                         : call_while_handling(problem, tagger->of.refuse, &frame, 1);
        is_well = none != NULL;
        Py_XDECREF(none);
    }
    if (!is_well) {
        Py_XDECREF(problem);
        Py_CLEAR(result);
    } else if (problem != NULL) {
        PyErr_SetRaisedException(problem);
    }
    return result;
}

/* Give the caller a result, which this takes: bare where it is data. */
static PyObject *
handed_out(Proxy *proxy, PyObject *frame, PyObject *result)
{
    Tagger *tagger = proxy->tagger;
    PyObject *kind = NULL;

    if (Py_IS_TYPE(proxy->reach, (PyTypeObject *)tagger->of.reach_type)) {
        PyObject *results = *slot_at(proxy->reach, tagger->results);
        if (results != NULL && PyDict_CheckExact(results)) {
            kind = PyDict_GetItemWithError(results, (PyObject *)Py_TYPE(result));
        }
    }
    if (kind == tagger->of.data) {
        return result;
    }
    PyObject *found = NULL;
    if (kind != NULL || !PyErr_Occurred()) {
        PyObject *args[] = {result, proxy->tags, proxy->reach, frame};
        found = PyObject_Vectorcall(kind == tagger->of.awaitable ? tagger->of.awaited : tagger->of.hand_out, args, 4, NULL);
    }
    Py_DECREF(result);
    return found;
}

static PyObject *
call_in_python(Proxy *proxy, PyObject *const *args, size_t flags, PyObject *names)
{
    PyObject *method = PyMethod_New(proxy->tagger->of.call, (PyObject *)proxy), *found = NULL;

    if (method != NULL) {
        found = PyObject_Vectorcall(method, args, flags, names);
        Py_DECREF(method);
    }
    return found;
}

static PyObject *
proxy_call(PyObject *self, PyObject *const *args, size_t flags, PyObject *names)
{
    Proxy *proxy = (Proxy *)self;
    PyObject *before = NULL, *frame = NULL, *result = NULL;

    if (!is_filled(proxy) || PyContextVar_Get(proxy->tagger->of.current, Py_None, &before) < 0) {
        return NULL;
    }
    frame = proxy->frame != NULL ? Py_NewRef(proxy->frame) : begun(proxy, before);
    if (frame == NULL) {
        Py_DECREF(before);
        return PyErr_Occurred() ? NULL : call_in_python(proxy, args, flags, names);
    }
    Py_INCREF(self);
    if (Py_EnterRecursiveCall(" in a tagged call") == 0) {
        if (put_in_force(proxy->tagger->of.current, frame) == 0) {
            result = left(proxy->tagger, frame, before, PyObject_Vectorcall(proxy->target, args, flags, names));
            result = result == NULL ? NULL : handed_out(proxy, frame, result);
        }
        Py_LeaveRecursiveCall();
    }
    Py_DECREF(self);
    Py_DECREF(frame);
    Py_DECREF(before);
    return result;
}

static PyGetSetDef proxy_attributes[] = {
    {"_costmark_state", proxy_state, NULL, "What it stands for.", NULL},
    {NULL},
};

static PyMemberDef proxy_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Proxy, weakrefs), READONLY},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Proxy, vectorcall), READONLY},
    {NULL},
};

static PyType_Slot proxy_slots[] = {
    {Py_tp_doc, "What all proxies are made of."},
    {Py_tp_dealloc, proxy_dealloc},
    {Py_tp_traverse, proxy_traverse},
    {Py_tp_clear, proxy_clear},
    {Py_tp_getattro, proxy_getattro},
    {Py_tp_getset, proxy_attributes},
    {Py_tp_members, proxy_members},
    {0, NULL},
};

static PyType_Spec proxy_spec = {
    .name = "cost_lib._speedups.Proxy",
    .basicsize = sizeof(Proxy),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .slots = proxy_slots,
};

/* ---------------------------------------------------------------- tagged */

static int
tagger_traverse(PyObject *self, visitproc visit, void *arg)
{
    Tagger *tagger = (Tagger *)self;

    Py_VISIT(Py_TYPE(self));
    Py_VISIT(tagger->dict);
    for (Py_ssize_t at = 0; at < PART_COUNT; at++) {
        Py_VISIT(tagger->of.all[at]);
    }
    return 0;
}

/* The parts stay, as those of a tuple do: proxies use them to the end. Each circle they are in leads through a dictionary. */
static int
tagger_clear(PyObject *self)
{
    Py_CLEAR(((Tagger *)self)->dict);
    return 0;
}

static void
tagger_dealloc(PyObject *self)
{
    Tagger *tagger = (Tagger *)self;
    PyTypeObject *type = Py_TYPE(self);

    PyObject_GC_UnTrack(self);
    if (tagger->weakrefs != NULL) {
        PyObject_ClearWeakRefs(self);
    }
    tagger_clear(self);
    for (Py_ssize_t at = 0; at < PART_COUNT; at++) {
        Py_CLEAR(tagger->of.all[at]);
    }
    Py_CLEAR(tagger->name_of_name);
    type->tp_free(self);
    Py_DECREF(type);
}

/* Return what is known of a type, a new reference; NULL, perhaps without an exception, where Python has to be asked. */
static PyObject *
known_of(Tagger *tagger, PyTypeObject *type)
{
    if (*slot_at(tagger->of.switch_, tagger->is_ready) != Py_True) {
        return NULL;
    }
    PyObject *halves = *slot_at(tagger->of.after_import, tagger->halves);
    if (halves == NULL || !PySet_CheckExact(halves) || PySet_GET_SIZE(halves) != 0) {
        return NULL;
    }
    PyObject *known = PyDict_GetItemWithError(tagger->of.known, (PyObject *)type);
    int is_pair = known != NULL && PyTuple_CheckExact(known) && PyTuple_GET_SIZE(known) == 2;
    return is_pair && PyType_Check(PyTuple_GET_ITEM(known, 1)) ? Py_NewRef(known) : NULL;
}

/* Gather the tags of a call. */
static PyObject *
gathered(PyObject *const *values, PyObject *names)
{
    PyObject *tags = PyDict_New();

    for (Py_ssize_t at = 0; tags != NULL && names != NULL && at < PyTuple_GET_SIZE(names); at++) {
        if (PyDict_SetItem(tags, PyTuple_GET_ITEM(names, at), values[at]) < 0) {
            Py_CLEAR(tags);
        }
    }
    return tags;
}

/* Say whether none of some tags needs cleaning. */
static int
is_clean(PyObject *const *values, Py_ssize_t count)
{
    for (Py_ssize_t at = 0; at < count; at++) {
        if (!is_clean_tag(values[at])) {
            return 0;
        }
    }
    return 1;
}

static PyObject *
tagger_call(PyObject *self, PyObject *const *args, size_t flags, PyObject *names)
{
    Tagger *tagger = (Tagger *)self;

    if (PyVectorcall_NARGS(flags) != 1) {
        return PyObject_Vectorcall(tagger->of.tagged, args, flags, names); /* which says what is wrong */
    }
    PyObject *tags = gathered(args + 1, names), *found = NULL;
    if (tags == NULL) {
        return NULL;
    }
    PyObject *known = known_of(tagger, Py_TYPE(args[0]));
    int is_quick = known != NULL && is_clean(args + 1, names == NULL ? 0 : PyTuple_GET_SIZE(names));
    if (is_quick) {
        found = new_proxy(tagger, (PyTypeObject *)PyTuple_GET_ITEM(known, 1), args[0], tags, PyTuple_GET_ITEM(known, 0), NULL);
    } else if (!PyErr_Occurred()) {
        PyObject *given[] = {args[0], tags};
        found = PyObject_Vectorcall(tagger->of.tag_anew, given, 2, NULL);
    }
    Py_XDECREF(known);
    Py_DECREF(tags);
    return found;
}

PyDoc_STRVAR(make_doc, "make($self, type, target, tags, reach, frame, /)\n--\n\nMake a proxy.");

static PyObject *
tagger_make(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    if (count != 5 || !PyType_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "make takes a type, a target, tags, a reach and a frame");
        return NULL;
    }
    return new_proxy((Tagger *)self, (PyTypeObject *)args[0], args[1], args[2], args[3], args[4] == Py_None ? NULL : args[4]);
}

PyDoc_STRVAR(prepare_doc,
"prepare($self, type, /)\n--\n\n"
"Let the proxies of a type just made, which adds nothing but methods, be called and given back without a way through Python.");

static PyObject *
tagger_prepare(PyObject *self, PyObject *given)
{
    PyTypeObject *type = (PyTypeObject *)given;

    if (!PyType_Check(given) || !PyType_IsSubtype(type, (PyTypeObject *)((Tagger *)self)->of.base) || type->tp_basicsize != sizeof(Proxy)
        || type->tp_vectorcall_offset != offsetof(Proxy, vectorcall)) {
        PyErr_SetString(PyExc_TypeError, "not a type of proxies");
        return NULL;
    }
    type->tp_dealloc = proxy_dealloc;
    if (type->tp_call != NULL) {
        type->tp_flags |= Py_TPFLAGS_HAVE_VECTORCALL; /* Python 3.11 has it inherited by types alone that cannot be changed */
    }
    return Py_NewRef(given);
}

PyDoc_STRVAR(reduce_doc, "__reduce__($self, /)\n--\n\nLet it be pickled by its name, as functions are.");

static PyObject *
tagger_reduce(PyObject *self, PyObject *Py_UNUSED(none))
{
    return PyObject_GetAttrString(self, "__qualname__");
}

/* Look up where the classes that are used here have their slots. */
static int
find_slots(Tagger *tagger)
{
    PyObject *reach = tagger->of.reach_type, *operation = tagger->of.operation_type;
    PyObject *switch_type = (PyObject *)Py_TYPE(tagger->of.switch_), *hook = (PyObject *)Py_TYPE(tagger->of.after_import);

    return (tagger->is_ready = slot_of(switch_type, "is_ready")) < 0 || (tagger->halves = slot_of(hook, "halves")) < 0
                   || (tagger->made = slot_of(reach, "made")) < 0
                   || (tagger->results = slot_of(reach, "results")) < 0 || (tagger->packages = slot_of(reach, "packages")) < 0
                   || (tagger->unmeterable = slot_of(reach, "unmeterable")) < 0
                   || (tagger->of_packages = slot_of(operation, "packages")) < 0
                   || (tagger->call_site = slot_of(operation, "call_site")) < 0
                   || (tagger->refusal = slot_of(operation, "refusal")) < 0
                   || (tagger->attempts = slot_of(operation, "attempts")) < 0
               ? -1
               : 0;
}

/* Look at what was given: what is used here without a further look must be what it is taken for. */
static int
is_as_expected(Tagger *tagger)
{
    if (PyDict_CheckExact(tagger->of.known) && PyDict_CheckExact(tagger->of.sites)
        && PyContextVar_CheckExact(tagger->of.current) && PyType_Check(tagger->of.operation_type) && PyType_Check(tagger->of.reach_type)
        && PyType_Check(tagger->of.base) && PyType_Check(tagger->of.frame_type)
        && PyType_IsSubtype((PyTypeObject *)tagger->of.frame_type, &PyTuple_Type)) {
        return 1;
    }
    PyErr_SetString(PyExc_TypeError, "not what a Tagger needs");
    return 0;
}

#define NAMED(_, name) name,
static const char *const part_names[] = {PARTS(NAMED)};

static PyObject *
tagger_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(keywords))
{
    PyObject *names;

    if (!PyArg_ParseTuple(args, "O!:Tagger", &PyDict_Type, &names)) {
        return NULL;
    }
    Tagger *tagger = (Tagger *)type->tp_alloc(type, 0);
    if (tagger == NULL) {
        return NULL;
    }
    tagger->vectorcall = tagger_call;
    tagger->name_of_name = PyUnicode_InternFromString("__name__");
    if (tagger->name_of_name == NULL || take_parts(tagger->of.all, names, part_names, PART_COUNT) < 0
        || !is_as_expected(tagger) || find_slots(tagger) < 0) {
        Py_CLEAR(tagger);
    }
    return (PyObject *)tagger;
}

static PyMethodDef tagger_methods[] = {
    {"make", (PyCFunction)(void (*)(void))tagger_make, METH_FASTCALL, make_doc},
    {"prepare", tagger_prepare, METH_O, prepare_doc},
    {"__reduce__", tagger_reduce, METH_NOARGS, reduce_doc},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef tagger_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Tagger, weakrefs), READONLY},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Tagger, vectorcall), READONLY},
    {"__dictoffset__", T_PYSSIZET, offsetof(Tagger, dict), READONLY},
    {NULL},
};

static PyGetSetDef tagger_attributes[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL},
};

static PyType_Slot tagger_slots[] = {
    {Py_tp_doc, "Stands for ``tagged``."},
    {Py_tp_new, tagger_new},
    {Py_tp_dealloc, tagger_dealloc},
    {Py_tp_traverse, tagger_traverse},
    {Py_tp_clear, tagger_clear},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_methods, tagger_methods},
    {Py_tp_members, tagger_members},
    {Py_tp_getset, tagger_attributes},
    {0, NULL},
};

static PyType_Spec tagger_spec = {
    .name = "cost_lib._speedups.Tagger",
    .basicsize = sizeof(Tagger),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = tagger_slots,
};

int
add_proxy(PyObject *module)
{
    return add_type(module, &proxy_spec) < 0 ? -1 : add_type(module, &tagger_spec);
}
