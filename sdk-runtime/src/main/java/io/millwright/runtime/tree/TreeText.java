package io.millwright.runtime.tree;

import io.millwright.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Decision trees as rules and as a drawing. */
public final class TreeText {

  private TreeText() {}

  /**
   * The tree as rules, one line for each leaf.
   *
   * @param tree the tree
   * @param schema the columns with their units
   * @param classes the names of the classes; empty for a number
   * @return such as {@code "if torque <= 13.1 Nm and wear > 200 min: 1 (94 %, 31 rows)"}
   */
  public static List<String> rules(TreeNode tree, Schema schema, List<String> classes) {
    List<String> rules = new ArrayList<>();
    rules(tree, schema, classes, new LinkedHashMap<>(), rules);
    return rules;
  }

  /** A later question of a column and direction narrows an earlier one, and takes its place. */
  private static void rules(
      TreeNode node,
      Schema schema,
      List<String> classes,
      Map<String, String> before,
      List<String> rules) {
    if (node instanceof TreeNode.Split s) {
      for (boolean yes : new boolean[] {true, false}) {
        String question = question(s, schema, yes);
        Map<String, String> now = new LinkedHashMap<>(before);
        now.put(s.labels().isEmpty() ? s.column() + yes : question, question);
        rules(yes ? s.yes() : s.no(), schema, classes, now, rules);
      }
    } else {
      String conditions =
          before.isEmpty() ? "always" : "if " + String.join(" and ", before.values());
      rules.add(conditions + ": " + answer(node, classes));
    }
  }

  private static String question(TreeNode.Split s, Schema schema, boolean yes) {
    if (!s.labels().isEmpty()) {
      String labels = s.labels().size() == 1 ? s.labels().get(0) : "one of " + s.labels();
      return s.column() + (yes ? " is " : " is not ") + labels;
    }
    int c = schema.indexOf(s.column());
    String unit = c < 0 ? "" : schema.columns().get(c).unit().symbol();
    return s.column()
        + (yes ? " <= " : " > ")
        + number(s.limit())
        + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String answer(TreeNode node, List<String> classes) {
    String rows = node.rows() + (node.rows() == 1 ? " row" : " rows");
    if (classes.isEmpty()) {
      return number(node.values().get(0)) + " (" + rows + ")";
    }
    int best = 0;
    for (int k = 1; k < classes.size(); k++) {
      best = node.values().get(k) > node.values().get(best) ? k : best;
    }
    return String.format(
        Locale.ROOT, "%s (%.0f %%, %s)", classes.get(best), 100 * node.values().get(best), rows);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  /**
   * The tree as a flow chart in Mermaid's language.
   *
   * @param tree the tree
   * @param schema the columns with their units
   * @param classes the names of the classes; empty for a number
   * @return the text, which begins with {@code flowchart TD}
   */
  public static String mermaid(TreeNode tree, Schema schema, List<String> classes) {
    StringBuilder text = new StringBuilder("flowchart TD\n");
    mermaid(tree, schema, classes, new int[1], text);
    return text.toString();
  }

  private static int mermaid(
      TreeNode node, Schema schema, List<String> classes, int[] next, StringBuilder text) {
    int own = next[0]++;
    if (node instanceof TreeNode.Split s) {
      text.append("  n").append(own).append("{\"").append(quoted(question(s, schema, true)));
      text.append("\"}\n");
      int yes = mermaid(s.yes(), schema, classes, next, text);
      int no = mermaid(s.no(), schema, classes, next, text);
      text.append("  n").append(own).append(" -- yes --> n").append(yes).append('\n');
      text.append("  n").append(own).append(" -- no --> n").append(no).append('\n');
    } else {
      text.append("  n").append(own).append("[\"").append(quoted(answer(node, classes)));
      text.append("\"]\n");
    }
    return own;
  }

  private static String quoted(String words) {
    return words
        .replace("&", "#amp;")
        .replace("\"", "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;");
  }
}
