/* What plain tokens cost: the twin of money_text in cost_lib/billing.py and of _cost in cost_lib/metering/routes.py. */

#include "prices.h"

#include <string.h>

static const char *const NAMES[METERS] = {"\"input\":", "\"cache_read\":", "\"cache_write_5m\":", "\"cache_write_1h\":", "\"output\":"};

static int
rates_read(int64_t rates[METERS], PyObject *given)
{
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != METERS) {
        PyErr_SetString(PyExc_TypeError, "there is a rate for each kind of token");
        return -1;
    }
    for (int meter = 0; meter < METERS; meter++) {
        rates[meter] = PyLong_AsLongLong(PyTuple_GET_ITEM(given, meter));
        if (rates[meter] == -1 && PyErr_Occurred()) {
            return -1;
        }
    }
    return 0;
}

int
prices_read(Prices *prices, PyObject *rates, PyObject *tiers)
{
    Py_ssize_t count = PyTuple_Check(tiers) ? PyTuple_GET_SIZE(tiers) : MOST_TIERS + 1;
    if (count > MOST_TIERS) {
        PyErr_SetString(PyExc_ValueError, "more tiers than are known here");
        return -1;
    }
    for (Py_ssize_t place = 0; place < count; place++) {
        Tier *tier = prices->tiers + place;
        long long above;
        PyObject *those;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(tiers, place), "LpO", &above, &tier->has_cached, &those)
            || rates_read(tier->rates, those) < 0) {
            return -1;
        }
        tier->above = above;
    }
    prices->tier_count = (int)count;
    return rates_read(prices->rates, rates);
}

/* Choose the rates by the length of the context; NULL where that is too large. */
static const int64_t *
rates_for(const Prices *prices, const int64_t counts[METERS])
{
    int64_t all = counts[0];
    for (int meter = 1; meter < METERS - 1; meter++) {
        if (__builtin_add_overflow(all, counts[meter], &all)) {
            return NULL;
        }
    }
    for (int place = 0; place < prices->tier_count; place++) {
        const Tier *tier = prices->tiers + place;
        if ((tier->has_cached ? all : counts[0]) > tier->above) {
            return tier->rates;
        }
    }
    return prices->rates;
}

int
price(const Prices *prices, const int64_t counts[METERS], int64_t parts[METERS], int64_t *cost)
{
    const int64_t *rates = rates_for(prices, counts);
    *cost = 0;
    if (rates == NULL) {
        return 0;
    }
    for (int meter = 0; meter < METERS; meter++) {
        if ((counts[meter] && rates[meter] < 0) || __builtin_mul_overflow(counts[meter], rates[meter], parts + meter)
            || __builtin_add_overflow(*cost, parts[meter], cost)) {
            return 0;
        }
    }
    return 1;
}

void
put_split(Text *text, const int64_t counts[METERS], const int64_t parts[METERS])
{
    int is_first = 1;
    for (int meter = 0; meter < METERS; meter++) {
        if (counts[meter]) {
            if (!is_first) {
                PUT(text, ",");
            }
            put(text, NAMES[meter], strlen(NAMES[meter]));
            put_number(text, parts[meter]);
            is_first = 0;
        }
    }
}
