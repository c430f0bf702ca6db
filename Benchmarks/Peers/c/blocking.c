// SPDX-License-Identifier: Apache-2.0
// hiredis and libcurl, in calls that block.
#include "blocking.h"
#include <curl/curl.h>
#include <hiredis/hiredis.h>
#include <stdio.h>
#include <string.h>

__attribute__((constructor)) static void begin(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

long ask_redis(int port, long count) {
    redisContext *connection = redisConnect("127.0.0.1", port);
    if (!connection || connection->err != 0) return count;
    long wrong = 0;
    for (long i = 0; i < count; i++) {
        redisReply *reply = redisCommand(connection, "ECHO %ld", i);
        char expected[32];
        snprintf(expected, sizeof expected, "%ld", i);
        if (!reply || reply->type != REDIS_REPLY_STRING || strcmp(reply->str, expected) != 0) wrong++;
        if (reply) freeReplyObject(reply);
    }
    redisFree(connection);
    return wrong;
}

static size_t drop(char *bytes, size_t size, size_t count, void *total) {
    (void)bytes;
    *(size_t *)total += size * count;
    return size * count;
}

long ask_curl(int port, long count) {
    static const char answer[] = "Hello, world!";
    CURL *handle = curl_easy_init();
    if (!handle) return count;
    char address[64];
    size_t got = 0;
    snprintf(address, sizeof address, "http://127.0.0.1:%d/", port);
    curl_easy_setopt(handle, CURLOPT_URL, address);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &got);
    long wrong = 0;
    for (long i = 0; i < count; i++) {
        got = 0;
        if (curl_easy_perform(handle) != CURLE_OK || got != sizeof answer - 1) wrong++;
    }
    curl_easy_cleanup(handle);
    return wrong;
}
