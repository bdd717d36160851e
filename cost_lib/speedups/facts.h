/* What is known of one request: the twin of Facts in cost_lib/facts.py. */

#ifndef COSTMARK_FACTS_H
#define COSTMARK_FACTS_H

#include "speedups.h"

/* The first ones in the order in which Facts is called with them, GIVEN in all; the rest is set later. */
#define EACH_FACT(FACT) \
    FACT(TAGS, tags) FACT(OPERATION_ID, operation_id) FACT(CALL_SITE, call_site) FACT(PROVIDER, provider) FACT(HOST, host) \
    FACT(ENDPOINT, endpoint) FACT(TRANSPORT, transport) FACT(MODEL_REQUESTED, model_requested) FACT(MODEL, model) FACT(USAGE, usage) \
    FACT(STARTED, started) FACT(KIND, kind) FACT(EVENT_ID, event_id) FACT(ATTEMPT, attempt) FACT(SDK, sdk) \
    FACT(SERVICE_TIER, service_tier) FACT(PRICE_CONTEXT, price_context) FACT(MODEL_CLASS, model_class) FACT(IS_STREAM, is_stream) \
    FACT(IS_BATCH, is_batch) FACT(IS_CHARGED, is_charged) FACT(USAGE_SOURCE, usage_source) FACT(PASSES, passes) \
    FACT(REPORTED_COST, reported_cost) FACT(PROVIDER_REQUEST_ID, provider_request_id) FACT(FIRST_CHUNK, first_chunk) \
    FACT(STATUS, status) FACT(ERROR_OF, error) FACT(RESERVATION, reservation) FACT(COST, cost) FACT(OTHERS, others)

#define NUMBERED(number, name) number,
enum { EACH_FACT(NUMBERED) COUNT_OF_FACTS };
#define GIVEN (STARTED + 1)
#define COUNTS 6 /* in a Usage, before its units */

typedef struct {
    PyObject_HEAD
    PyObject *of[COUNT_OF_FACTS]; /* NULL: deleted */
} Facts;

/* What Python has handed over to those who record by hand (recorded.c). */
#define EACH_PART(PART) \
    PART(USUAL, usual) PART(CURRENT, current) PART(FRAME, frame) PART(NOTHING, nothing) PART(SITES, sites) \
    PART(FIND_CALL_SITE, find_call_site) PART(JUDGE, judge) PART(CLEAN, clean) PART(WITHOUT, without) \
    PART(RECORD_FACTS, record_facts) PART(NO_UNITS, no_units) PART(ZERO, zero) PART(MANUAL, manual) \
    PART(PYTHON_RECORD_CALL, python_record_call)
enum { EACH_PART(NUMBERED) COUNT_OF_PARTS };
#undef NUMBERED

/* What the module keeps. */
typedef struct {
    PyTypeObject *facts;
    PyObject *names[COUNT_OF_FACTS];
    PyObject *defaults[COUNT_OF_FACTS]; /* NULL until the twin has told them */
    PyTypeObject *recorded;
    PyObject *twin; /* of recorded, in Python */
    PyObject *parts[COUNT_OF_PARTS];
    PyObject *meters[COUNTS];
    PyTypeObject *usual;
} State;

/* The facts' own new object of what is usual; NULL with an exception set. */
Facts *facts_made(State *state);
/* Set one fact; the reference is taken over. */
void facts_set(Facts *facts, int fact, PyObject *value);

int state_traverse(PyObject *module, visitproc visit, void *arg);
int state_clear(PyObject *module);
void state_free(void *module);

#endif
