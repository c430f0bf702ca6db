// SPDX-License-Identifier: Apache-2.0
// Servers over libuv: uv_server echo|sink|source PORT.
#include "listening.h"
#include <string.h>
#include <uv.h>

static uv_loop_t *loop;
static uv_read_cb on_read;
static int is_source;
// Used up inside each callback.
static char room[chunk_size];

typedef struct {
    uv_write_t request;
    char bytes[];
} echo_write;

static void use_room(uv_handle_t *handle, size_t size, uv_buf_t *buffer) {
    (void)handle, (void)size;
    *buffer = uv_buf_init(room, sizeof room);
}

static void on_closed(uv_handle_t *handle) { free(handle); }

static void on_echoed(uv_write_t *request, int status) {
    (void)status;
    free(request);
}

static void echo(uv_stream_t *stream, ssize_t got, const uv_buf_t *buffer) {
    if (got < 0) uv_close((uv_handle_t *)stream, on_closed);
    if (got <= 0) return;
    uv_buf_t bytes = uv_buf_init(buffer->base, (unsigned)got);
    // What the system takes at once needs neither a copy nor a request.
    int sent = uv_try_write(stream, &bytes, 1);
    if (sent == got) return;
    if (sent < 0) sent = 0;
    size_t left = (size_t)(got - sent);
    echo_write *write = malloc(sizeof *write + left);
    memcpy(write->bytes, buffer->base + sent, left);
    bytes = uv_buf_init(write->bytes, (unsigned)left);
    uv_write(&write->request, stream, &bytes, 1, on_echoed);
}

static void swallow(uv_stream_t *stream, ssize_t got, const uv_buf_t *buffer) {
    (void)buffer;
    if (got < 0) uv_close((uv_handle_t *)stream, on_closed);
}

static void pour(uv_write_t *request, int status) {
    uv_stream_t *stream = request->handle;
    if (status < 0) {
        uv_close((uv_handle_t *)stream, on_closed);
        free(request);
        return;
    }
    uv_buf_t bytes = uv_buf_init(room, sizeof room);
    uv_write(request, stream, &bytes, 1, pour);
}

static void on_connection(uv_stream_t *server, int status) {
    uv_tcp_t *client = malloc(sizeof *client);
    uv_tcp_init(loop, client);
    if (status < 0 || uv_accept(server, (uv_stream_t *)client) != 0) {
        uv_close((uv_handle_t *)client, on_closed);
        return;
    }
    uv_tcp_nodelay(client, 1);
    if (!is_source) {
        uv_read_start((uv_stream_t *)client, use_room, on_read);
        return;
    }
    uv_write_t *request = malloc(sizeof *request);
    request->handle = (uv_stream_t *)client;
    pour(request, 0);
}

int main(int count, char **arguments) {
    int listener = listen_on(count, arguments, 2, SOCK_NONBLOCK);
    is_source = strcmp(arguments[1], "source") == 0;
    on_read = strcmp(arguments[1], "sink") == 0 ? swallow : echo;
    loop = uv_default_loop();
    uv_tcp_t server;
    uv_tcp_init(loop, &server);
    uv_tcp_open(&server, listener);
    if (uv_listen((uv_stream_t *)&server, 4096, on_connection) != 0) return 1;
    return uv_run(loop, UV_RUN_DEFAULT);
}
