/* The XOR net 2-3-1 on a batch of 4, specialised by hand: every size a constant, every array on the stack, the loops
 * left to gcc -O3 to unroll. It speaks the protocol of protocol.mjs for this one workload, in float64. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { IN = 2, HIDDEN = 3, BATCH = 4 };
static double X[IN][BATCH], Y[BATCH], W1[HIDDEN][IN], b1[HIDDEN], W2[HIDDEN], b2;

static double step(void) {
  double A1[HIDDEN][BATCH], A2[BATCH], dZ2[BATCH], dZ1[HIDDEN][BATCH], dW1[HIDDEN][IN], db1[HIDDEN], dW2[HIDDEN];
  for (int i = 0; i < HIDDEN; i++)
    for (int j = 0; j < BATCH; j++) {
      double z = W1[i][0] * X[0][j] + W1[i][1] * X[1][j] + b1[i];
      A1[i][j] = 1 / (1 + exp(-z));
    }
  double cost = 0;
  for (int j = 0; j < BATCH; j++) {
    double z = W2[0] * A1[0][j] + W2[1] * A1[1][j] + W2[2] * A1[2][j] + b2;
    A2[j] = 1 / (1 + exp(-z));
    double d = Y[j] - A2[j];
    cost += d * d;
    dZ2[j] = -1.0 / BATCH * d * A2[j] * (1 - A2[j]);
  }
  double db2 = 0;
  for (int j = 0; j < BATCH; j++) db2 += dZ2[j];
  for (int i = 0; i < HIDDEN; i++) {
    dW2[i] = 0;
    db1[i] = 0;
    dW1[i][0] = dW1[i][1] = 0;
    for (int j = 0; j < BATCH; j++) {
      dW2[i] += dZ2[j] * A1[i][j];
      dZ1[i][j] = W2[i] * dZ2[j] * A1[i][j] * (1 - A1[i][j]);
      db1[i] += dZ1[i][j];
      dW1[i][0] += dZ1[i][j] * X[0][j];
      dW1[i][1] += dZ1[i][j] * X[1][j];
    }
  }
  for (int i = 0; i < HIDDEN; i++) {
    W2[i] -= 0.1 * dW2[i];
    b1[i] -= 0.1 * db1[i];
    W1[i][0] -= 0.1 * dW1[i][0];
    W1[i][1] -= 0.1 * dW1[i][1];
  }
  b2 -= 0.1 * db2;
  return cost / (2 * BATCH);
}

/* What is timed. */
static double run(long iterations) {
  double sum = 0;
  for (long i = 0; i < iterations; i++) sum += step();
  return sum;
}

static void numbers(double *out, int count, uint32_t state) {
  for (int i = 0; i < count; i++) {
    state = state * 1664525u + 1013904223u;
    out[i] = state / 4294967296.0 - 0.5;
  }
}

/* As checksum of protocol.mjs. */
static void print_checksum(const double *values, int count) {
  double sum = 0, weighted = 0;
  for (int i = 0; i < count; i++) {
    sum += values[i];
    weighted += values[i] * (i % 29 + 1);
  }
  printf(",%.17g,%.17g", sum, weighted);
}

static void prepare(void) {
  numbers(&X[0][0], IN * BATCH, 1);
  numbers(Y, BATCH, 2);
  for (int j = 0; j < BATCH; j++) Y[j] = Y[j] > 0;
  numbers(&W1[0][0], HIDDEN * IN, 11);
  for (int i = 0; i < HIDDEN * IN; i++) (&W1[0][0])[i] /= sqrt(IN);
  numbers(W2, HIDDEN, 12);
  for (int i = 0; i < HIDDEN; i++) W2[i] /= sqrt(HIDDEN);
  memset(b1, 0, sizeof b1);
  b2 = 0;
  double first = step();
  run(8);
  double last = step(), biases[HIDDEN + 1];
  memcpy(biases, b1, sizeof b1);
  biases[HIDDEN] = b2;
  printf("{\"check\":[%.17g,%.17g", first, last);
  print_checksum(&W1[0][0], HIDDEN * IN);
  print_checksum(biases, HIDDEN + 1);
  puts("],\"dtype\":\"float64\"}");
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(void) {
  char line[4096];
  volatile double sink = 0;
  while (fgets(line, sizeof line, stdin)) {
    if (strstr(line, "\"prepare\"")) {
      if (strstr(line, "\"sizes\":[2,3,1]") && strstr(line, "\"batch\":4") && strstr(line, "float64")) prepare();
      else puts("{\"unsupported\":true}");
    } else {
      double want = atof(strchr(line, ':') + 1) * 1e-3;
      long iterations = 1000;
      for (;;) {
        double start = seconds();
        sink += run(iterations);
        double took = seconds() - start;
        if (took > want / 2) {
          printf("{\"iterations\":%ld,\"nanoseconds\":%.0f}\n", iterations, took * 1e9);
          break;
        }
        iterations = took > 0 ? (long)(iterations * want / took) + 1 : iterations * 100;
      }
    }
    fflush(stdout);
  }
  return 0;
}
