// SPDX-License-Identifier: Apache-2.0
/*
 * What deploy/bench/floor.sh measures with.
 *
 *   floor up|noop|down|check|gone REVISIONS THREADS CONNECTION < NAMES
 *   floor run FILE COMMAND...
 *
 * The first form is the floor itself: libpq, so many threads, and on each of the databases named by standard input one
 * message and one transaction for each revision, with a table of versions and nothing else; check and gone look whether
 * a database is as all revisions or none of them leave it. The second runs a command and adds a line to a file: seconds,
 * and what the kernel says of the command and of all that it waited for: CPU in user and system mode, and the most memory
 * of one process in MB.
 */
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 1 << 14, MOST_NAMES = 1 << 17, MOST_REVISIONS = 99, MOST_THREADS = 64 };

static char *names[MOST_NAMES], *ups[MOST_REVISIONS], *downs[MOST_REVISIONS];
static int name_count, revision_count;
static const char *task, *connection;
static atomic_int next_name, failures;

static char *text_of(const char *folder, int number, const char *direction) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%02d.%s.sql", folder, number, direction);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return NULL;
    }
    char *text = calloc(1, LARGEST);
    fread(text, 1, LARGEST - 1, file);
    fclose(file);
    return text;
}

/* The first value of the last result; NULL after an error or where there is none. The caller frees it. */
static char *asked(PGconn *session, const char *name, const char *sql) {
    PGresult *result = PQexec(session, sql);
    ExecStatusType status = PQresultStatus(result);
    char *value = NULL;
    if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) {
        value = strdup(PQgetvalue(result, 0, 0));
    } else if (status != PGRES_COMMAND_OK) {
        fprintf(stderr, "%s: %s", name, PQresultErrorMessage(result));
        atomic_fetch_add(&failures, 1);
    }
    PQclear(result);
    return value;
}

static void migrate(PGconn *session, const char *name, int version) {
    char *message = malloc(LARGEST + 256);
    int up = strcmp(task, "up") == 0;
    while (up ? version < revision_count : version > 0) {
        if (up) {
            sprintf(message, "BEGIN; %s; INSERT INTO version VALUES (%d); COMMIT", ups[version], version + 1);
        } else {
            sprintf(message, "BEGIN; %s; DELETE FROM version WHERE number = %d; COMMIT", downs[version - 1], version);
        }
        version += up ? 1 : -1;
        free(asked(session, name, message));
    }
    free(message);
}

static void visit(const char *name) {
    char target[4096];
    snprintf(target, sizeof target, "%s dbname=%s", connection, name);
    PGconn *session = PQconnectdb(target);
    if (PQstatus(session) != CONNECTION_OK) {
        fprintf(stderr, "%s: %s", name, PQerrorMessage(session));
        atomic_fetch_add(&failures, 1);
        PQfinish(session);
        return;
    }
    int checks = strcmp(task, "check") == 0, gone = strcmp(task, "gone") == 0;
    if (checks || gone) {
        char *right = asked(session, name, checks
            ? "SELECT to_regclass('loan') IS NOT NULL AND to_regclass('loan_due') IS NULL AND to_regclass('overdue') IS NOT NULL"
              " AND to_regproc('owed') IS NOT NULL AND (SELECT count(*) = 1000 FROM member WHERE class IS NOT NULL)"
              " AND (SELECT count(*) = 11 FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conname !~ 'version')"
            : "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')"
              " AND relname !~ 'version') AND to_regproc('owed') IS NULL");
        if (right == NULL || strcmp(right, "t") != 0) {
            fprintf(stderr, "%s: not as it has to be\n", name);
            atomic_fetch_add(&failures, 1);
        }
        free(right);
    } else {
        char *there = asked(session, name, "SELECT to_regclass('version')");
        int version = 0;
        if (there != NULL && *there != 0) {
            char *highest = asked(session, name, "SELECT coalesce(max(number), 0) FROM version");
            version = highest == NULL ? 0 : atoi(highest);
            free(highest);
        } else {
            free(asked(session, name, "CREATE TABLE version (number int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"));
        }
        free(there);
        if (strcmp(task, "noop") != 0) {
            migrate(session, name, version);
        } else if (version != revision_count) {
            fprintf(stderr, "%s: at %d\n", name, version);
            atomic_fetch_add(&failures, 1);
        }
    }
    PQfinish(session);
}

static void *work(void *nothing) {
    int number;
    while ((number = atomic_fetch_add(&next_name, 1)) < name_count) {
        visit(names[number]);
    }
    return nothing;
}

static int floor_of(char **words) {
    task = words[1];
    connection = words[4];
    while (revision_count < MOST_REVISIONS && (ups[revision_count] = text_of(words[2], revision_count + 1, "up")) != NULL) {
        downs[revision_count] = text_of(words[2], revision_count + 1, "down");
        revision_count++;
    }
    char line[256];
    while (name_count < MOST_NAMES && fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        names[name_count++] = strdup(line);
    }
    pthread_t threads[MOST_THREADS];
    int count = atoi(words[3]);
    count = count > MOST_THREADS ? MOST_THREADS : count;
    for (int i = 0; i < count; i++) {
        pthread_create(&threads[i], NULL, work, NULL);
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    return failures == 0 ? 0 : 1;
}

static double seconds(struct timeval time) {
    return time.tv_sec + time.tv_usec / 1e6;
}

static int run(char **words) {
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    pid_t child = fork();
    if (child == 0) {
        execvp(words[3], words + 3);
        perror(words[3]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror(words[3]);
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    FILE *file = fopen(words[2], "a");
    if (file == NULL) {
        perror(words[2]);
        return 1;
    }
    fprintf(file, "%.3f %.3f %ld\n", ended.tv_sec - began.tv_sec + (ended.tv_nsec - began.tv_nsec) / 1e9,
        seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss / 1024);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int count, char **words) {
    if (count > 3 && strcmp(words[1], "run") == 0) {
        return run(words);
    }
    if (count == 5) {
        return floor_of(words);
    }
    fprintf(stderr, "floor up|noop|down|check|gone REVISIONS THREADS CONNECTION < NAMES, or floor run FILE COMMAND...\n");
    return 2;
}
