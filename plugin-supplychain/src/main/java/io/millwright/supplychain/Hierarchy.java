package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which sums of series are wanted (hierarchical and grouped time series, summing matrix). Nested
 * levels, such as country, region and shop, and crossed ones, such as region and product, are
 * described alike: a node of a level adds up all series with the same labels.
 *
 * @param bottom the names of the series that all others are sums of
 * @param nodes the sums, the highest level first
 */
public record Hierarchy(List<String> bottom, List<Node> nodes) {

  /** The name of the level of single series. */
  public static final String SERIES = "series";

  /**
   * One sum.
   *
   * @param name what it is of, such as {@code region=north}
   * @param level the level it belongs to
   * @param members the places of its series in {@link Hierarchy#bottom}, rising
   */
  public record Node(String name, String level, List<Integer> members) {
    /** Copies. */
    public Node {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(level, "level");
      members = List.copyOf(members);
    }
  }

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} when a name stands twice, a node
   *     has no members, or one that is not there
   */
  public Hierarchy {
    bottom = List.copyOf(bottom);
    nodes = List.copyOf(nodes);
    Set<String> names = new HashSet<>();
    for (String name : bottom) {
      if (!names.add(name)) {
        throw bad("the series " + name + " stands twice");
      }
    }
    for (Node node : nodes) {
      if (!names.add(node.name())) {
        throw bad("the node " + node.name() + " stands twice, or is the name of a series");
      }
      for (int member : node.members()) {
        if (member < 0 || member >= bottom.size()) {
          throw bad("the node " + node.name() + " has the member " + member);
        }
      }
      if (node.members().isEmpty()) {
        throw bad("the node " + node.name() + " adds nothing up");
      }
    }
    if (bottom.isEmpty() || nodes.isEmpty()) {
      throw bad(bottom.size() + " series and " + nodes.size() + " sums make no hierarchy");
    }
  }

  private static MillwrightException bad(String what) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE, what + "\nMaybe give every series a row and every row its labels");
  }

  /**
   * From the labels of the series. A sum of the same series as one of a higher level is left out.
   *
   * @param labels for each series its labels, by the name of the label, such as region to north
   * @param levels for each level the labels that its nodes have in common; the empty list is the
   *     total
   * @return the hierarchy, series in the order of their names
   * @throws MillwrightException with {@link ErrorCode#MISSING_VALUE}, naming a series without a
   *     label that a level asks for
   */
  public static Hierarchy of(
      Map<String, ? extends Map<String, String>> labels, List<List<String>> levels) {
    List<String> bottom = labels.keySet().stream().sorted().toList();
    List<Node> nodes = new ArrayList<>();
    Set<List<Integer>> seen = new HashSet<>();
    List<List<String>> sorted =
        levels.stream().sorted(Comparator.comparingInt(List::size)).toList();
    for (List<String> level : sorted) {
      Map<String, List<Integer>> members = new TreeMap<>();
      for (int i = 0; i < bottom.size(); i++) {
        Map<String, String> own = labels.get(bottom.get(i));
        List<String> key = new ArrayList<>();
        for (String label : level) {
          String value = own == null ? null : own.get(label);
          if (value == null) {
            throw new MillwrightException(
                ErrorCode.MISSING_VALUE,
                "series "
                    + bottom.get(i)
                    + " has no "
                    + label
                    + "\nMaybe write one for each series of the hierarchy");
          }
          key.add(label + "=" + value);
        }
        members
            .computeIfAbsent(
                key.isEmpty() ? "total" : String.join(", ", key), k -> new ArrayList<>())
            .add(i);
      }
      String name = level.isEmpty() ? "total" : String.join(" and ", level);
      members.forEach(
          (node, all) -> {
            if (all.size() > 1 && seen.add(all)) {
              nodes.add(new Node(node, name, all));
            }
          });
    }
    return new Hierarchy(bottom, nodes);
  }
}
