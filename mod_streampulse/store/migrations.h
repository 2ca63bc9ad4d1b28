/* The migrations of each engine, in order, as embedded by scripts/embed.py. */
#ifndef SP_MIGRATIONS_H
#define SP_MIGRATIONS_H

typedef struct {
    int version;
    const char *sql;
} sp_migration_t;

/* Ends with version 0. */
extern const sp_migration_t sp_migrations_sqlite[];

#endif
