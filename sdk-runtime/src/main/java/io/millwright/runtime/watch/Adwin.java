package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.List;

/**
 * ADWIN2: a window in buckets that hold 1, 2, 4, … numbers, at most five of each size, so that its
 * memory grows with the logarithm of its length. Looks for a cut at every 32nd number (the
 * probability of a false alarm can only fall by that).
 */
final class Adwin implements StreamDetector {

  private static final int MOST = 5;
  private static final int EVERY = 32;
  private static final int LEAST = 5;
  private static final double ROUNDING = 1e-9;

  /** Numbers that came one after the other. */
  private record Bucket(long count, double sum, double square) {

    Bucket with(Bucket newer) {
      long n = count + newer.count;
      double gap = sum / count - newer.sum / newer.count;
      return new Bucket(
          n, sum + newer.sum, square + newer.square + gap * gap * count * newer.count / n);
    }
  }

  private final double delta;

  /** By size, and of one size the newest last. */
  private final List<List<Bucket>> sizes = new ArrayList<>();

  private long count;
  private double sum;
  private long seen;

  Adwin(double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta is " + delta);
    }
    this.delta = delta;
  }

  @Override
  public boolean add(double value) {
    if (!Double.isFinite(value)) {
      return false;
    }
    if (value < -ROUNDING || value > 1 + ROUNDING) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "ADWIN was given "
              + value
              + ", but takes numbers from 0 to 1\nMaybe divide by the largest error that counts, or"
              + " take StreamDetector.pageHinkley");
    }
    double v = Math.min(1, Math.max(0, value));
    push(0, new Bucket(1, v, 0));
    count++;
    sum += v;
    seen++;
    return seen % EVERY == 0 && cut();
  }

  private void push(int size, Bucket bucket) {
    if (size == sizes.size()) {
      sizes.add(new ArrayList<>());
    }
    List<Bucket> row = sizes.get(size);
    row.add(bucket);
    if (row.size() > MOST) {
      Bucket older = row.remove(0);
      Bucket newer = row.remove(0);
      push(size + 1, older.with(newer));
    }
  }

  private boolean cut() {
    boolean changed = false;
    for (boolean again = true; again && count >= 2 * LEAST; ) {
      again = false;
      double variance = variance();
      long before = 0;
      double beforeSum = 0;
      search:
      for (int size = sizes.size() - 1; size >= 0; size--) {
        for (Bucket bucket : sizes.get(size)) {
          before += bucket.count;
          beforeSum += bucket.sum;
          long after = count - before;
          if (before < LEAST || after < LEAST) {
            continue;
          }
          double gap = Math.abs(beforeSum / before - (sum - beforeSum) / after);
          double harmonic = 1 / (1.0 / before + 1.0 / after);
          double log = Math.log(2 * Math.log((double) count) / delta);
          double bound = Math.sqrt(2 / harmonic * variance * log) + 2 / (3 * harmonic) * log;
          if (gap > bound) {
            dropOldest();
            changed = true;
            again = true;
            break search;
          }
        }
      }
    }
    return changed;
  }

  private double variance() {
    Bucket whole = null;
    for (int size = sizes.size() - 1; size >= 0; size--) {
      for (Bucket bucket : sizes.get(size)) {
        whole = whole == null ? bucket : whole.with(bucket);
      }
    }
    return whole == null ? 0 : whole.square / whole.count;
  }

  private void dropOldest() {
    int last = sizes.size() - 1;
    Bucket gone = sizes.get(last).remove(0);
    count -= gone.count;
    sum -= gone.sum;
    while (last >= 0 && sizes.get(last).isEmpty()) {
      sizes.remove(last--);
    }
  }

  @Override
  public double mean() {
    return count == 0 ? Double.NaN : sum / count;
  }
}
