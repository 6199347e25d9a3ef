package io.millwright.runtime.serve;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.learn.ClassScores;
import io.millwright.runtime.journal.InputDigest;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A receipt of one prediction, at most 2 KB of JSON: with the same bundle and the same input
 * anybody can compute the answer again, on another processor and in another year, and see whether
 * it is the same.
 *
 * @param task the id of the model's task
 * @param model the digest of the model
 * @param input the digest of the input, see {@link InputDigest}
 * @param at when it was answered
 * @param answer the answer for people; the error code of an abstention
 * @param numbers the answer to compare: the quantity, or the probabilities of at most 40 classes;
 *     empty for answers of another kind, which are compared as texts
 * @param interval the ends of the 90 % interval, when there is one
 * @param flags what to know about the input
 * @param java the version of Java, and the processor
 */
public record Receipt(
    String task,
    String model,
    String input,
    Instant at,
    String answer,
    List<Double> numbers,
    List<Double> interval,
    List<String> flags,
    String java) {

  /** The most bytes that a receipt has as JSON. */
  public static final int MOST_BYTES = 2048;

  private static final int MOST_CLASSES = 40;

  /** How far an engine's answer may be off that of another: the bound of golden samples. */
  private static final double BOUND = 1e-5;

  /** How two computations of an answer compare. */
  public enum Sameness {
    /** Equal to the last bit. */
    EQUAL,
    /** Equal within the bound that golden samples have, as between two engines. */
    WITHIN_BOUND,
    /** Another answer. */
    DIFFERENT
  }

  /**
   * What a replay gave.
   *
   * @param sameness how the answers compare
   * @param differences what differs, in words; empty when nothing does
   */
  public record Replay(Sameness sameness, List<String> differences) {
    /** Copies. */
    public Replay {
      Objects.requireNonNull(sameness, "sameness");
      differences = List.copyOf(differences);
    }
  }

  /** Checks and copies. */
  public Receipt {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(java, "java");
    numbers = List.copyOf(numbers);
    interval = List.copyOf(interval);
    flags = List.copyOf(flags);
  }

  /**
   * Makes a receipt.
   *
   * @param input the input
   * @param outcome what the model said of it
   * @param at when
   * @return the receipt
   */
  public static Receipt of(Object input, Outcome<?> outcome, Instant at) {
    List<Double> numbers = List.of();
    List<Double> interval = List.of();
    List<String> flags = List.of();
    String answer;
    if (outcome instanceof Outcome.Prediction<?> p) {
      Object value = p.value();
      if (value instanceof ClassScores scores) {
        List<Double> all = scores.probabilities();
        numbers = all.subList(0, Math.min(MOST_CLASSES, all.size()));
        answer = scores.best();
      } else {
        numbers = value instanceof Number n ? List.of(n.doubleValue()) : List.of();
        answer = String.valueOf(value);
      }
      if (p.uncertainty().at(0.9) instanceof Uncertainty.Interval i) {
        interval = List.of(i.low(), i.high());
      }
      flags = p.flags().stream().map(Enum::name).sorted().toList();
    } else {
      answer = ((Outcome.Abstention<?>) outcome).code().id();
    }
    return new Receipt(
        outcome.model().task(),
        outcome.model().digest(),
        InputDigest.of(input),
        at,
        answer.length() <= 300 ? answer : InputDigest.of(answer),
        numbers,
        interval,
        flags,
        System.getProperty("java.version", "") + " " + System.getProperty("os.arch", ""));
  }

  /**
   * The receipt as JSON.
   *
   * @return one line of UTF-8, at most {@value #MOST_BYTES} bytes
   */
  public byte[] json() {
    byte[] json = Json.write(this, Receipt.class);
    if (json.length > MOST_BYTES) {
      throw new IllegalStateException("a receipt of " + json.length + " bytes");
    }
    return json;
  }

  /**
   * Reads a receipt.
   *
   * @param json what {@link #json} gave
   * @return the receipt
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}
   */
  public static Receipt read(byte[] json) {
    Place place = new Place(ErrorCode.BAD_FILE, "receipt", "it was cut off or changed.");
    if (json.length > MOST_BYTES) {
      throw place.error("it has " + json.length + " bytes, but at most " + MOST_BYTES);
    }
    return Json.read(json, Receipt.class, place, Limits.standard());
  }

  /**
   * Computes the answer again and compares.
   *
   * @param predictor the model
   * @param again the input
   * @param <I> one input
   * @return whether all is the same, and what is not
   */
  public <I> Replay replay(Predictor<I, ?> predictor, I again) {
    List<String> differences = new ArrayList<>();
    if (!predictor.info().digest().equals(model)) {
      differences.add(
          "the model is " + predictor.info().digest() + ", but the receipt names " + model);
    }
    String digest = InputDigest.of(again);
    if (!digest.equals(input)) {
      differences.add("the input has the digest " + digest + ", but the receipt names " + input);
    }
    if (!differences.isEmpty()) {
      return new Replay(Sameness.DIFFERENT, differences);
    }
    Receipt now = of(again, predictor.predict(again), at);
    boolean exact =
        now.answer.equals(answer)
            && now.numbers.equals(numbers)
            && now.interval.equals(interval)
            && now.flags.equals(flags);
    if (exact) {
      return new Replay(Sameness.EQUAL, List.of());
    }
    if (!now.flags.equals(flags)) {
      differences.add("the flags are " + now.flags + ", but were " + flags);
    }
    compare("answer", now.numbers, numbers, differences);
    compare("interval", now.interval, interval, differences);
    if (!now.answer.equals(answer) && !near(now, answer)) {
      differences.add("the answer is " + now.answer + ", but was " + answer);
    }
    return new Replay(
        differences.isEmpty() ? Sameness.WITHIN_BOUND : Sameness.DIFFERENT, differences);
  }

  /** Whether a text is the number that was computed, within the bound of engines. */
  private static boolean near(Receipt now, String text) {
    if (now.numbers.size() != 1) {
      return false;
    }
    try {
      double then = Double.parseDouble(text);
      double number = now.numbers.get(0);
      return Math.abs(number - then) <= BOUND * Math.max(1, Math.abs(number));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void compare(
      String what, List<Double> now, List<Double> then, List<String> differences) {
    boolean same = now.size() == then.size();
    for (int i = 0; same && i < now.size(); i++) {
      double bound = BOUND * Math.max(1, Math.abs(then.get(i)));
      same = now.get(i).equals(then.get(i)) || Math.abs(now.get(i) - then.get(i)) <= bound;
    }
    if (!same) {
      differences.add("the " + what + " is " + now + ", but was " + then);
    }
  }
}
