/* The reduced model in C: the events of regie's compiled day, and its generator.
 *
 * A calendar of days says whose help ends today; a first-come list per organisation says who is next.
 * Both are linked through the rows of the clients themselves. Nobody is looked at on a day without an event.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ARRIVALS, DOOR, DURATION, ROUNDING };                          /* streams of chance */
enum { W_ARRIVALS, W_STARTS, W_COMPLETED, W_WAITING, W_SERVED, W_N }; /* weekly counts */

typedef struct {
    int32_t zones, days, organisations, workers, slots;
    double arrivals_per_day, service_days;
} Reduced;

typedef struct {
    double onset, listed, start, end;
    int32_t zone, organisation, worker, owner;
} Visit;

typedef struct {
    Visit visit;
    uint64_t key;
    int32_t next; /* on a day of the calendar, on a list, or among the free rows */
    int32_t here; /* whether this row is a client now */
} Client;

typedef struct {
    int32_t first, last;
} List;

typedef struct {
    Reduced model;
    uint64_t seed;
    Client *client;
    int32_t clients, room, free; /* rows in use, rows allocated, first free row */
    int32_t *load;               /* clients of each worker */
    List *calendar;              /* for each day, whose help ends */
    List *list;                  /* of each organisation of each zone */
    Visit *visit;
    int64_t visits, visit_room;
    int64_t *weekly, now[64][W_N];
} World;

/* --- chance: Philox4x32-10, a pure function of (seed, key, stream, index) --- */

double draw(uint64_t seed, uint64_t key, uint32_t stream, uint32_t index) {
    uint32_t c0 = (uint32_t)key, c1 = (uint32_t)(key >> 32), c2 = stream, c3 = index;
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c0, p1 = (uint64_t)0xCD9E8D57u * c2;
        uint32_t d0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0, d2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c0 = d0, c1 = (uint32_t)p1, c2 = d2, c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
    }
    uint64_t bits = ((uint64_t)c0 << 21) ^ (c1 >> 11);
    return (double)bits * (1.0 / 9007199254740992.0);
}

static int poisson(double u, double mean) {
    double probability = exp(-mean), total = probability;
    int count = 0;
    while (u > total && count < 1000) {
        count++;
        probability *= mean / count;
        total += probability;
    }
    return count;
}

static int service_days(World *w, uint64_t key) {
    double days = -w->model.service_days * log(1.0 - draw(w->seed, key, DURATION, 0));
    int whole = (int)(days + draw(w->seed, key, ROUNDING, 0));
    return whole < 1 ? 1 : whole;
}

/* --- rows --- */

static int32_t new_client(World *w) {
    if (w->free >= 0) {
        int32_t c = w->free;
        w->free = w->client[c].next;
        return c;
    }
    if (w->clients == w->room) {
        w->room += w->room / 2;
        w->client = realloc(w->client, sizeof(Client) * (size_t)w->room);
    }
    return w->clients++;
}

static void record(World *w, const Visit *visit) {
    if (w->visits == w->visit_room) {
        w->visit_room += w->visit_room / 2;
        w->visit = realloc(w->visit, sizeof(Visit) * (size_t)w->visit_room);
    }
    w->visit[w->visits++] = *visit;
}

/* --- the rules --- */

static void append(World *w, List *list, int32_t c) {
    w->client[c].next = -1;
    if (list->first < 0)
        list->first = c;
    else
        w->client[list->last].next = c;
    list->last = c;
}

static int team_of(const World *w, const Client *c) {
    return c->visit.zone * w->model.organisations + c->visit.organisation;
}

static void start(World *w, int32_t c, int32_t worker, int day) {
    Client *client = &w->client[c];
    client->visit.start = day;
    client->visit.worker = worker;
    w->load[worker]++;
    w->now[client->visit.organisation][W_STARTS]++;
    w->now[client->visit.organisation][W_SERVED]++;
    int end = day + service_days(w, client->key);
    if (end < w->model.days)
        append(w, &w->calendar[end], c);
}

static void join(World *w, int32_t c, int day) {
    w->client[c].visit.listed = day;
    append(w, &w->list[team_of(w, &w->client[c])], c);
    w->now[w->client[c].visit.organisation][W_WAITING]++;
}

static int32_t freest_worker(const World *w, int team) {
    int32_t first = team * w->model.workers, best = first;
    for (int32_t i = first + 1; i < first + w->model.workers; i++)
        if (w->load[i] < w->load[best])
            best = i;
    return best;
}

