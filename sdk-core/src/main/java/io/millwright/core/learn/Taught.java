package io.millwright.core.learn;

/**
 * Items with what a teacher says of them as further targets.
 *
 * @param items the items
 * @param said what the teacher says, {@code [items, outputs]}
 * @param outputs how many numbers it says of an item
 */
record Taught(Items items, float[] said, int outputs) implements Items {

  @Override
  public int targetWidth() {
    return items.targetWidth() + outputs;
  }

  @Override
  public void inputs(int[] which, int count, float[] into) {
    items.inputs(which, count, into);
  }

  @Override
  public void targets(int[] which, int count, float[] into) {
    int own = items.targetWidth();
    float[] truth = new float[count * own];
    items.targets(which, count, truth);
    for (int i = 0; i < count; i++) {
      System.arraycopy(truth, i * own, into, i * (own + outputs), own);
      System.arraycopy(said, which[i] * outputs, into, i * (own + outputs) + own, outputs);
    }
  }
}
