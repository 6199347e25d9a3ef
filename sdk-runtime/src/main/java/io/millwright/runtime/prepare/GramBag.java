package io.millwright.runtime.prepare;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import io.millwright.runtime.words.Normaliser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the runs of characters of texts of one column. Immutable and thread-safe. */
final class GramBag {

  private static final int SHORTEST = 2;
  private static final int LONGEST = 4;

  /** A run that fewer rows hold is of a name, a number or a slip. */
  private static final int LEAST_ROWS = 3;

  /** A run that so many rows hold tells hardly anything. */
  private static final double NEARLY_ALL = 0.98;

  private static final Normaliser NORMALISER = new Normaliser(Normaliser.Digits.KEPT);

  private final FittedStep.TextColumn column;
  private final Map<String, Integer> places = new HashMap<>();

  GramBag(FittedStep.TextColumn column) {
    this.column = column;
    column.runs().forEach(run -> places.put(run, places.size()));
  }

  int size() {
    return column.runs().size();
  }

  /**
   * The counts of a text.
   *
   * @param text the text, or null for none
   * @param into where they go
   * @param at the place of the first
   */
  void count(@Nullable String text, double[] into, int at, Notes notes) {
    Arrays.fill(into, at, at + size(), 0);
    if (text == null) {
      return; // nobody noted anything
    }
    List<String> runs = runs(text);
    boolean known = runs.isEmpty();
    for (String run : runs) {
      Integer place = places.get(run);
      if (place != null) {
        into[at + place]++;
        known = true;
      }
    }
    for (int i = at; i < at + size(); i++) {
      into[i] = into[i] > 1 ? 1 + Math.log(into[i]) : into[i];
    }
    if (!known) {
      notes.flag(Flag.UNKNOWN_CATEGORY);
      if (notes.wants()) {
        notes.find(
            ErrorCode.BAD_LABEL,
            notes.place(column.column()),
            "holds nothing that training had",
            "");
      }
    }
  }

  /** The runs of a text, as they come, with a blank at both of its ends. */
  static List<String> runs(String text) {
    String normal = NORMALISER.of(text);
    List<String> runs = new ArrayList<>();
    if (normal.isEmpty()) {
      return runs;
    }
    String padded = " " + normal + " ";
    for (int from = 0; from < padded.length(); from++) {
      for (int n = SHORTEST; n <= LONGEST && from + n <= padded.length(); n++) {
        runs.add(padded.substring(from, from + n));
      }
    }
    return runs;
  }

  /** What is known of a run: how many rows hold it, and a sum that tells which ones. */
  private static final class Rows {
    private int count;
    private long which;
  }

  /**
   * Chooses the runs of a column by the rows that hold them: those nearest to half of the rows,
   * which tell most of them apart; of runs that stand in the same rows the longest.
   *
   * @param rows the rows that are learnt from, by sequence
   */
  static FittedStep.TextColumn fit(
      String column, List<Table> sequences, List<int[]> rows, int most) {
    Map<String, Rows> all = new HashMap<>();
    KeyedRandom random = KeyedRandom.of(0, Purpose.OTHER, -7, 0);
    int texts = 0;
    for (int s = 0; s < sequences.size(); s++) {
      Table table = sequences.get(s);
      int at = table.schema().indexOf(column);
      for (int row : rows.get(s)) {
        String text = table.label(row, at);
        if (text != null) {
          texts++;
          long mark = random.nextLong();
          for (String run : new HashSet<>(runs(text))) {
            Rows own = all.computeIfAbsent(run, r -> new Rows());
            own.count++;
            own.which += mark;
          }
        }
      }
    }
    double nearlyAll = NEARLY_ALL * texts;
    all.values().removeIf(r -> r.count < LEAST_ROWS || r.count > nearlyAll);
    int whole = texts;
    List<Map.Entry<String, Rows>> kept = new ArrayList<>(all.entrySet());
    kept.sort(
        Comparator.comparingInt(
                (Map.Entry<String, Rows> e) ->
                    -Math.min(e.getValue().count, whole - e.getValue().count))
            .thenComparingInt(e -> -e.getKey().length())
            .thenComparing(Map.Entry.comparingByKey()));
    Set<Long> told = new HashSet<>();
    List<String> chosen = new ArrayList<>();
    for (Map.Entry<String, Rows> run : kept) {
      if (chosen.size() < most && told.add(run.getValue().which)) {
        chosen.add(run.getKey());
      }
    }
    chosen.sort(Comparator.naturalOrder());
    return new FittedStep.TextColumn(column, chosen);
  }
}
