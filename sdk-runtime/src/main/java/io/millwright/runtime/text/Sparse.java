package io.millwright.runtime.text;

/**
 * A vector most of whose numbers are 0. The arrays must not be changed.
 *
 * @param at the places of the others, rising
 * @param value the numbers there
 */
public record Sparse(int[] at, float[] value) {

  /** The scalar product. */
  public double times(Sparse other) {
    double sum = 0;
    int i = 0;
    int j = 0;
    while (i < at.length && j < other.at.length) {
      if (at[i] == other.at[j]) {
        sum += (double) value[i++] * other.value[j++];
      } else if (at[i] < other.at[j]) {
        i++;
      } else {
        j++;
      }
    }
    return sum;
  }

  /** The length of the vector (L2 norm). */
  public double norm() {
    double sum = 0;
    for (float v : value) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum);
  }
}
