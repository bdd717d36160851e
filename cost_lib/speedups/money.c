/* What plain tokens cost: the twin of money_text in cost_lib/billing.py, for numbers of 63 bits. */

#include "template.h"

static const char *const SPLIT[METERS] = {
    "\"input\":", "\"cache_read\":", "\"cache_write_5m\":", "\"cache_write_1h\":", "\"output\":"};
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

int
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
