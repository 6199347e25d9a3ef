package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A coherent fault tree (IEC 61025, NUREG-0492): how events of assets lead to the failure at its
 * top. Events are independent and may stand in several places.
 *
 * @param top the gate or event at the top
 * @param gates gates by name
 * @param events the probability of each basic event by name, from 0 to 1
 */
public record FaultTree(String top, Map<String, FaultGate> gates, Map<String, Double> events) {

  private static final Pattern LINE = Pattern.compile("([^=(),#]+)=\\s*([^()]*?)\\s*(\\((.*)\\))?");

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when a name is not defined,
   *     defined twice, leads to itself or is led to by nothing, or a probability is outside
   */
  public FaultTree {
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
    for (Map.Entry<String, Double> event : events.entrySet()) {
      if (!(event.getValue() >= 0 && event.getValue() <= 1)) {
        throw bad(
            "the probability of " + event.getKey() + " is " + event.getValue(),
            "it is a percentage");
      }
      if (gates.containsKey(event.getKey())) {
        throw bad(event.getKey() + " is a gate and an event", "one of them has another name");
      }
    }
    Set<String> met = new HashSet<>();
    reach(top, gates, events, met);
    for (String name : gates.keySet()) {
      if (!met.contains(name)) {
        throw bad("nothing leads from " + top + " to " + name, "leave it out");
      }
    }
    for (String name : events.keySet()) {
      if (!met.contains(name)) {
        throw bad("nothing leads from " + top + " to " + name, "leave it out");
      }
    }
  }

  /** Walks down without recursion: a file may be a long chain. */
  private static void reach(
      String top, Map<String, FaultGate> gates, Map<String, Double> events, Set<String> met) {
    Deque<String> path = new ArrayDeque<>();
    Set<String> open = new HashSet<>();
    path.push(top);
    while (!path.isEmpty()) {
      String name = path.peek();
      FaultGate gate = gates.get(name);
      if (gate == null && !events.containsKey(name)) {
        throw bad(name + " is neither a gate nor an event", "it is written otherwise elsewhere");
      }
      if (gate == null || met.contains(name)) {
        met.add(name);
        path.pop();
        open.remove(name);
        continue;
      }
      if (open.add(name)) {
        for (String input : gate.inputs()) {
          if (open.contains(input)) {
            throw bad(input + " leads to itself, by " + name, "cut the circle");
          }
          if (!met.contains(input)) {
            path.push(input);
          }
        }
      } else {
        met.add(name);
        open.remove(name);
        path.pop();
      }
    }
  }

  private static MillwrightException bad(String what, String remedy) {
    return new MillwrightException(ErrorCode.BAD_VALUE, what + "\nMaybe " + remedy);
  }

  /**
   * Reads the text form: a line for each name, the first at the top, such as {@code burst =
   * OR(relief stuck, overpressure)}, {@code overpressure = AND(pump on, switch stuck)}, {@code
   * pumps = 2(p1, p2, p3)} and, for events, {@code p1 = 0.01}, {@code p2 = rate 1e-4 time 1000}
   * (failed since it was last found sound) or {@code p3 = rate 1e-4 repair 0.05} (unavailable in
   * the long run). {@code #} begins a remark.
   *
   * @param text the lines
   * @return the tree
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} for a line that is none of these,
   *     and as the constructor
   */
  public static FaultTree parse(String text) {
    Map<String, FaultGate> gates = new LinkedHashMap<>();
    Map<String, Double> events = new LinkedHashMap<>();
    String top = "";
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      int remark = raw.indexOf('#');
      String line = (remark < 0 ? raw : raw.substring(0, remark)).strip();
      if (line.isEmpty()) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw badLine(number, line);
      }
      String name = matcher.group(1).strip();
      top = top.isEmpty() ? name : top;
      if (name.isEmpty() || gates.containsKey(name) || events.containsKey(name)) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            "line " + number + " defines \"" + name + "\" again\nMaybe one is another");
      }
      try {
        if (matcher.group(3) == null) {
          events.put(name, probability(matcher.group(2)));
        } else {
          gates.put(name, gate(matcher.group(2), matcher.group(4)));
        }
      } catch (IllegalArgumentException e) {
        throw badLine(number, line);
      }
    }
    if (top.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, "the fault tree is empty\nMaybe begin with top = OR(a, b)");
    }
    return new FaultTree(top, gates, events);
  }

  private static MillwrightException badLine(int number, String line) {
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        "line "
            + number
            + " is \""
            + line.substring(0, Math.min(80, line.length()))
            + "\"\n"
            + "Maybe write name = OR(a, b), AND(a, b), 2(a, b, c), 0.01, rate 1e-4 time 1000, or"
            + " rate 1e-4 repair 0.05");
  }

  /**
   * A gate from its words.
   *
   * @param kind {@code OR}, {@code AND} or how many of the inputs must occur
   * @param inputs names between commas
   * @return the gate
   * @throws IllegalArgumentException when it is none of these
   */
  public static FaultGate gate(String kind, String inputs) {
    List<String> names = new ArrayList<>();
    for (String name : inputs.split(",", -1)) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("an input has no name");
      }
      names.add(name.strip());
    }
    if (kind.equalsIgnoreCase("or")) {
      return new FaultGate(1, names);
    }
    return new FaultGate(
        kind.equalsIgnoreCase("and") ? names.size() : Integer.parseInt(kind), names);
  }

  /**
   * A probability from its words.
   *
   * @param words a number; {@code rate L time T} for 1 - exp(-L T); or {@code rate L repair M} for
   *     L / (L + M)
   * @return the probability
   * @throws IllegalArgumentException when it is none of these
   */
  public static double probability(String words) {
    List<String> parts = Arrays.asList(words.strip().split("\\s+", -1));
    if (parts.size() == 1) {
      return Double.parseDouble(parts.get(0));
    }
    if (parts.size() != 4 || !parts.get(0).equals("rate")) {
      throw new IllegalArgumentException("no probability: " + words);
    }
    double rate = Double.parseDouble(parts.get(1));
    double other = Double.parseDouble(parts.get(3));
    if (!(rate >= 0 && other >= 0)) {
      throw new IllegalArgumentException("a rate or a time is below 0: " + words);
    }
    return switch (parts.get(2)) {
      case "time" -> -Math.expm1(-rate * other);
      case "repair" -> rate == 0 ? 0 : rate / (rate + other);
      default -> throw new IllegalArgumentException("no probability: " + words);
    };
  }
}
