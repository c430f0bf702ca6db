// SPDX-License-Identifier: Apache-2.0
#ifndef CGEVENTPATCH_H
#define CGEVENTPATCH_H

#include "gv_area.h"
#include "gv_dispatch.h"
#include "gv_hooks.h"
#include "gv_patch.h"
#include "gv_thread_hooks.h"

// For tests, which call stand-ins without a patch.
#include "../Calls/gv_child_calls.h"
#include "../Calls/gv_descriptor_calls.h"
#include "../Calls/gv_file_calls.h"
#include "../Calls/gv_name_calls.h"
#include "../Calls/gv_signal_calls.h"
#include "../Calls/gv_time_calls.h"

#endif
