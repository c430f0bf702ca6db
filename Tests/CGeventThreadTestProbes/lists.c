// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "redirect.h"
#include "include/gv_thread_probes.h"
#include "lists.h"

int gv_probe_lists(void) { return run_lists(); }
