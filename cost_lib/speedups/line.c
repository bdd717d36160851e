/* Make a line of what Python has learned; whatever does not fit in raises, and then the route goes by Python. */

#include "line.h"

PyTypeObject *line_type;

static int
read_words(PyObject *given, Answered *one)
{
    Py_ssize_t count = PyTuple_Check(given) ? PyTuple_GET_SIZE(given) : MOST_WORDS + 1;
    if (count > MOST_WORDS) {
        PyErr_SetString(PyExc_ValueError, "more words than are known here");
        return -1;
    }
    for (Py_ssize_t place = 0; place < count; place++) {
        if (!bytes_of(PyTuple_GET_ITEM(given, place), one->unless + place)) {
            PyErr_SetString(PyExc_TypeError, "a word is bytes");
            return -1;
        }
    }
    one->words = (int)count;
    return 0;
}

static int
read_order(PyObject *given, Answered *one)
{
    int counted = 0;
    for (Py_ssize_t piece = 0; piece < one->tail.count; piece++) {
        counted += one->tail.pieces[piece].kind == COUNT;
    }
    Py_ssize_t size = PyTuple_GET_SIZE(given);
    if (size > 6) {
        PyErr_SetString(PyExc_ValueError, "more counts than are known here");
        return -1;
    }
    for (Py_ssize_t place = 0; place < 6; place++) {
        long group = place < size ? PyLong_AsLong(PyTuple_GET_ITEM(given, place)) : 0;
        if (group == -1 && PyErr_Occurred()) {
            return -1;
        }
        one->order[place] = (signed char)(group >= 1 && group <= counted ? group - 1 : -1);
    }
    return 0;
}

static int
read_gaps(PyObject *given, Answered *one)
{
    for (Py_ssize_t place = 0; place < PyTuple_GET_SIZE(given); place++) {
        long gap = PyLong_AsLong(PyTuple_GET_ITEM(given, place));
        if (gap < 0 || gap >= METERS) {
            PyErr_SetString(PyExc_ValueError, "no such count");
            return -1;
        }
        one->gaps |= 1 << gap;
    }
    return 0;
}

static int
read_answered(PyObject *given, Answered *one)
{
    long long start, end;
    PyObject *unless, *rates, *tiers, *gaps, *tail, *head, *order;
    Bytes *first = &one->first, *last = &one->last, *before = &one->before, *after = &one->after, *mark = &one->mark;
    Py_ssize_t sizes[5];
    if (!PyArg_ParseTuple(
            given, "LLy#y#O!O!O!O!y#y#y#O!O!O!pp", &start, &end, &first->data, sizes, &last->data, sizes + 1, &PyTuple_Type, &unless,
            &PyTuple_Type, &rates, &PyTuple_Type, &tiers, &PyTuple_Type, &gaps, &before->data, sizes + 2, &after->data, sizes + 3,
            &mark->data, sizes + 4, &PyTuple_Type, &tail, &PyTuple_Type, &head, &PyTuple_Type, &order, &one->is_message,
            &one->is_bare)) {
        return -1;
    }
    Bytes *const parts[5] = {first, last, before, after, mark};
    for (int place = 0; place < 5; place++) {
        parts[place]->size = (size_t)sizes[place];
    }
    one->start = start;
    one->end = end;
    one->source = Py_NewRef(given);
    if (pattern_read(&one->tail, tail) < 0 || (PyTuple_GET_SIZE(head) && pattern_read(&one->head, head) < 0)) {
        return -1;
    }
    return prices_read(&one->prices, rates, tiers) < 0 || read_words(unless, one) < 0 || read_gaps(gaps, one) < 0
                   || read_order(order, one) < 0
               ? -1
               : 0;
}

static PyObject *
line_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(named))
{
    Line *line = (Line *)type->tp_alloc(type, 0);
    PyObject *answers;
    if (line == NULL) {
        return NULL;
    }
    if (!PyArg_ParseTuple(
            args, "(OOOOOO)OOpnnnOO(nnOnO)O!", &line->packages, &line->client, &line->rules, &line->uri, &line->method, &line->body,
            &line->url, &line->barred_source, &line->is_asked, &line->count, &line->agent_at, &line->retry_at, &line->agent,
            &line->first_try, &line->heads, &line->kind_at, &line->kind, &line->id_at, &line->id_name, &PyTuple_Type, &answers)) {
        memset((char *)line + sizeof(PyObject), 0, sizeof(Line) - sizeof(PyObject));
        Py_DECREF(line);
        return NULL;
    }
    PyObject *const held[] = {line->packages, line->client, line->rules,     line->uri,   line->method,  line->body,
                              line->url,      line->agent,  line->first_try, line->kind,  line->id_name, line->barred_source};
    for (size_t place = 0; place < sizeof held / sizeof *held; place++) {
        Py_INCREF(held[place]);
    }
    if (!bytes_of(line->barred_source, &line->barred) || PyTuple_GET_SIZE(answers) > MOST_ANSWERS) {
        PyErr_SetString(PyExc_ValueError, "this route is not for us");
        Py_DECREF(line);
        return NULL;
    }
    for (Py_ssize_t place = 0; place < PyTuple_GET_SIZE(answers); place++) {
        line->answers++;
        if (read_answered(PyTuple_GET_ITEM(answers, place), line->answered + place) < 0) {
            Py_DECREF(line);
            return NULL;
        }
    }
    return (PyObject *)line;
}

static int
line_traverse(PyObject *self, visitproc visit, void *arg)
{
    Line *line = (Line *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(line->packages);
    Py_VISIT(line->client);
    Py_VISIT(line->rules);
    Py_VISIT(line->uri);
    Py_VISIT(line->method);
    Py_VISIT(line->body);
    Py_VISIT(line->url);
    Py_VISIT(line->agent);
    Py_VISIT(line->first_try);
    Py_VISIT(line->kind);
    Py_VISIT(line->id_name);
    return 0;
}

static int
line_clear(PyObject *self)
{
    Line *line = (Line *)self;
    Py_CLEAR(line->packages);
    Py_CLEAR(line->client);
    Py_CLEAR(line->rules);
    Py_CLEAR(line->uri);
    Py_CLEAR(line->method);
    Py_CLEAR(line->body);
    Py_CLEAR(line->url);
    Py_CLEAR(line->agent);
    Py_CLEAR(line->first_try);
    Py_CLEAR(line->kind);
    Py_CLEAR(line->id_name);
    return 0;
}

static void
line_dealloc(PyObject *self)
{
    Line *line = (Line *)self;
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    line_clear(self);
    Py_CLEAR(line->barred_source);
    for (int place = 0; place < line->answers; place++) {
        pattern_free(&line->answered[place].tail);
        pattern_free(&line->answered[place].head);
        Py_CLEAR(line->answered[place].source);
    }
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot line_slots[] = {
    {Py_tp_doc, "What requests of one line have in common, as Route of cost_lib.metering.routes knows it."},
    {Py_tp_new, line_new},
    {Py_tp_traverse, line_traverse},
    {Py_tp_clear, line_clear},
    {Py_tp_dealloc, line_dealloc},
    {0, NULL},
};

static PyType_Spec line_spec = {
    .name = "cost_lib._speedups.Line",
    .basicsize = sizeof(Line),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = line_slots,
};

int
add_line(PyObject *module)
{
    line_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &line_spec, NULL);
    return line_type == NULL ? -1 : PyModule_AddObjectRef(module, "Line", (PyObject *)line_type);
}
