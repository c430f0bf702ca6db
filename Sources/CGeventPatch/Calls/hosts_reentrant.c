// SPDX-License-Identifier: Apache-2.0
// gethostbyname_r and its kin, whose answers lie in memory of the caller.
#define _GNU_SOURCE 1
#include "../gv_stand_in.h"
#include "gv_host_job.h"
#include "gv_name_calls.h"
#include <errno.h>
#include <string.h>

// Where a pointer into the job's buffer points to in the caller's copy of it.
static char *moved(const gv_host_job *job, char *pointer, char *buffer) {
    if (pointer < job->buffer || pointer >= job->buffer + job->size) return pointer;
    return buffer + (pointer - job->buffer);
}

static char **moved_list(const gv_host_job *job, char **list, char *buffer) {
    char **copy = (char **)moved(job, (char *)list, buffer);
    if (copy != list && copy)
        for (char **entry = copy; *entry; entry++) *entry = moved(job, *entry, buffer);
    return copy;
}

static int ask(
    gv_host_question question, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *herror) {
    gv_host_job *job = gv_host_job_make(question, size, (uintptr_t)buffer);
    *result = 0;
    if (!job) {
        *herror = NETDB_INTERNAL;
        return errno = ENOMEM;
    }
    int before = errno;
    if (gv_host_job_run(job) != 0) {
        *herror = NETDB_INTERNAL;
        return errno = ECANCELED;
    }
    int answer = job->answer;
    *herror = job->herror;
    if (job->result) {
        memcpy(buffer, job->buffer, size);
        *entry = (struct hostent){
            .h_name = moved(job, job->entry.h_name, buffer),
            .h_aliases = moved_list(job, job->entry.h_aliases, buffer),
            .h_addrtype = job->entry.h_addrtype,
            .h_length = job->entry.h_length,
            .h_addr_list = moved_list(job, job->entry.h_addr_list, buffer)};
        *result = entry;
    }
    errno = answer ? job->error : before;
    gv_host_job_free(job);
    return answer;
}

int gv_call_gethostbyname2_r(
    const char *name, int family, struct hostent *entry, char *buffer, size_t size, struct hostent **result,
    int *herror) {
    if (!family) return gv_libc.gethostbyname2_r(name, family, entry, buffer, size, result, herror);
    gv_host_question question = {.name = name, .family = family};
    return (gv_may_park() ? ask : gv_host_ask)(question, entry, buffer, size, result, herror);
}

int gv_call_gethostbyname_r(
    const char *name, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *herror) {
    gv_host_question question = {.name = name};
    return (gv_may_park() ? ask : gv_host_ask)(question, entry, buffer, size, result, herror);
}

int gv_call_gethostbyaddr_r(
    const void *address, socklen_t length, int family, struct hostent *entry, char *buffer, size_t size,
    struct hostent **result, int *herror) {
    gv_host_question question = {.address = address, .address_length = length, .family = family};
    return (gv_may_park() ? ask : gv_host_ask)(question, entry, buffer, size, result, herror);
}

GV_STAND_IN(GV_AREA_DNS, gethostbyname_r, gv_call_gethostbyname_r);
GV_STAND_IN(GV_AREA_DNS, gethostbyname2_r, gv_call_gethostbyname2_r);
GV_STAND_IN(GV_AREA_DNS, gethostbyaddr_r, gv_call_gethostbyaddr_r);
