package io.millwright.core.learn;

import io.millwright.api.spi.Examples;

/** Examples of a plug-in as items. */
record ExampleItems(Examples examples) implements Items {

  @Override
  public int targetWidth() {
    return examples.targets();
  }

  @Override
  public void inputs(int[] items, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      examples.input(items[i], into, i * examples.inputs());
    }
  }

  @Override
  public void targets(int[] items, int count, float[] into) {
    for (int i = 0; i < count; i++) {
      examples.target(items[i], into, i * examples.targets());
    }
  }
}