static void arrive(World *w, int zone, uint64_t key, int day) {
    int organisation = (int)(draw(w->seed, key, DOOR, 0) * w->model.organisations);
    int32_t owner = freest_worker(w, zone * w->model.organisations + organisation);
    int32_t c = new_client(w);
    w->client[c] = (Client){{day, NAN, NAN, NAN, zone, organisation, -1, owner}, key, -1, 1};
    w->now[organisation][W_ARRIVALS]++;
    if (w->load[owner] < w->model.slots)
        start(w, c, owner, day);
    else
        join(w, c, day);
}

static void take_next(World *w, int team, int32_t worker, int day) {
    int32_t c = w->list[team].first;
    if (c < 0)
        return;
    w->list[team].first = w->client[c].next;
    w->now[w->client[c].visit.organisation][W_WAITING]--;
    start(w, c, worker, day);
}

static void leave(World *w, int32_t c, int day) {
    Client *client = &w->client[c];
    int32_t worker = client->visit.worker;
    client->visit.end = day;
    client->here = 0;
    record(w, &client->visit);
    client->next = w->free;
    w->free = c;
    w->load[worker]--;
    w->now[client->visit.organisation][W_COMPLETED]++;
    w->now[client->visit.organisation][W_SERVED]--;
    take_next(w, team_of(w, client), worker, day);
}

/* --- the day, in order --- */

static void arrivals(World *w, int day) {
    for (int zone = 0; zone < w->model.zones; zone++) {
        int count = poisson(draw(w->seed, (uint64_t)zone, ARRIVALS, (uint32_t)day), w->model.arrivals_per_day);
        for (int i = 0; i < count; i++)
            arrive(w, zone, ((uint64_t)(zone + 1) << 40) | ((uint64_t)day << 16) | (uint64_t)i, day);
    }
}

static void ends(World *w, int day) {
    for (int32_t c = w->calendar[day].first, next; c >= 0; c = next) {
        next = w->client[c].next;
        leave(w, c, day);
    }
}

static void count_week(World *w, int week) {
    size_t row = sizeof(int64_t) * W_N;
    for (int organisation = 0; organisation < w->model.organisations; organisation++) {
        memcpy(w->weekly + (week * w->model.organisations + organisation) * W_N, w->now[organisation], row);
        memset(w->now[organisation], 0, sizeof(int64_t) * W_WAITING); /* flows; stocks go on */
    }
}

static int32_t *filled(size_t count, int32_t value) {
    int32_t *array = malloc(sizeof(int32_t) * count);
    for (size_t i = 0; i < count; i++)
        array[i] = value;
    return array;
}

static World *found(const Reduced *model, uint64_t seed) {
    size_t teams = (size_t)model->zones * (size_t)model->organisations;
    World *w = calloc(1, sizeof(World));
    w->model = *model;
    w->seed = seed;
    w->room = w->visit_room = 1024;
    w->free = -1;
    w->client = malloc(sizeof(Client) * (size_t)w->room);
    w->visit = malloc(sizeof(Visit) * (size_t)w->visit_room);
    w->load = filled(teams * (size_t)model->workers, 0);
    w->calendar = (List *)filled(2 * (size_t)model->days, -1);
    w->list = (List *)filled(2 * teams, -1);
    w->weekly = calloc((size_t)(model->days / 7 + 1) * (size_t)model->organisations * W_N, sizeof(int64_t));
    return w;
}

static void forget_state(World *w) {
    free(w->client), free(w->load), free(w->calendar), free(w->list);
    w->client = NULL, w->load = NULL, w->calendar = w->list = NULL;
}

/* Run the model. The visits and weekly counts of the result live until reduced_release. */
World *reduced_run(const Reduced *model, uint64_t seed) {
    World *w = found(model, seed);
    for (int day = 0; day < model->days; day++) {
        arrivals(w, day);
        ends(w, day);
        if (day % 7 == 6)
            count_week(w, day / 7);
    }
    for (int32_t c = 0; c < w->clients; c++)
        if (w->client[c].here)
            record(w, &w->client[c].visit);
    forget_state(w);
    return w;
}

const Visit *reduced_visits(const World *w, int64_t *count) {
    *count = w->visits;
    return w->visit;
}

const int64_t *reduced_weekly(const World *w) {
    return w->weekly;
}

void reduced_release(World *w) {
    free(w->visit), free(w->weekly), free(w);
}
