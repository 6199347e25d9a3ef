package io.millwright.runtime.text;

import io.millwright.api.data.PlainData;
import io.millwright.api.text.TextPair;
import io.millwright.runtime.words.Normaliser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What tells whether two texts say the same: how alike they are by several measures, each laid out
 * over a few overlapping bins so that a linear model may bend it; which n-grams they share and
 * which only one of them has; and the vectors of a sentence encoder, multiplied and subtracted. The
 * order of the two does not matter.
 *
 * @param grams the kinds of n-grams
 * @param meaning the encoder, or empty
 */
public record PairFeatures(List<TfIdf> grams, Optional<Meaning> meaning)
    implements Features<TextPair> {

  private static final int BINS = 9;

  /** Cosine of each kind of n-gram, and these: shared characters, subsequence, lengths, numbers. */
  private static final int OTHERS = 4;

  private static final float BIN_WEIGHT = 0.5f;
  private static final float GRAM_WEIGHT = 0.7f;
  private static final int LONGEST = 400;

  /** Checks and copies. */
  public PairFeatures {
    grams = List.copyOf(grams);
    if (grams.isEmpty() || grams.size() > 8) {
      throw new IllegalArgumentException(grams.size() + " kinds of n-grams");
    }
  }

  private int measures() {
    return grams.size() + OTHERS + (meaning.isPresent() ? 1 : 0);
  }

  @Override
  public int width() {
    return measures() * BINS
        + 2 * grams.stream().mapToInt(TfIdf::size).sum()
        + 2 * meaning.map(Meaning::size).orElse(0);
  }

  @Override
  public List<Sparse> of(List<? extends TextPair> inputs) {
    float[][] one = new float[0][];
    float[][] other = new float[0][];
    if (meaning.isPresent()) {
      one = meaning.get().of(inputs.stream().map(TextPair::one).toList(), false);
      other = meaning.get().of(inputs.stream().map(TextPair::other).toList(), false);
    }
    List<Sparse> all = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      all.add(
          meaning.isPresent()
              ? row(inputs.get(i), one[i], other[i])
              : row(inputs.get(i), new float[0], new float[0]));
    }
    return all;
  }

  private Sparse row(TextPair pair, float[] one, float[] other) {
    Growing row = new Growing();
    String a = new Normaliser(Normaliser.Digits.KEPT).of(pair.one());
    String b = new Normaliser(Normaliser.Digits.KEPT).of(pair.other());
    List<Double> measures = new ArrayList<>();
    List<Sparse[]> vectors = new ArrayList<>();
    for (TfIdf kind : grams) {
      Sparse[] both = {kind.of(pair.one()), kind.of(pair.other())};
      vectors.add(both);
      measures.add(both[0].times(both[1]));
    }
    measures.add(shared(a, b));
    measures.add(subsequence(a, b));
    measures.add(
        (double) Math.min(a.length(), b.length()) / Math.max(1, Math.max(a.length(), b.length())));
    measures.add(digits(a).equals(digits(b)) ? 1.0 : 0.0);
    if (meaning.isPresent()) {
      double cosine = 0;
      for (int i = 0; i < one.length; i++) {
        cosine += (double) one[i] * other[i];
      }
      measures.add(2 * Math.max(0.5, cosine) - 1); // all cosines of questions lie in the upper half
    }
    for (int m = 0; m < measures.size(); m++) {
      bins(measures.get(m), m * BINS, row);
    }
    int offset = measures.size() * BINS;
    for (int k = 0; k < vectors.size(); k++) {
      compare(vectors.get(k)[0], vectors.get(k)[1], offset, grams.get(k).size(), row);
      offset += 2 * grams.get(k).size();
    }
    float stretch = (float) Math.sqrt(one.length);
    for (int i = 0; i < one.length; i++) {
      row.add(offset + i, stretch * one[i] * other[i]);
    }
    for (int i = 0; i < one.length; i++) {
      row.add(offset + one.length + i, Math.abs(one[i] - other[i]));
    }
    return row.done();
  }

  /** Shares of the two bins next to a value; they sum to the weight. */
  private static void bins(double value, int offset, Growing row) {
    double at = Math.max(0, Math.min(1, value)) * (BINS - 1);
    int low = Math.min(BINS - 2, (int) at);
    row.add(offset + low, (float) (BIN_WEIGHT * (low + 1 - at)));
    row.add(offset + low + 1, (float) (BIN_WEIGHT * (at - low)));
  }

  /** What both have, then what one of them has. */
  private static void compare(Sparse a, Sparse b, int offset, int size, Growing row) {
    Growing apart = new Growing();
    int i = 0;
    int j = 0;
    while (i < a.at().length || j < b.at().length) {
      int left = i < a.at().length ? a.at()[i] : Integer.MAX_VALUE;
      int right = j < b.at().length ? b.at()[j] : Integer.MAX_VALUE;
      int at = Math.min(left, right);
      if (left == right) {
        row.add(offset + at, GRAM_WEIGHT * Math.min(a.value()[i], b.value()[j]));
      } else {
        apart.add(offset + size + at, GRAM_WEIGHT * (left < right ? a.value()[i] : b.value()[j]));
      }
      i += left == at ? 1 : 0;
      j += right == at ? 1 : 0;
    }
    row.addAll(apart);
  }

  /** The shared characters, counted as often as they occur (Dice). */
  private static double shared(String a, String b) {
    int[] left = a.chars().filter(c -> c != ' ').sorted().toArray();
    int[] right = b.chars().filter(c -> c != ' ').sorted().toArray();
    int same = 0;
    for (int i = 0, j = 0; i < left.length && j < right.length; ) {
      if (left[i] == right[j]) {
        same++;
        i++;
        j++;
      } else if (left[i] < right[j]) {
        i++;
      } else {
        j++;
      }
    }
    return 2.0 * same / Math.max(1, left.length + right.length);
  }

  /** The longest common subsequence over the longer text. */
  private static double subsequence(String a, String b) {
    String x = a.substring(0, Math.min(LONGEST, a.length()));
    String y = b.substring(0, Math.min(LONGEST, b.length()));
    int[] best = new int[y.length() + 1];
    for (int i = 0; i < x.length(); i++) {
      int corner = 0;
      for (int j = 1; j <= y.length(); j++) {
        int above = best[j];
        best[j] = x.charAt(i) == y.charAt(j - 1) ? corner + 1 : Math.max(above, best[j - 1]);
        corner = above;
      }
    }
    return (double) best[y.length()] / Math.max(1, Math.max(x.length(), y.length()));
  }

  private static String digits(String text) {
    return text.replaceAll("[^\\p{Nd}]+", " ").strip();
  }

  @Override
  public double known(TextPair input) {
    return Math.min(grams.get(0).known(input.one()), grams.get(0).known(input.other()));
  }

  @Override
  public String title() {
    return "likeness of "
        + grams.size()
        + " kinds of n-grams"
        + meaning.map(m -> ", " + m.id().replaceAll("@.*", "")).orElse("");
  }

  @Override
  public PlainData data() {
    PlainData.Builder data =
        PlainData.builder()
            .put("kind", "pair")
            .put("grams", grams.stream().map(TextFeatures::data).toList());
    meaning.ifPresent(m -> data.put("meaning", m.data()));
    return data.build();
  }

  static PairFeatures read(PlainData data) {
    return new PairFeatures(
        data.parts("grams").stream().map(TextFeatures::grams).toList(),
        data.has("meaning") ? Optional.of(Meaning.read(data.part("meaning"))) : Optional.empty());
  }

  /** A sparse vector while it grows; places rise. */
  private static final class Growing {
    private int[] at = new int[64];
    private float[] value = new float[64];
    private int size;

    void add(int place, float number) {
      if (size == at.length) {
        at = Arrays.copyOf(at, 2 * size);
        value = Arrays.copyOf(value, 2 * size);
      }
      at[size] = place;
      value[size++] = number;
    }

    void addAll(Growing other) {
      for (int i = 0; i < other.size; i++) {
        add(other.at[i], other.value[i]);
      }
    }

    Sparse done() {
      return new Sparse(Arrays.copyOf(at, size), Arrays.copyOf(value, size));
    }
  }
}
