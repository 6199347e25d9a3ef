package io.millwright.core.learn.tree;

/**
 * What trees learn: the items, their truth, and who learns and who judges.
 *
 * @param data the features of all items
 * @param targets by item the number of its class, or its quantity
 * @param classes how many classes there are; 0 for a quantity
 * @param bend from which error on a quantity's loss is linear (Huber 1964); infinity for squares
 * @param learnt the items that are learnt from
 * @param judged the items that judge
 */
public record TreeTask(
    Binned data, float[] targets, int classes, double bend, int[] learnt, int[] judged) {

  /** How many numbers are said of an item. */
  public int outputs() {
    return Math.max(1, classes);
  }

  /** The loss of what is said of an item: scores of classes, or a quantity. */
  double loss(double[] said, int item) {
    if (classes == 0) {
      double e = Math.abs(said[0] - targets[item]);
      return e <= bend ? e * e / 2 : bend * (e - bend / 2);
    }
    double most = Double.NEGATIVE_INFINITY;
    for (double s : said) {
      most = Math.max(most, s);
    }
    double sum = 0;
    for (double s : said) {
      sum += Math.exp(s - most);
    }
    return Math.log(sum) + most - said[(int) targets[item]];
  }

  /** What is said of every item at first: logarithms of smoothed shares, or the mean. */
  double[] base() {
    double[] base = new double[outputs()];
    if (classes == 0) {
      for (int item : learnt) {
        base[0] += targets[item] / Math.max(1, learnt.length);
      }
      return base;
    }
    for (int item : learnt) {
      base[(int) targets[item]]++;
    }
    for (int k = 0; k < classes; k++) {
      base[k] = Math.log((base[k] + 1) / (learnt.length + classes));
    }
    return base;
  }
}
