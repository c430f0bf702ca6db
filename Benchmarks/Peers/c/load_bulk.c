// SPDX-License-Identifier: Apache-2.0
// As many bytes as go over one connection, from the server or to it.
//
// What is received is dropped by the system, uncopied: the server is to be the slower one.
#define _GNU_SOURCE
#include "load.h"

enum { chunk_size = 65536, most_dropped = 1 << 20 };

static int connect_and_ask(int port, const char *request) {
    int socket = connect_from(port, 0);
    if (request && send(socket, request, strlen(request), MSG_NOSIGNAL) < 0) fail("send");
    return socket;
}

static void receive(measurement *run, const char *request, int repeats) {
    static char room[most_dropped];
    int socket = connect_and_ask(run->port, request);
    while (goes_on(run, now())) {
        ssize_t got = recv(socket, room, sizeof room, MSG_TRUNC);
        if (got > 0) run->count += got;
        if (got > 0) continue;
        if (!repeats || got < 0) fail("the connection was lost");
        close(socket);
        socket = connect_and_ask(run->port, request);
    }
}

static void send_chunks(measurement *run) {
    static char chunk[chunk_size];
    int socket = connect_from(run->port, 0);
    while (goes_on(run, now())) {
        ssize_t sent = send(socket, chunk, sizeof chunk, MSG_NOSIGNAL);
        if (sent < 0) fail("send");
        run->count += sent;
    }
}

void load_bulk(char **arguments, int words) {
    measurement run = begin(arguments, 2);
    char request[512];
    if (words > 5) snprintf(request, sizeof request, "GET %s HTTP/1.0\r\n\r\n", arguments[5]);
    start_clock(&run);
    if (asked(arguments, "send")) send_chunks(&run);
    else receive(&run, words > 5 ? request : 0, asked(arguments, "file"));
    finish(&run, "gb_s", "server_us_gb", 1e9);
    printf("\n");
}
