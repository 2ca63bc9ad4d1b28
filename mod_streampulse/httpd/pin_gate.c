/* Places for those whose PIN is hashed, or is going to be. */
#include "pin_gate.h"

#include <string.h>

#include "child_lock.h"
#include "client_address.h"
#include "permits.h"

#define HASHES_MAX    2 /* a hash is a good part of a second of a processor's time */
#define INSIDE_MAX    8 /* threads that compute one, or wait */
#define INSIDE_OF_ONE 2 /* of them for one client */
#define WAIT_MS       1000

typedef struct {
    int taken;
    sp_client_address_t client;
} place_t;

static struct {
    apr_thread_mutex_t *mutex; /* NULL in a child with one thread, where nobody ever waits */
    sp_permits_t *hashes;      /* NULL: it could not be made, and nobody enters */
    place_t places[INSIDE_MAX];
} gate;

void sp_pin_gate_child_init(apr_pool_t *pchild)
{
    if (sp_child_lock_create(&gate.mutex, pchild) == APR_SUCCESS)
        gate.hashes = sp_permits_create(pchild, HASHES_MAX, INSIDE_MAX, gate.mutex != NULL);
}

static int holds(const place_t *place, const sp_client_address_t *client)
{
    return place->taken && !memcmp(&place->client, client, sizeof(*client));
}

static int take_place(const sp_client_address_t *client)
{
    place_t *free_place = NULL;
    int own = 0;

    sp_child_lock(gate.mutex);
    for (place_t *place = gate.places; place < gate.places + INSIDE_MAX; place++) {
        own += holds(place, client);
        if (!place->taken)
            free_place = place;
    }
    if (own >= INSIDE_OF_ONE)
        free_place = NULL;
    if (free_place)
        *free_place = (place_t){.taken = 1, .client = *client};
    sp_child_unlock(gate.mutex);
    return free_place != NULL;
}

static void leave_place(const sp_client_address_t *client)
{
    place_t *place = gate.places;

    sp_child_lock(gate.mutex);
    while (place < gate.places + INSIDE_MAX && !holds(place, client))
        place++;
    if (place < gate.places + INSIDE_MAX)
        place->taken = 0;
    sp_child_unlock(gate.mutex);
}

apr_status_t sp_pin_gate_enter(const request_rec *r)
{
    const sp_client_address_t client = sp_client_address_of(r);
    apr_status_t rv;

    if (!gate.hashes || !take_place(&client))
        return APR_TIMEUP;
    rv = sp_permits_enter(gate.hashes, WAIT_MS);
    if (rv != APR_SUCCESS)
        leave_place(&client);
    return rv;
}

void sp_pin_gate_leave(const request_rec *r)
{
    const sp_client_address_t client = sp_client_address_of(r);

    sp_permits_leave(gate.hashes);
    leave_place(&client);
}
