// SPDX-License-Identifier: Apache-2.0
// The load of all servers, one thread:
//   load echo PORT SERVER_PID SECONDS CONNECTIONS     messages of 64 bytes there and back
//   load accept PORT SERVER_PID SECONDS CONNECTIONS   a connection for each message, so many at once
//   load http PORT SERVER_PID SECONDS CONNECTIONS     requests for a page, on connections that stay
//   load idle PORT SERVER_PID SECONDS CONNECTIONS     one message on each connection, then nothing
//   load receive|file PORT SERVER_PID SECONDS [REQUEST]   bytes from the server; `file`: over and over
//   load send PORT SERVER_PID SECONDS                 bytes to the server
#include "load.h"
#include <signal.h>

int main(int count, char **arguments) {
    if (count < 5) {
        fprintf(stderr, "usage: %s WORKLOAD PORT SERVER_PID SECONDS …\n", arguments[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (asked(arguments, "echo") && count == 6) load_echo(arguments);
    else if (asked(arguments, "accept") && count == 6) load_accept(arguments);
    else if (asked(arguments, "http") && count == 6) load_http(arguments);
    else if (asked(arguments, "idle") && count == 6) load_idle(arguments);
    else load_bulk(arguments, count);
}
