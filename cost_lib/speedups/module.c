/* The module itself. Everything in it has a twin in Python that says what is right, and to which it leaves whatever is unusual. */

#include "facts.h"
#include "ids.h"
#include "speedups.h"

static int
fill(PyObject *module)
{
    if (PyInterpreterState_Get() != PyInterpreterState_Main()) { /* what is kept here is kept once */
        PyErr_SetString(PyExc_ImportError, "only the main interpreter has this; others run the same in Python");
        return -1;
    }
    if (PyModule_AddIntConstant(module, "INTERFACE", 8) < 0) {
        return -1;
    }
    if (add_ids() < 0 || add_append(module) < 0 || add_facts(module) < 0 || add_usual(module) < 0 || add_routes(module) < 0) {
        return -1;
    }
    if (add_keeping(module) < 0 || add_recorded(module) < 0) {
        return -1;
    }
    return add_proxy(module) < 0 || add_sending(module) < 0 || add_tee(module) < 0 ? -1 : 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cost_lib._speedups",
    .m_doc = "What every metered call passes, compiled.",
    .m_size = sizeof(State),
    .m_slots = slots,
    .m_traverse = state_traverse,
    .m_clear = state_clear,
    .m_free = state_free,
};

PyMODINIT_FUNC
PyInit__speedups(void)
{
    return PyModuleDef_Init(&definition);
}
