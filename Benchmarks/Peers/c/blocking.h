// SPDX-License-Identifier: Apache-2.0
// Blocking libraries as threads and greenlets use them alike: each function asks a server on loopback so often, over one
// connection, and returns how many answers were wrong.
#pragma once

typedef long (*blocking_client)(int port, long count);

long ask_redis(int port, long count);
long ask_curl(int port, long count);
