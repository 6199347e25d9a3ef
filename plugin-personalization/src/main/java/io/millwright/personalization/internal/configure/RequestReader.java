package io.millwright.personalization.internal.configure;

import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.RequestReading;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks requests up in a dictionary of the model's names and other words: the longest first, then
 * words that share most of their character pairs (Dice 1945), then numbers by the nearest name
 * before them or by their unit. A text is material to look up: nothing in it is obeyed.
 */
final class RequestReader {

  private static final int MOST_TEXT = 4000;
  private static final double LEAST_LIKENESS = 0.7;
  private static final int REACH = 14;

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}0-9.-])-?[0-9]+(?:\\.[0-9]+)?|(?<=[\\p{IsHan}])[0-9]+(?:\\.[0-9]+)?");
  private static final Pattern WORD =
      Pattern.compile("[\\p{IsAlphabetic}&&[^\\p{IsHan}]][\\p{IsAlphabetic}0-9-]*");

  /** Names of choices that mean that there is nothing. */
  private static final Set<String> NOTHING =
      Set.of("none", "no", "without", "nothing", "无", "没有", "不带", "keine", "ohne");

  /** How sure a number is that was said as a bound: any on the right side would do. */
  private static final double BOUND = 0.7;

  /** A word of the model. */
  private record Entry(int feature, int choice) {}

  /** A word of the model that the text has. */
  private record Found(int from, int to, Set<Entry> of, double likeness) {}

  private final ProductModel model;
  private final Map<String, Set<Entry>> dictionary = new LinkedHashMap<>();

  RequestReader(ProductModel model) {
    this.model = model;
    for (int f = 0; f < model.features().size(); f++) {
      Feature feature = model.features().get(f);
      add(feature.name(), f, -1);
      for (String w : feature.words()) {
        add(w, f, -1);
      }
      if (feature.isOption() || feature.isNumeric()) {
        continue;
      }
      for (int c = 0; c < feature.choices().size(); c++) {
        add(feature.choices().get(c).name(), f, c);
        for (String w : feature.choices().get(c).words()) {
          add(w, f, c);
        }
      }
    }
  }

  private void add(String word, int feature, int choice) {
    String plain = plain(word).replace('_', ' ').strip();
    if (!plain.isEmpty() && !plain.equals("no") && !plain.equals("none") && !plain.equals("yes")) {
      dictionary.computeIfAbsent(plain, k -> new LinkedHashSet<>()).add(new Entry(feature, choice));
    }
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  RequestReading read(String text) {
    String all = plain(text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text);
    boolean[] used = new boolean[all.length()];
    List<Found> found = exact(all, used);
    found.addAll(near(all, used));
    found.sort(Comparator.comparingInt(Found::from));
    Map<Integer, List<RequestReading.Understood>> by = new LinkedHashMap<>();
    Set<String> questions = new LinkedHashSet<>();
    for (Found f : found) {
      choices(f, found, all, by, questions);
    }
    numbers(all, found, used, by, questions);
    List<RequestReading.Understood> understood = new ArrayList<>();
    for (Map.Entry<Integer, List<RequestReading.Understood>> e : by.entrySet()) {
      Set<String> different = new TreeSet<>();
      e.getValue().forEach(u -> different.add(u.choice()));
      RequestReading.Understood best =
          e.getValue().stream()
              .max(Comparator.comparingDouble(RequestReading.Understood::confidence))
              .orElseThrow();
      if (different.size() > 1) {
        questions.add("Which " + best.feature() + ": " + String.join(" or ", different) + "?");
        best =
            new RequestReading.Understood(
                best.feature(), best.choice(), best.confidence() / different.size(), best.words());
      }
      understood.add(best);
    }
    for (Found f : found) {
      // A name without a value is a question; numbers have found theirs by now.
      for (Entry e : f.of) {
        Feature feature = model.features().get(e.feature);
        if (e.choice < 0 && f.of.size() == 1 && !by.containsKey(e.feature)) {
          questions.add("Which " + feature.name() + ": " + range(feature) + "?");
        }
      }
    }
    return new RequestReading(understood, List.copyOf(questions), unread(all, used));
  }

  private List<Found> exact(String all, boolean[] used) {
    List<String> words = new ArrayList<>(dictionary.keySet());
    words.sort(Comparator.comparingInt(w -> -w.length()));
    List<Found> found = new ArrayList<>();
    for (String word : words) {
      for (int at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
        int to = at + word.length();
        if (free(used, at, to) && whole(all, at, to)) {
          java.util.Arrays.fill(used, at, to, true);
          found.add(new Found(at, to, dictionary.getOrDefault(word, Set.of()), 1));
        }
      }
    }
    return found;
  }

  private static boolean free(boolean[] used, int from, int to) {
    for (int k = from; k < to; k++) {
      if (used[k]) {
        return false;
      }
    }
    return true;
  }

  /** A Latin word ends where letters end; Chinese has no gaps. */
  private static boolean whole(String all, int from, int to) {
    boolean before = from > 0 && joined(all.charAt(from - 1), all.charAt(from));
    boolean after = to < all.length() && joined(all.charAt(to - 1), all.charAt(to));
    return !before && !after;
  }

  private static boolean joined(char a, char b) {
    return Units.latin(a) && Units.latin(b);
  }

  private List<Found> near(String all, boolean[] used) {
    List<Found> found = new ArrayList<>();
    Matcher m = WORD.matcher(all);
    while (m.find()) {
      if (m.end() - m.start() < 4 || !free(used, m.start(), m.end())) {
        continue;
      }
      double best = LEAST_LIKENESS;
      String like = null;
      for (String word : dictionary.keySet()) {
        double likeness = likeness(m.group(), word);
        if (likeness > best) {
          best = likeness;
          like = word;
        }
      }
      if (like != null) {
        java.util.Arrays.fill(used, m.start(), m.end(), true);
        found.add(new Found(m.start(), m.end(), dictionary.getOrDefault(like, Set.of()), best));
      }
    }
    return found;
  }

  static double likeness(String a, String b) {
    Map<String, Integer> pairs = new HashMap<>();
    for (int k = 0; k + 1 < a.length(); k++) {
      pairs.merge(a.substring(k, k + 2), 1, Integer::sum);
    }
    int both = 0;
    for (int k = 0; k + 1 < b.length(); k++) {
      String p = b.substring(k, k + 2);
      Integer left = pairs.get(p);
      if (left != null && left > 0) {
        pairs.put(p, left - 1);
        both++;
      }
    }
    int total = a.length() + b.length() - 2;
    return total <= 0 ? 0 : 2.0 * both / total;
  }

  private void choices(
      Found f,
      List<Found> all,
      String text,
      Map<Integer, List<RequestReading.Understood>> by,
      Set<String> questions) {
    List<Entry> values = new ArrayList<>();
    for (Entry e : f.of) {
      Feature feature = model.features().get(e.feature);
      if (e.choice >= 0 || feature.isOption()) {
        values.add(e);
      }
    }
    // The same word in two features: the feature that is named nearby is meant.
    if (values.size() > 1) {
      List<Entry> named = new ArrayList<>();
      for (Entry e : values) {
        for (Found other : all) {
          if (!other.equals(f)
              && Math.abs(other.from - f.from) <= REACH
              && other.of.contains(new Entry(e.feature, -1))) {
            named.add(e);
          }
        }
      }
      if (named.size() == 1) {
        values = named;
      }
    }
    List<int[]> places =
        all.stream().filter(o -> !o.equals(f)).map(o -> new int[] {o.from, o.to}).toList();
    Polarity polarity = Polarity.of(text, f.from, f.to, places);
    boolean not = polarity == Polarity.UNWANTED;
    String words = text.substring(f.from, f.to);
    if (not && values.isEmpty()) {
      nothing(f, words, by);
    }
    if (polarity == Polarity.UNCLEAR && !values.isEmpty()) {
      questions.add("Is \"" + words + "\" wanted, or not?");
      return;
    }
    for (Entry e : values) {
      Feature feature = model.features().get(e.feature);
      double sure = f.likeness / values.size();
      String choice;
      if (feature.isOption()) {
        choice = not ? Feature.NO : Feature.YES;
      } else if (not) {
        String rest =
            feature.choices().size() == 2 ? feature.choices().get(1 - e.choice).name() : "";
        if (rest.isEmpty()) {
          questions.add(
              "Which "
                  + feature.name()
                  + ", if not "
                  + feature.choices().get(e.choice).name()
                  + "?");
          continue;
        }
        choice = rest;
      } else {
        choice = feature.choices().get(e.choice).name();
      }
      by.computeIfAbsent(e.feature, k -> new ArrayList<>())
          .add(new RequestReading.Understood(feature.name(), choice, sure, words));
    }
    if (values.size() > 1) {
      questions.add(
          "\""
              + words
              + "\": "
              + String.join(
                  " or ", values.stream().map(e -> model.features().get(e.feature).name()).toList())
              + "?");
    }
  }

  /** "No seal" is the choice of nothing, where the feature has one. */
  private void nothing(Found f, String words, Map<Integer, List<RequestReading.Understood>> by) {
    for (Entry e : f.of) {
      Feature feature = model.features().get(e.feature);
      for (Feature.Choice c : feature.choices()) {
        boolean named =
            NOTHING.contains(plain(c.name()))
                || c.words().stream().anyMatch(w -> NOTHING.contains(plain(w)));
        if (named && !feature.isNumeric() && f.of.size() == 1) {
          by.computeIfAbsent(e.feature, k -> new ArrayList<>())
              .add(
                  new RequestReading.Understood(
                      feature.name(), c.name(), f.likeness, "no " + words));
          return;
        }
      }
    }
  }

  private void numbers(
      String text,
      List<Found> found,
      boolean[] used,
      Map<Integer, List<RequestReading.Understood>> by,
      Set<String> questions) {
    Matcher m = NUMBER.matcher(text);
    while (m.find()) {
      if (!free(used, m.start(), m.end())) {
        continue;
      }
      double value = Double.parseDouble(m.group());
      int named = -1;
      double sure = 0;
      int from = m.start();
      for (Found f : found) {
        if (f.to <= m.start() && m.start() - f.to <= REACH
            || f.from >= m.end() && f.from - m.end() <= 6) {
          for (Entry e : f.of) {
            if (e.choice < 0 && model.features().get(e.feature).isNumeric()) {
              named = e.feature;
              sure = f.likeness;
              from = Math.min(from, f.from);
            }
          }
          if (f.from >= m.end() && named >= 0) {
            break;
          }
        }
      }
      String behind = text.substring(m.end(), Math.min(text.length(), m.end() + 8)).strip();
      List<Integer> byUnit = new ArrayList<>();
      double[] factors = new double[model.features().size()];
      String unit = "";
      for (int f = 0; f < factors.length; f++) {
        Feature feature = model.features().get(f);
        if (feature.isNumeric() && !feature.unit().isEmpty()) {
          String said = Units.said(feature.unit(), behind);
          if (!said.isEmpty()) {
            factors[f] = Units.factor(feature.unit(), said);
            byUnit.add(f);
            unit = said;
          }
        }
      }
      double factor = 1;
      if (named >= 0) {
        boolean fits = byUnit.contains(named);
        factor = fits ? factors[named] : 1;
        Feature feature = model.features().get(named);
        String other = fits || feature.unit().isEmpty() ? "" : Units.other(text.substring(m.end()));
        if (!other.isEmpty()) {
          // Another unit behind the number than the feature has.
          questions.add(
              "\""
                  + m.group()
                  + " "
                  + other
                  + "\": "
                  + feature.name()
                  + " is in "
                  + feature.unit()
                  + "; how much is that?");
          java.util.Arrays.fill(used, m.start(), m.end(), true);
          continue;
        }
      } else if (byUnit.size() == 1) {
        named = byUnit.get(0);
        factor = factors[named];
        sure = 0.8;
      } else {
        if (byUnit.size() > 1) {
          questions.add(
              "\""
                  + m.group()
                  + " "
                  + unit
                  + "\": "
                  + String.join(
                      " or ", byUnit.stream().map(f -> model.features().get(f).name()).toList())
                  + "?");
        }
        continue;
      }
      int to =
          m.end() + (unit.isEmpty() ? 0 : text.indexOf(unit, m.end()) - m.end() + unit.length());
      java.util.Arrays.fill(used, m.start(), to, true);
      if (Polarity.isBound(text, m.start(), to)) {
        questions.add(
            "\""
                + text.substring(from, to)
                + "\" is a bound; is "
                + model.features().get(named).name()
                + " "
                + shown(value * factor)
                + " itself right?");
        sure *= BOUND;
      }
      number(value * factor, named, sure, text.substring(from, to), by, questions);
    }
  }

  private void number(
      double value,
      int feature,
      double sure,
      String words,
      Map<Integer, List<RequestReading.Understood>> by,
      Set<String> questions) {
    Feature of = model.features().get(feature);
    Feature.Choice nearest = of.choices().get(0);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Feature.Choice c : of.choices()) {
      low = Math.min(low, c.number());
      high = Math.max(high, c.number());
      if (Math.abs(c.number() - value) < Math.abs(nearest.number() - value)) {
        nearest = c;
      }
    }
    double off = Math.abs(nearest.number() - value);
    boolean same = off <= 1e-9 * Math.max(1, Math.abs(value));
    if (!same) {
      questions.add(
          of.name()
              + " "
              + shown(value)
              + (of.unit().isEmpty() ? "" : " " + of.unit())
              + (value < low || value > high
                  ? " is not made (" + range(of) + "); is "
                  : " is not made; is ")
              + nearest.name()
              + " right?");
      sure *= value < low || value > high ? 0.4 : 0.8;
    }
    by.computeIfAbsent(feature, k -> new ArrayList<>())
        .add(new RequestReading.Understood(of.name(), nearest.name(), sure, words));
  }

  private static String shown(double v) {
    return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
  }

  private static String range(Feature f) {
    List<String> names = f.choices().stream().map(Feature.Choice::name).toList();
    if (f.isNumeric() && names.size() > 4) {
      return names.get(0)
          + " to "
          + names.get(names.size() - 1)
          + (f.unit().isEmpty() ? "" : " " + f.unit());
    }
    return String.join(", ", names.subList(0, Math.min(8, names.size())));
  }

  private static List<String> unread(String all, boolean[] used) {
    Set<String> words = new LinkedHashSet<>();
    StringBuilder one = new StringBuilder();
    for (int k = 0; k <= all.length(); k++) {
      boolean part = k < all.length() && !used[k] && Character.isLetterOrDigit(all.charAt(k));
      if (part) {
        one.append(all.charAt(k));
      } else if (one.length() > 0) {
        words.add(one.toString());
        one.setLength(0);
      }
    }
    return List.copyOf(words);
  }
}
