package io.millwright.runtime.text;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Provenance;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Head;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.runtime.bundle.HeadData;
import io.millwright.runtime.predict.PlainNetwork;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model of texts: voices whose answers are averaged, the head that says what they mean, and the
 * probability from which on it answers. Immutable and thread-safe.
 *
 * @param voices the models, at least one
 * @param shares how much each counts; they sum to 1
 * @param head what outputs mean
 * @param floor the least probability of the most probable class with which it answers; 0 for always
 * @param <I> one input
 * @param <V> one answer
 */
public record TextModel<I, V>(
    List<TextVoice<I>> voices, List<Double> shares, FittedHead<?, V> head, double floor) {

  private static final int CHUNK = 1 << 19;
  private static final int MOST_VOICES = 16;
  private static final String HEAD = "head";
  private static final String VOICE = "voice.";

  /** Copies and checks. */
  public TextModel {
    voices = List.copyOf(voices);
    shares = List.copyOf(shares);
    double sum = 0;
    for (double share : shares) {
      sum += share >= 0 ? share : Double.NaN;
    }
    if (voices.isEmpty()
        || voices.size() != shares.size()
        || voices.size() > MOST_VOICES
        || !(Math.abs(sum - 1) < 1e-6)
        || !(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException(
          voices.size() + " voices with the shares " + shares + ", floor " + floor);
    }
  }

  /** Reads the voice of a bundle. */
  public interface Reader<I> {
    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when data and network are none of a voice
     */
    TextVoice<I> read(PlainData data, PlainNetwork network);
  }

  /** What is said of inputs, averaged. */
  public double[][] said(List<? extends I> inputs) {
    double[][] said = new double[inputs.size()][head.outputs()];
    for (int v = 0; v < voices.size(); v++) {
      voices.get(v).say(inputs, head, said, shares.get(v));
    }
    return said;
  }

  /** The share of an input that training had. */
  double known(I input) {
    return voices.stream().mapToDouble(v -> v.known(input)).max().orElse(0);
  }

  /**
   * As a bundle keeps it.
   *
   * @param columns what tools show of an input
   */
  public ComposedModel composed(
      Task<I, V> task,
      List<String> columns,
      String headKind,
      Evaluation evaluation,
      Provenance provenance) {
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, List<Double>> numbers = new TreeMap<>();
    SortedMap<String, FittedNetwork> networks = new TreeMap<>();
    put(texts, HEAD, json(HeadData.of(headKind, head), HeadData.class));
    numbers.put("shares", shares);
    numbers.put("floor", List.of(floor));
    for (int v = 0; v < voices.size(); v++) {
      put(texts, VOICE + v, json(voices.get(v).data(), PlainData.class));
      networks.put(VOICE + v, voices.get(v).network());
    }
    Set<Capability> can = EnumSet.of(Capability.EXPLAIN);
    if (head.tellsUncertainty()) {
      can.add(Capability.CALIBRATED);
    }
    return ComposedModel.builder()
        .task(task)
        .inputs(new Schema(columns.stream().map(Column::text).toList()))
        .unit(Unit.NONE)
        .texts(texts)
        .numbers(numbers)
        .networks(networks)
        .evaluation(evaluation)
        .capabilities(can)
        .provenance(provenance)
        .build();
  }

  private static <T> String json(T value, Class<T> type) {
    return new String(Json.write(value, type), StandardCharsets.UTF_8);
  }

  /** Long texts go into several, since none in a bundle may be longer than a bound. */
  static void put(SortedMap<String, String> texts, String name, String text) {
    for (int from = 0, part = 0; from < text.length(); from += CHUNK, part++) {
      texts.put(
          String.format(java.util.Locale.ROOT, "%s.%03d", name, part),
          text.substring(from, Math.min(text.length(), from + CHUNK)));
    }
  }

  static String get(SortedMap<String, String> texts, String name) {
    StringBuilder all = new StringBuilder();
    for (int part = 0; ; part++) {
      String piece = texts.get(String.format(java.util.Locale.ROOT, "%s.%03d", name, part));
      if (piece == null) {
        return all.toString();
      }
      all.append(piece);
    }
  }

  /**
   * Back from a bundle.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_BUNDLE} when it is none of these
   */
  public static <I, L, V> TextModel<I, V> of(
      ComposedModel model, Head<L, V> head, Reader<I> reader) {
    try {
      FittedHead<L, V> fitted = read(model.texts(), HEAD, HeadData.class).fitted(head);
      List<Double> shares = model.numbers().getOrDefault("shares", List.of());
      if (shares.size() > MOST_VOICES) {
        throw new IllegalArgumentException(shares.size() + " voices");
      }
      List<TextVoice<I>> voices = new ArrayList<>();
      for (int v = 0; v < shares.size(); v++) {
        PlainData data = read(model.texts(), VOICE + v, PlainData.class);
        if (!(model.networks().get(VOICE + v) instanceof PlainNetwork network)) {
          throw new IllegalArgumentException("voice " + v + " has no weights");
        }
        if (network.outputs() != fitted.outputs()) {
          throw new IllegalArgumentException("voice " + v + " has other outputs than the head");
        }
        voices.add(reader.read(data, network));
      }
      List<Double> floor = model.numbers().getOrDefault("floor", List.of());
      return new TextModel<>(voices, shares, fitted, floor.size() == 1 ? floor.get(0) : Double.NaN);
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_BUNDLE,
          "the text model cannot be read: " + e.getMessage() + "\nMaybe the bundle was damaged",
          e);
    }
  }

  static <T> T read(SortedMap<String, String> texts, String name, Class<T> type) {
    Place place =
        new Place(ErrorCode.BAD_BUNDLE, "parameter " + name, "the bundle was damaged or altered.");
    return Json.read(
        get(texts, name).getBytes(StandardCharsets.UTF_8), type, place, Limits.standard());
  }
}
