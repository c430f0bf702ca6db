// SPDX-License-Identifier: Apache-2.0
// An echo server with a thread for each connection, and calls that block: thread_server PORT.
#include "listening.h"
#include <pthread.h>
#include <stdint.h>

static void *echo(void *argument) {
    int socket = (int)(intptr_t)argument;
    char bytes[2048];
    ssize_t got;
    while ((got = recv(socket, bytes, sizeof bytes, 0)) > 0)
        if (send(socket, bytes, (size_t)got, MSG_NOSIGNAL) != got) break;
    close(socket);
    return 0;
}

int main(int count, char **arguments) {
    int listener = listen_on(count, arguments, 1, 0);
    pthread_attr_t small_stack;
    pthread_attr_init(&small_stack);
    pthread_attr_setstacksize(&small_stack, 65536);
    pthread_attr_setdetachstate(&small_stack, PTHREAD_CREATE_DETACHED);
    for (;;) {
        int socket = accept(listener, 0, 0);
        if (socket < 0) continue;
        send_at_once(socket);
        pthread_t thread;
        if (pthread_create(&thread, &small_stack, echo, (void *)(intptr_t)socket) != 0) close(socket);
    }
}
