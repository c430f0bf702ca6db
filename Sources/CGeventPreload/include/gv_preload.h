// SPDX-License-Identifier: Apache-2.0
// What the preloaded library is told by `gevent run`, by the environment.
#ifndef GV_PRELOAD_H
#define GV_PRELOAD_H

/// The names of the areas, with commas between them. Set in every program that is to be patched.
#define GV_RUN_AREAS "GEVENT_RUN_AREAS"
/// Set if the report is to be printed.
#define GV_RUN_VERBOSE "GEVENT_RUN_VERBOSE"
/// Set if the programs that this one starts are to be patched, too.
#define GV_RUN_CHILDREN "GEVENT_RUN_CHILDREN"

/// Patches the process. Defined in Swift; called once, before main.
void gv_preload_begin(const char *areas, int is_verbose);

#endif
