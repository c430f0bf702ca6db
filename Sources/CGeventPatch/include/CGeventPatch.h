// SPDX-License-Identifier: Apache-2.0
#ifndef CGEVENTPATCH_H
#define CGEVENTPATCH_H

#include "gv_area.h"
#include "gv_dispatch.h"
#include "gv_hooks.h"
#include "gv_patch.h"

#endif
