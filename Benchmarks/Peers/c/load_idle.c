// SPDX-License-Identifier: Apache-2.0
// One message on each connection, then nothing: by how much the server's memory has grown for each.
#include "load.h"

static long resident_bytes_of(int process) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/statm", process);
    long size = 0, resident = 0;
    FILE *file = fopen(path, "r");
    if (!file || fscanf(file, "%ld %ld", &size, &resident) != 2) fail("statm");
    fclose(file);
    return resident * 4096;
}

static void visit(int port) {
    char bytes[message_bytes] = {0};
    int socket = connect_from(port, 0);
    if (send(socket, bytes, sizeof bytes, MSG_NOSIGNAL) != message_bytes ||
        recv(socket, bytes, sizeof bytes, MSG_WAITALL) != message_bytes)
        fail("a message was lost");
}

void load_idle(char **arguments) {
    measurement run = begin(arguments, 2);
    int connections = atoi(arguments[5]);
    // What the server has once, for its first connection, is not what a connection costs.
    visit(run.port);
    long before = resident_bytes_of(run.server);
    for (int i = 0; i < connections; i++) visit(run.port);
    usleep((useconds_t)(run.seconds * 1e6));
    printf("bytes=%.1f\n", (double)(resident_bytes_of(run.server) - before) / connections);
}
