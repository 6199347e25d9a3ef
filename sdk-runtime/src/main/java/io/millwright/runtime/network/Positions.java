package io.millwright.runtime.network;

/** The sines and cosines of positions (Vaswani et al. 2017, section 3.5). */
public final class Positions {

  private Positions() {}

  /**
   * What is added to each step: {@code [steps, features]}; even features are sines, odd ones
   * cosines of the same angle.
   */
  public static float[] encode(int steps, int features) {
    float[] values = new float[steps * features];
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < features; f++) {
        double angle = t / Math.pow(10000, (f - f % 2) / (double) features);
        values[t * features + f] = (float) (f % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return values;
  }
}
