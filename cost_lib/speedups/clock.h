/* The clocks of an event, in nanoseconds. */

#ifndef COSTMARK_CLOCK_H
#define COSTMARK_CLOCK_H

#define PY_SSIZE_T_CLEAN
#include <Python.h> /* before all that is the system's */

#include <stdint.h>
#include <time.h>

#define NANO 1000000000LL /* nanoseconds in a second */

/* Below zero beyond the year 2262. */
static inline int64_t
nanoseconds(clockid_t clock)
{
    struct timespec found;
    int64_t sum;
    clock_gettime(clock, &found);
    return __builtin_mul_overflow(found.tv_sec, NANO, &sum) || __builtin_add_overflow(sum, found.tv_nsec, &sum) ? -1 : sum;
}

/* Of the clock that time.perf_counter reads. */
static inline int64_t
counter(void)
{
#if defined(__APPLE__)
    return nanoseconds(CLOCK_UPTIME_RAW);
#else
    return nanoseconds(CLOCK_MONOTONIC);
#endif
}

#endif
