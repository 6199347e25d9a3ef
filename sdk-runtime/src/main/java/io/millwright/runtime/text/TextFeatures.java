package io.millwright.runtime.text;

import io.millwright.api.data.PlainData;
import io.millwright.runtime.words.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * N-grams of several kinds beside each other, each kind with a weight, and the vector of a sentence
 * encoder where there is one.
 *
 * @param grams the kinds of n-grams
 * @param weights the length that the vector of each kind is brought to
 * @param meaning the encoder, or empty
 * @param meant the mean length that the encoder's vector is brought to
 */
public record TextFeatures(
    List<TfIdf> grams, List<Double> weights, Optional<Meaning> meaning, double meant)
    implements Features<String> {

  /** Checks and copies. */
  public TextFeatures {
    grams = List.copyOf(grams);
    weights = List.copyOf(weights);
    if (grams.isEmpty()
        || grams.size() > 8
        || grams.size() != weights.size()
        || !(meant >= 0 && meant <= 100)
        || weights.stream().anyMatch(w -> !(w >= 0 && w <= 100))) {
      throw new IllegalArgumentException(grams.size() + " kinds of n-grams, weights " + weights);
    }
  }

  @Override
  public int width() {
    return grams.stream().mapToInt(TfIdf::size).sum() + meaning.map(Meaning::size).orElse(0);
  }

  @Override
  public List<Sparse> of(List<? extends String> inputs) {
    List<String> texts = List.copyOf(inputs);
    float[][] meant = meaning.map(m -> m.of(texts, true)).orElse(new float[0][]);
    List<Sparse> all = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      all.add(row(texts.get(i), meaning.isPresent() ? meant[i] : new float[0]));
    }
    return all;
  }

  private Sparse row(String text, float[] vector) {
    List<Sparse> parts = new ArrayList<>();
    int n = vector.length;
    for (TfIdf kind : grams) {
      parts.add(kind.of(text));
      n += parts.get(parts.size() - 1).at().length;
    }
    int[] at = new int[n];
    float[] value = new float[n];
    int to = 0;
    int offset = 0;
    for (int k = 0; k < parts.size(); k++) {
      Sparse part = parts.get(k);
      float weight = weights.get(k).floatValue();
      for (int i = 0; i < part.at().length; i++) {
        at[to] = offset + part.at()[i];
        value[to++] = weight * part.value()[i];
      }
      offset += grams.get(k).size();
    }
    for (int i = 0; i < vector.length; i++) {
      at[to] = offset + i;
      value[to++] = (float) meant * vector[i];
    }
    return new Sparse(at, value);
  }

  @Override
  public double known(String input) {
    return grams.get(0).known(input);
  }

  @Override
  public String title() {
    String kinds =
        grams.stream()
            .map(
                g ->
                    (g.grams().kind() == Grams.Kind.WORDS ? "words " : "characters ")
                        + g.grams().low()
                        + "-"
                        + g.grams().high())
            .collect(Collectors.joining(", "));
    return kinds + meaning.map(m -> ", " + m.id().replaceAll("@.*", "")).orElse("");
  }

  @Override
  public PlainData data() {
    List<PlainData> kinds = new ArrayList<>();
    for (TfIdf kind : grams) {
      kinds.add(data(kind));
    }
    PlainData.Builder data =
        PlainData.builder()
            .put("kind", "text")
            .put("grams", kinds)
            .put("weights", weights)
            .put("meant", meant);
    meaning.ifPresent(m -> data.put("meaning", m.data()));
    return data.build();
  }

  static PlainData data(TfIdf kind) {
    return PlainData.builder()
        .put("of", kind.grams().kind().name())
        .put("low", (double) kind.grams().low())
        .put("high", (double) kind.grams().high())
        .put("digits", kind.grams().digits().name())
        .put("keys", Packed.of(kind.keys()))
        .put("idf", Packed.of(kind.weights()))
        .build();
  }

  static TfIdf grams(PlainData data) {
    return new TfIdf(
        new Grams(
            Grams.Kind.valueOf(data.text("of")),
            data.whole("low"),
            data.whole("high"),
            Normaliser.Digits.valueOf(data.text("digits"))),
        Packed.ints(data.text("keys")),
        Packed.floats(data.text("idf")));
  }

  static TextFeatures read(PlainData data) {
    List<Double> weights = new ArrayList<>();
    for (double w : data.numbers("weights")) {
      weights.add(w);
    }
    return new TextFeatures(
        data.parts("grams").stream().map(TextFeatures::grams).toList(),
        weights,
        data.has("meaning") ? Optional.of(Meaning.read(data.part("meaning"))) : Optional.empty(),
        data.number("meant"));
  }
}
