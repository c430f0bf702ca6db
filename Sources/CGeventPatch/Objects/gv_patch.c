// SPDX-License-Identifier: Apache-2.0
// The requests, and the passes that they lead to.
#include "gv_pass.h"
#include "gv_loader.h"
#include <gv_libc.h>
#include <stdlib.h>

enum { PATIENCE = 16 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static gv_request **requests;
static size_t request_count;
static uint64_t version = 1, last_number, last_pass;
static unsigned long long last_loads;   // and unloads, at the last complete pass

void gv_patch_take_lock(void) { (void)gv_libc.pthread_mutex_lock(&lock); }

void gv_patch_give_lock(void) { (void)gv_libc.pthread_mutex_unlock(&lock); }

// The last user tells the owner; never under the lock.
static void release(gv_request *request) {
    gv_patch_take_lock();
    bool is_last = --request->users == 0;
    gv_patch_give_lock();
    if (!is_last) return;
    if (request->wanted.drop) request->wanted.drop(request->wanted.context);
    free(request);
}

static gv_request *make(const gv_patch_request *wanted) {
    gv_request *request = calloc(1, sizeof(gv_request));
    if (!request) abort();
    request->wanted = *wanted;
    request->wanted.areas &= ~(uint32_t)GV_AREA_LOADING;
    request->users = 1;
    return request;
}

// The requests of the process, and the one that is only planned; each used by the pass.
static void take_requests(gv_pass *pass, gv_request *about) {
    gv_patch_take_lock();
    pass->version = version;
    pass->about = about ? request_count : SIZE_MAX;
    pass->requests = calloc(request_count + 1, sizeof(gv_request *));
    if (!pass->requests) abort();
    for (size_t i = 0; i < request_count; i++) {
        requests[i]->users++;
        pass->requests[i] = requests[i];
        if (requests[i] == about) pass->about = i;
    }
    pass->request_count = request_count;
    if (about && pass->about == request_count) {
        about->users++;
        pass->requests[pass->request_count++] = about;
    }
    gv_patch_give_lock();
}

static void ask_requests(gv_pass *pass) {
    pass->accepted = calloc(pass->objects.count * pass->request_count + 1, sizeof(bool));
    if (!pass->accepted) abort();
    for (size_t i = 0; i < pass->objects.count; i++) {
        const gv_object *object = &pass->objects.list[i];
        for (size_t j = 0; j < pass->request_count; j++) {
            const gv_patch_request *wanted = &pass->requests[j]->wanted;
            pass->accepted[i * pass->request_count + j] =
                !object->is_left_alone && (!wanted->accepts || wanted->accepts(object->path, wanted->context));
        }
    }
}

static bool visit_all(gv_pass *pass) {
    gv_patch_take_lock();
    bool is_current = version == pass->version;
    if (is_current) {
        gv_names_prepare();
        pass->number = ++last_pass;
        dl_iterate_phdr(gv_pass_visit, pass);
        if (!pass->is_outdated && !pass->is_plan) {
            gv_records_forget(pass->number);
            last_loads = pass->objects.loads + pass->objects.unloads;
        }
    }
    gv_patch_give_lock();
    return is_current && !pass->is_outdated;
}

static void finish(gv_pass *pass) {
    for (size_t i = 0; i < pass->request_count; i++) release(pass->requests[i]);
    free(pass->requests);
    free(pass->accepted);
    free(pass->counts);
    free(pass->changes.list);
    free(pass->entries);
    gv_objects_free(&pass->objects);
}

typedef void (*gv_reporter)(const gv_patch_entry *, void *);

// Objects come and go while nobody holds a lock; the answers for those that were listed are then out of date. Somebody
// who loads without end is not waited for: what is the same object as before is patched all the same.
static void run(gv_request *about, bool is_plan, gv_reporter report, void *context) {
    for (int attempt = 0;; attempt++) {
        gv_pass pass = {.is_plan = is_plan, .is_patient = attempt < PATIENCE};
        take_requests(&pass, about);
        gv_objects_list(&pass.objects);
        pass.reals = gv_reals(&pass.objects);
        pass.counts = calloc(gv_stand_in_count() + 1, sizeof(gv_count));
        if (!pass.counts) abort();
        ask_requests(&pass);
        bool is_done = visit_all(&pass);
        for (size_t i = 0; is_done && report && i < pass.entry_count; i++) report(&pass.entries[i], context);
        finish(&pass);
        if (is_done) return;
    }
}

void gv_patch_plan(const gv_patch_request *request, gv_reporter report, void *context) {
    gv_request *about = make(request);
    run(about, true, report, context);
    release(about);
}

uint64_t gv_patch_apply(const gv_patch_request *request, gv_reporter report, void *context) {
    gv_request *about = make(request);
    gv_patch_take_lock();
    uint64_t number = about->number = ++last_number;
    requests = realloc(requests, (request_count + 1) * sizeof(gv_request *));
    if (!requests) abort();
    requests[request_count++] = about;
    about->users++;
    version++;
    gv_patch_give_lock();
    run(about, false, report, context);
    release(about);
    return number;
}

// Takes the requests off the list that have no area left, or this number.
static void remove_requests(uint64_t number, uint32_t areas) {
    size_t kept = 0, gone_count = 0;
    gv_patch_take_lock();
    gv_request **gone = calloc(request_count + 1, sizeof(gv_request *));
    if (!gone) abort();
    for (size_t i = 0; i < request_count; i++) {
        gv_request *request = requests[i];
        request->wanted.areas &= ~areas;
        if (request->number == number || !request->wanted.areas) gone[gone_count++] = request;
        else requests[kept++] = request;
    }
    request_count = kept;
    version++;
    gv_patch_give_lock();
    run(0, false, 0, 0);
    for (size_t i = 0; i < gone_count; i++) release(gone[i]);
    free(gone);
}

void gv_patch_withdraw(uint64_t request) { remove_requests(request, 0); }

void gv_patch_undo(uint32_t areas) { remove_requests(0, areas); }

static int count_loads(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    *(unsigned long long *)context = info->dlpi_adds + info->dlpi_subs;
    return 1;
}

void gv_patch_renew(void) {
    unsigned long long now = 0;
    gv_patch_take_lock();
    dl_iterate_phdr(count_loads, &now);
    bool is_due = request_count > 0 && now != last_loads;
    gv_patch_give_lock();
    if (is_due) run(0, false, 0, 0);
}

uint32_t gv_patch_areas(void) {
    uint32_t areas = 0;
    gv_patch_take_lock();
    for (size_t i = 0; i < request_count; i++) areas |= requests[i]->wanted.areas;
    gv_patch_give_lock();
    return areas ? areas | GV_AREA_LOADING : 0;
}
