/* What a usual event says of usage and cost, as money_text in cost_lib/billing.py does. */

#include "template.h"

static const char *const METER[COUNTS] = {",\"input_tokens\":", ",\"cache_read_tokens\":", ",\"cache_write_5m_tokens\":",
                                          ",\"cache_write_1h_tokens\":", ",\"output_tokens\":", ",\"reasoning_tokens\":"};

int
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

int
put_money(Text *text, const Template *template, const int64_t counts[COUNTS])
{
    int64_t amounts[METERS], cost;
    if (!price(&template->prices, counts, amounts, &cost)) {
        return 0;
    }
    for (int meter = 0; meter < COUNTS; meter++) {
        put(text, METER[meter], strlen(METER[meter]));
        put_number(text, counts[meter]);
    }
    PUT(text, ",\"usage_source\":\"reported\",\"cost_nano_usd\":");
    put_number(text, cost);
    if (counts[0] | counts[1] | counts[2] | counts[3] | counts[4]) {
        PUT(text, ",\"cost_split\":{");
        put_split(text, counts, amounts);
        PUT(text, "}");
    }
    return 1;
}
