/* The clocks of an event, in nanoseconds. */

#ifndef COSTMARK_CLOCK_H
#define COSTMARK_CLOCK_H

#define PY_SSIZE_T_CLEAN
#include <Python.h> /* before all that is the system's */

#include <stdint.h>
#include <time.h>

#define NANO 1000000000LL /* nanoseconds in a second */

static inline int64_t
nanoseconds(clockid_t clock)
{
    struct timespec found;
    clock_gettime(clock, &found);
    return (int64_t)found.tv_sec * NANO + found.tv_nsec;
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
