package io.millwright.maintenance.internal.state;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.LabelledSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Labelled sequences as numbers, states as indices, and specimens dealt out to be held out. */
final class StateData {

  private static final int FOLDS = 5;
  private static final int BLOCKS = 20;
  private static final int[] COUNTS = {1, 4, 12, 40};
  private static final int MOST_NUMBERS = 1000;

  /** A column that stands still in a larger share of training may do so. */
  private static final double STANDS = 0.01;

  final List<String> columns;
  final List<String> components;
  final List<List<String>> classes = new ArrayList<>();

  /** By component and sequence; -1 for unknown. */
  final int[][] labels;

  /** In which part each sequence is held out. */
  final int[] fold;

  final int folds;
  final int specimens;
  final boolean blocks;
  final List<Segments> segments = new ArrayList<>();
  final List<double[][]> features = new ArrayList<>();
  final boolean[] moves;

  StateData(List<LabelledSequence> data, List<String> columns, Jobs.Control<?> control) {
    this.columns = columns;
    components = data.stream().flatMap(s -> s.states().keySet().stream()).distinct().toList();
    labels = new int[components.size()][data.size()];
    for (int k = 0; k < labels.length; k++) {
      label(data, k);
    }
    blocks = data.stream().allMatch(s -> s.specimen().isEmpty());
    Map<String, Integer> groups = new LinkedHashMap<>();
    fold = new int[data.size()];
    for (int i = 0; i < fold.length; i++) {
      String group = blocks ? "" + (long) i * BLOCKS / data.size() : data.get(i).specimen();
      fold[i] = groups.computeIfAbsent(group, g -> groups.size());
    }
    specimens = groups.size();
    if (specimens < 2) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "all sequences are of the specimen \""
              + data.get(0).specimen()
              + "\", so none can be held out\nMaybe name blocks of time instead");
    }
    folds = Math.min(FOLDS, specimens);
    for (int i = 0; i < fold.length; i++) {
      fold[i] %= folds;
    }
    lay(data, control);
    moves = moves(data);
  }

  /** Which columns hardly ever stand still for a whole sequence. */
  private boolean[] moves(List<LabelledSequence> data) {
    int[] still = new int[columns.size()];
    for (LabelledSequence one : data) {
      double[][] values = StateParts.columns(one.readings(), columns);
      for (int j = 0; j < still.length; j++) {
        double[] known = Arrays.stream(values[j]).filter(Double::isFinite).toArray();
        still[j] += known.length < StateParts.STILL || StateParts.still(known) ? 1 : 0;
      }
    }
    boolean[] moves = new boolean[still.length];
    for (int j = 0; j < moves.length; j++) {
      moves[j] = still[j] <= STANDS * data.size();
    }
    return moves;
  }

  private void label(List<LabelledSequence> data, int k) {
    String name = components.get(k);
    TreeSet<String> states = new TreeSet<>(StateData::order);
    data.forEach(
        s -> {
          String state = s.states().get(name);
          if (state != null) {
            states.add(clean(state));
          }
        });
    if (states.size() < 2) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          name + " has one state only, " + states + "\nMaybe leave this component out");
    }
    classes.add(List.copyOf(states));
    for (int i = 0; i < data.size(); i++) {
      String state = data.get(i).states().get(name);
      labels[k][i] = state == null ? -1 : classes.get(k).indexOf(clean(state));
    }
  }

  private static String clean(String state) {
    return state.strip().replaceAll("\\s+", " ");
  }

  /** Numbers by size, texts by letters. */
  private static int order(String a, String b) {
    try {
      int by = Double.compare(Double.parseDouble(a), Double.parseDouble(b));
      return by != 0 ? by : a.compareTo(b);
    } catch (NumberFormatException e) {
      return a.compareTo(b);
    }
  }

  private void lay(List<LabelledSequence> data, Jobs.Control<?> control) {
    int[] lengths = data.stream().mapToInt(s -> s.readings().rows()).sorted().toArray();
    int usual = lengths[lengths.length / 2];
    for (int count : COUNTS) {
      Segments one = new Segments(count, usual >= Segments.SPREAD * count);
      if (count == 1 || (count <= usual && one.size(columns.size()) <= MOST_NUMBERS)) {
        segments.add(one);
        features.add(
            data.stream()
                .map(s -> one.of(StateParts.columns(s.readings(), columns)))
                .toArray(double[][]::new));
        control.checkpoint();
      }
    }
  }

  /** The sequences that are held out in a part, or the others. */
  int[] members(int f, boolean held) {
    return IntStream.range(0, fold.length).filter(i -> (fold[i] == f) == held).toArray();
  }
}
