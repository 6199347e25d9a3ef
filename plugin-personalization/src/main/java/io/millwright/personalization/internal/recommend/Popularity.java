package io.millwright.personalization.internal.recommend;

/** The share of customers who have an item: the baseline that every method must beat. */
final class Popularity implements Scorer {

  private final float[] share;

  private Popularity(float[] share) {
    this.share = share;
  }

  static Popularity fit(Log log) {
    int[] owners = log.owners();
    float[] share = new float[owners.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = (float) ((double) owners[i] / Math.max(1, log.customers()));
    }
    return new Popularity(share);
  }

  @Override
  public String name() {
    return "popularity";
  }

  float of(int item) {
    return share[item];
  }

  @Override
  public void score(int[] history, float[] into) {
    System.arraycopy(share, 0, into, 0, share.length);
  }
}
