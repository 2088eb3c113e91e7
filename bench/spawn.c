/*
 * Launches a program that ends by itself, and waits for it, one after another: the floor for every launcher. Attributes
 * and descriptors are those of dev.postmaster.os.PosixLauncher. Prints the median in milliseconds.
 *
 *   spawn LAUNCHES PROGRAM
 */
#define _GNU_SOURCE
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

enum { WARM_UP = 100 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void check(const char *call, int code)
{
    if (code != 0) {
        fprintf(stderr, "spawn: %s: %s\n", call, strerror(code));
        exit(1);
    }
}

static double launch_ms(char *program)
{
    char *argv[] = {program, NULL};
    char *environment[] = {NULL};
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    sigset_t none, all;
    pid_t pid;

    double start = now_ms();
    sigemptyset(&none);
    sigfillset(&all);
    check("attr_init", posix_spawnattr_init(&attributes));
    check("setflags", posix_spawnattr_setflags(&attributes,
        POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    check("setsigmask", posix_spawnattr_setsigmask(&attributes, &none));
    check("setsigdefault", posix_spawnattr_setsigdefault(&attributes, &all));
    check("actions_init", posix_spawn_file_actions_init(&actions));
    check("addclosefrom", posix_spawn_file_actions_addclosefrom_np(&actions, 3));
    check("posix_spawn", posix_spawn(&pid, program, &actions, &attributes, argv, environment));
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    waitpid(pid, NULL, 0);
    return now_ms() - start;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    int launches = argc == 3 ? atoi(argv[1]) : 0;
    double *took = calloc(launches > 0 ? launches : 1, sizeof *took);

    if (launches <= 0 || took == NULL) {
        fprintf(stderr, "usage: spawn LAUNCHES PROGRAM\n");
        return 2;
    }
    for (int i = 0; i < WARM_UP; i++)
        launch_ms(argv[2]);
    for (int i = 0; i < launches; i++)
        took[i] = launch_ms(argv[2]);
    qsort(took, launches, sizeof *took, by_size);
    printf("%.4f\n", took[launches / 2]);
    return 0;
}
