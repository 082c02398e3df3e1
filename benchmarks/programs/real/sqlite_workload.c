/* A workload for the sqlite3 amalgamation: an in-memory database is filled, indexed, joined, aggregated, updated and
   checked; every result row is printed. Link with sqlite3.c; the argument is the number of rows. */
#include <stdio.h>
#include <stdlib.h>

#include "sqlite3.h"

static long rows_printed;

static void fail(sqlite3 *database, const char *what) {
    printf("%s: %s\n", what, sqlite3_errmsg(database));
    exit(3);
}

static int print_row(void *context, int columns, char **values, char **names) {
    (void)context;
    (void)names;
    for (int i = 0; i < columns; i++) {
        printf("%s%s", i ? "|" : "", values[i] ? values[i] : "NULL");
    }
    putchar('\n');
    rows_printed++;
    return 0;
}

static void query(sqlite3 *database, const char *sql) {
    char *message = NULL;
    printf("> %s\n", sql);
    if (sqlite3_exec(database, sql, print_row, NULL, &message) != SQLITE_OK) {
        fail(database, sql);
    }
}

/* A function of ours that SQL calls: the library calls back into instrumented code. */
static void digits(sqlite3_context *context, int count, sqlite3_value **values) {
    sqlite3_int64 n = count > 0 ? sqlite3_value_int64(values[0]) : 0;
    int sum = 0;
    for (n = n < 0 ? -n : n; n > 0; n /= 10) {
        sum += (int)(n % 10);
    }
    sqlite3_result_int(context, sum);
}

static void fill(sqlite3 *database, long rows) {
    sqlite3_stmt *insert;
    if (sqlite3_prepare_v2(database, "INSERT INTO item VALUES (?1, ?2, ?3, ?4)", -1, &insert, NULL) != SQLITE_OK) {
        fail(database, "prepare");
    }
    unsigned random = 12345;
    for (long i = 0; i < rows; i++) {
        char name[40];
        random = random * 1664525u + 1013904223u;
        snprintf(name, sizeof name, "item %ld of %u", i, random >> 20);
        sqlite3_bind_int64(insert, 1, i);
        sqlite3_bind_int(insert, 2, (int)(random >> 24));
        sqlite3_bind_text(insert, 3, name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_double(insert, 4, (double)(random >> 12 & 0xffff) / 16);
        if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK) {
            fail(database, "insert");
        }
    }
    sqlite3_finalize(insert);
}

int main(int argc, char **argv) {
    long rows = argc > 1 ? strtol(argv[1], NULL, 10) : 20000;
    sqlite3 *database;
    if (sqlite3_open(":memory:", &database) != SQLITE_OK) {
        fail(database, "open");
    }
    sqlite3_create_function(database, "digits", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, digits, NULL, NULL);
    query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY, kind INT, name TEXT, price REAL)");
    query(database, "CREATE TABLE kind (id INTEGER PRIMARY KEY, label TEXT UNIQUE)");
    query(database, "BEGIN");
    fill(database, rows);
    query(database, "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 255) "
                    "INSERT INTO kind SELECT i, printf('kind %03d', i * 7 % 256) FROM n");
    query(database, "COMMIT");
    query(database, "CREATE INDEX item_kind ON item (kind, price)");
    query(database, "SELECT label, count(*), round(avg(price), 3), max(name) FROM item JOIN kind ON item.kind = kind.id "
                    "GROUP BY label ORDER BY 2 DESC, 1 LIMIT 12");
    query(database, "SELECT a.id, b.id, a.price FROM item a JOIN item b ON a.kind = b.kind AND a.price = b.price "
                    "AND a.id < b.id ORDER BY 1, 2 LIMIT 10");
    query(database, "UPDATE item SET price = price * 1.5, name = upper(name) WHERE digits(id) % 7 = 3");
    query(database, "DELETE FROM item WHERE id % 11 = 5");
    query(database, "SELECT count(*), sum(price > 3000), total(length(name)), sum(digits(id)) FROM item");
    query(database, "SELECT substr(name, 1, 6) AS prefix, group_concat(DISTINCT kind % 5) FROM item WHERE name LIKE "
                    "'%1_ OF%' GROUP BY prefix ORDER BY prefix LIMIT 8");
    query(database, "SELECT kind, price, rank() OVER (PARTITION BY kind ORDER BY price DESC) AS place FROM item "
                    "WHERE kind < 3 ORDER BY kind, place, price LIMIT 12");
    query(database, "SELECT k, json_extract(j, '$.n[2]') FROM (SELECT kind AS k, json_object('n', json_array(min(id), "
                    "max(id), count(*))) AS j FROM item GROUP BY kind) WHERE k % 50 = 0");
    query(database, "SAVEPOINT s; DELETE FROM item; ROLLBACK TO s; RELEASE s");
    query(database, "SELECT count(*) FROM item WHERE kind IN (SELECT id FROM kind WHERE label > 'kind 200')");
    query(database, "PRAGMA integrity_check");
    sqlite3_close(database);
    return rows_printed > 40 ? 17 : 4;
}
