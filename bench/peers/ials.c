/* A peer for the embedding trainer: implicit alternating least squares in plain C, as open-source libraries do it.

   Minimises the objective of IalsTrainer:
     sum_seen c (1 - u.v)^2 + a0 sum_all (u.v)^2 + l sum_u (n_u + a0 M) |u|^2 + l sum_v (n_v + a0 N) |v|^2,  c = 1 + ln w, n = sum c.
   A row is improved either by a few steps of conjugate gradients from its last value (method cg) or solved exactly from its
   normal equations by Cholesky (method cholesky, LAPACK and BLAS). Both end with an exact solution for the users.

   gcc -O3 -march=native -ffast-math -o ials ials.c -lopenblas -lm
   ials METHOD DIMENSION ITERATIONS STEPS UNOBSERVED_WEIGHT REGULARIZATION [REPEATS] < pairs
   Standard input: a line with the numbers of users, items and pairs, then a line "user item weight" a pair, numbered from 0,
   sorted by user and item. Prints the objective and the least CPU seconds of training over the repeats (input excluded). */

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    int rows;
    long *starts;   /* [rows + 1] */
    int *columns;   /* [pairs] */
    float *weights; /* [pairs] confidences */
} sparse;

typedef struct {
    float unobserved, regularization;
    int steps;
} settings;

extern void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
extern void spotrs_(const char *uplo, const int *n, const int *nrhs, const float *a, const int *lda, float *b, const int *ldb, int *info);

static void *allocate(size_t bytes)
{
    void *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
    if (!memory) { fprintf(stderr, "out of memory\n"); exit(1); }
    memset(memory, 0, (bytes + 127) / 64 * 64);
    return memory;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec + 1e-9 * now.tv_nsec;
}

static inline float dot(const float *restrict a, const float *restrict b, int d)
{
    float sum = 0;
    for (int j = 0; j < d; j++) sum += a[j] * b[j];
    return sum;
}

static inline void axpy(float *restrict y, float a, const float *restrict x, int d)
{
    for (int j = 0; j < d; j++) y[j] += a * x[j];
}

/* y = gram x + ridge x; gram is symmetric, so its rows are added four at a time. */
static inline void dense(float *restrict y, const float *restrict gram, const float *restrict x, float ridge, int d)
{
    for (int j = 0; j < d; j++) y[j] = ridge * x[j];
    for (int i = 0; i < d; i += 4) {
        const float *g = gram + (size_t)i * d;
        float x0 = x[i], x1 = x[i + 1], x2 = x[i + 2], x3 = x[i + 3];
        for (int j = 0; j < d; j++) y[j] += x0 * g[j] + x1 * g[j + d] + x2 * g[j + 2 * d] + x3 * g[j + 3 * d];
    }
}

/* Inlined with d as a constant below, so that the compiler unrolls and keeps sums in registers. */
static inline __attribute__((always_inline)) void cg_rows(
    const sparse *pairs, float *side, const float *other, const float *gram, float unobserved, float regularization, int others, int steps, int d)
{
    float r[d] __attribute__((aligned(64))), p[d] __attribute__((aligned(64))), q[d] __attribute__((aligned(64)));
    for (int row = 0; row < pairs->rows; row++) {
        float *x = side + (size_t)row * d;
        long first = pairs->starts[row], last = pairs->starts[row + 1];
        float seen = 0;
        for (long i = first; i < last; i++) seen += pairs->weights[i];
        float ridge = regularization * (seen + unobserved * others);
        dense(q, gram, x, ridge, d);
        for (int j = 0; j < d; j++) r[j] = -q[j];
        for (long i = first; i < last; i++) {
            const float *v = other + (size_t)pairs->columns[i] * d;
            axpy(r, pairs->weights[i] * (1 - dot(v, x, d)), v, d);
        }
        memcpy(p, r, sizeof(float) * d);
        float norm = dot(r, r, d), enough = norm * 1e-12f;
        for (int step = 0; step < steps && norm > enough && norm > 0; step++) {
            dense(q, gram, p, ridge, d);
            for (long i = first; i < last; i++) {
                const float *v = other + (size_t)pairs->columns[i] * d;
                axpy(q, pairs->weights[i] * dot(v, p, d), v, d);
            }
            float length = norm / dot(p, q, d);
            axpy(x, length, p, d);
            axpy(r, -length, q, d);
            float next = dot(r, r, d), keep = next / norm;
            for (int j = 0; j < d; j++) p[j] = r[j] + keep * p[j];
            norm = next;
        }
    }
}

