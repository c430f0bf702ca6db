// SPDX-License-Identifier: Apache-2.0
#include "gv_fault.h"

__thread void *gv_fault_injector;
