package io.millwright.benchmarks.series;

import io.millwright.api.spi.Examples;
import io.millwright.series.internal.Window;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Drawn series as the network sees them, and what followed. Laid out once, on all processors. */
final class DrawnExamples implements Examples {

  private static final int WIDTH = Window.INPUTS + Window.STEPS;

  private final float[][] all;

  DrawnExamples(long key, int count) {
    all =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> laid(DrawnSeries.of(key, i, Window.STEPS)))
            .toArray(float[][]::new);
  }

  private static float[] laid(DrawnSeries drawn) {
    int n = drawn.values().length - Window.STEPS;
    double[] history = Arrays.copyOf(drawn.values(), n);
    float[] row = new float[WIDTH];
    Arrays.fill(row, Window.INPUTS, WIDTH, Float.NaN);
    if (Arrays.stream(history).allMatch(Double::isNaN)) {
      return row;
    }
    Window window = Window.of(history, drawn.seasons());
    if (!window.isFlat()) {
      window.input(row, 0);
      for (int h = 0; h < Window.STEPS; h++) {
        row[Window.INPUTS + h] = window.target(drawn.values()[n + h], h);
      }
    }
    return row;
  }

  @Override
  public int count() {
    return all.length;
  }

  @Override
  public int inputs() {
    return Window.INPUTS;
  }

  @Override
  public int targets() {
    return Window.STEPS;
  }

  @Override
  public void input(int example, float[] into, int at) {
    System.arraycopy(all[example], 0, into, at, Window.INPUTS);
  }

  @Override
  public void target(int example, float[] into, int at) {
    System.arraycopy(all[example], Window.INPUTS, into, at, Window.STEPS);
  }
}
