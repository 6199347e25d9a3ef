package io.millwright.vectors.internal;

/**
 * Products of one vector with many that lie side by side: {@code columns[d][j]} is number d of
 * vector j. The sum goes over four numbers at a time into one array, a loop that the compiler turns
 * into vector instructions, which it does not for the product of two rows.
 */
final class Columns {

  private Columns() {}

  /** How many numbers are added at a time. */
  static final int STEP = 4;

  /** A length rounded up to whole steps. */
  static int padded(int dimensions) {
    return (dimensions + STEP - 1) / STEP * STEP;
  }

  /** Adds the products with four columns to {@code sums}. */
  static void add(
      float[] sums,
      int count,
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float[] vector,
      int from) {
    float va = vector[from];
    float vb = vector[from + 1];
    float vc = vector[from + 2];
    float vd = vector[from + 3];
    for (int j = 0; j < count; j++) {
      sums[j] += va * a[j] + vb * b[j] + (vc * c[j] + vd * d[j]);
    }
  }
}