static void cg(const sparse *pairs, float *side, const float *other, const float *gram, settings s, int others, int steps, int d)
{
    switch (d) {
        case 32: cg_rows(pairs, side, other, gram, s.unobserved, s.regularization, others, steps, 32); break;
        case 64: cg_rows(pairs, side, other, gram, s.unobserved, s.regularization, others, steps, 64); break;
        case 128: cg_rows(pairs, side, other, gram, s.unobserved, s.regularization, others, steps, 128); break;
        default: cg_rows(pairs, side, other, gram, s.unobserved, s.regularization, others, steps, d);
    }
}

/* The normal equations of a row: rows of the other side are gathered, scaled by the root of c, and multiplied by BLAS. */
static void cholesky(const sparse *pairs, float *side, const float *other, const float *gram, settings s, int others, int d)
{
    long most = 0;
    for (int row = 0; row < pairs->rows; row++) {
        long n = pairs->starts[row + 1] - pairs->starts[row];
        if (n > most) most = n;
    }
    float *gathered = allocate(sizeof(float) * (most + 1) * d), *a = allocate(sizeof(float) * d * d);
    for (int row = 0; row < pairs->rows; row++) {
        float *x = side + (size_t)row * d;
        long first = pairs->starts[row], n = pairs->starts[row + 1] - first;
        memset(x, 0, sizeof(float) * d);
        if (n == 0) continue;
        float seen = 0;
        for (long i = 0; i < n; i++) {
            float c = pairs->weights[first + i], root = sqrtf(c);
            const float *v = other + (size_t)pairs->columns[first + i] * d;
            seen += c;
            axpy(x, c, v, d);
            for (int j = 0; j < d; j++) gathered[i * d + j] = root * v[j];
        }
        memcpy(a, gram, sizeof(float) * d * d);
        float ridge = s.regularization * (seen + s.unobserved * others);
        for (int j = 0; j < d; j++) a[(size_t)j * d + j] += ridge;
        cblas_ssyrk(CblasColMajor, CblasLower, CblasNoTrans, d, (int)n, 1, gathered, d, 1, a, d);
        int one = 1, info;
        spotrf_("L", &d, a, &d, &info);
        spotrs_("L", &d, &one, a, &d, x, &d, &info);
    }
    free(gathered);
    free(a);
}

static void scaled_gram(float *gram, const float *x, int rows, int d, float scale)
{
    cblas_ssyrk(CblasColMajor, CblasLower, CblasNoTrans, d, rows, scale, x, d, 0, gram, d);
    for (int i = 0; i < d; i++)
        for (int j = 0; j < i; j++) gram[(size_t)i * d + j] = gram[(size_t)j * d + i];
}

static sparse transposed(const sparse *from, int columns)
{
    long pairs = from->starts[from->rows];
    sparse to = { columns, allocate(sizeof(long) * (columns + 1)), allocate(sizeof(int) * pairs), allocate(sizeof(float) * pairs) };
    for (long i = 0; i < pairs; i++) to.starts[from->columns[i] + 1]++;
    for (int i = 0; i < columns; i++) to.starts[i + 1] += to.starts[i];
    long *next = allocate(sizeof(long) * (columns + 1));
    memcpy(next, to.starts, sizeof(long) * columns);
    for (int row = 0; row < from->rows; row++)
        for (long i = from->starts[row]; i < from->starts[row + 1]; i++) {
            long at = next[from->columns[i]]++;
            to.columns[at] = row;
            to.weights[at] = from->weights[i];
        }
    free(next);
    return to;
}

static double objective(const sparse *by_user, const sparse *by_item, const float *users, const float *items, settings s, int d)
{
    double loss = 0, ridge = 0, all = 0;
    int n = by_user->rows, m = by_item->rows;
    for (int side = 0; side < 2; side++) {
        const sparse *rows = side ? by_item : by_user;
        for (int row = 0; row < rows->rows; row++) {
            const float *x = (side ? items : users) + (size_t)row * d;
            double seen = 0, square = 0;
            for (int j = 0; j < d; j++) square += (double)x[j] * x[j];
            for (long i = rows->starts[row]; i < rows->starts[row + 1]; i++) {
                seen += rows->weights[i];
                if (side) continue;
                double product = 0;
                const float *v = items + (size_t)rows->columns[i] * d;
                for (int j = 0; j < d; j++) product += (double)x[j] * v[j];
                loss += rows->weights[i] * (1 - product) * (1 - product);
            }
            ridge += (seen + (double)s.unobserved * (side ? n : m)) * square;
        }
    }
    double *grams[2];
    for (int side = 0; side < 2; side++) {
        double *gram = grams[side] = allocate(sizeof(double) * d * d);
        const float *x = side ? items : users;
        for (int row = 0; row < (side ? m : n); row++, x += d)
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++) gram[i * d + j] += (double)x[i] * x[j];
    }
    for (int i = 0; i < d * d; i++) all += grams[0][i] * grams[1][i];
    return loss + s.unobserved * all + s.regularization * ridge;
}

int main(int count, char **arguments)
{
    if (count < 7) {
        fprintf(stderr, "ials cg|cholesky DIMENSION ITERATIONS STEPS UNOBSERVED_WEIGHT REGULARIZATION [REPEATS] < pairs\n");
        return 2;
    }
    int exact = strcmp(arguments[1], "cholesky") == 0, d = atoi(arguments[2]), iterations = atoi(arguments[3]);
    settings s = { atof(arguments[5]), atof(arguments[6]), atoi(arguments[4]) };
    int repeats = count > 7 ? atoi(arguments[7]) : 1, n, m;
    long pairs;
    openblas_set_num_threads(1);
    if (scanf("%d %d %ld", &n, &m, &pairs) != 3) return 2;
    sparse by_user = { n, allocate(sizeof(long) * (n + 1)), allocate(sizeof(int) * pairs), allocate(sizeof(float) * pairs) };
    for (long i = 0; i < pairs; i++) {
        int user;
        float weight;
        if (scanf("%d %d %f", &user, &by_user.columns[i], &weight) != 3) return 2;
        by_user.starts[user + 1]++;
        by_user.weights[i] = weight >= 1 ? 1 + logf(weight) : weight;
    }
    for (int i = 0; i < n; i++) by_user.starts[i + 1] += by_user.starts[i];

    double least = 1e30;
    sparse by_item = { 0 };
    float *users = allocate(sizeof(float) * n * d), *items = allocate(sizeof(float) * m * d), *gram = allocate(sizeof(float) * d * d);
    for (int repeat = 0; repeat < repeats; repeat++) {
        srand(1);
        memset(users, 0, sizeof(float) * n * d);
        for (long i = 0; i < (long)m * d; i++) items[i] = (rand() / (float)RAND_MAX - 0.5f) * 0.1f / sqrtf(d) * sqrtf(12);
        double began = seconds();
        by_item = transposed(&by_user, m);
        for (int iteration = 0; iteration < iterations; iteration++) {
            scaled_gram(gram, items, m, d, s.unobserved);
            if (exact) cholesky(&by_user, users, items, gram, s, m, d);
            else cg(&by_user, users, items, gram, s, m, s.steps, d);
            scaled_gram(gram, users, n, d, s.unobserved);
            if (exact) cholesky(&by_item, items, users, gram, s, n, d);
            else cg(&by_item, items, users, gram, s, n, s.steps, d);
        }
        scaled_gram(gram, items, m, d, s.unobserved);
        if (exact) cholesky(&by_user, users, items, gram, s, m, d);
        else cg(&by_user, users, items, gram, s, m, 200, d);
        double took = seconds() - began;
        if (took < least) least = took;
    }
    printf("{\"method\": \"%s\", \"dimension\": %d, \"objective\": %.6g, \"cpu_seconds\": %.4f}\n",
        arguments[1], d, objective(&by_user, &by_item, users, items, s, d), least);
    return 0;
}
