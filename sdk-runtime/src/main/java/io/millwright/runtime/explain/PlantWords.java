package io.millwright.runtime.explain;

import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Says Shapley values in the words of the plant: a column, its usual range, what it does. */
final class PlantWords {

  private final Table background;

  PlantWords(Table background) {
    this.background = background;
  }

  /**
   * One sentence for each part that matters.
   *
   * @param input the explained input
   * @param what what is explained, such as {@code "life"} or {@code "probability of failure"}
   * @param unit its unit, {@code "%"} for probabilities
   */
  List<String> of(Table input, ShapleyValues values, String what, String unit) {
    double largest = values.parts().stream().mapToDouble(p -> Math.abs(p.effect())).max().orElse(0);
    List<String> words = new ArrayList<>();
    for (ShapleyValues.Part part : values.parts()) {
      if (Math.abs(part.effect()) < 0.05 * largest || part.effect() == 0) {
        continue;
      }
      double size = Math.abs(part.effect()) * (unit.equals("%") ? 100 : 1);
      String moved =
          amount(size)
              + (unit.isEmpty() ? "" : unit.equals("%") ? " points" : " " + unit)
              + (part.effect() > 0 ? " more " : " less ")
              + what;
      String sure =
          part.standardError() > 0
              ? " (± " + amount(values.margin(part, 0.95) * (unit.equals("%") ? 100 : 1)) + ")"
              : "";
      words.add(place(input, part) + ": " + moved + sure);
    }
    return words;
  }

  private String place(Table input, ShapleyValues.Part part) {
    String name = part.feature();
    int own = input.schema().indexOf(name);
    if (own < 0 || background.schema().indexOf(name) < 0) {
      return name + " = " + part.value();
    }
    Column column = input.schema().columns().get(own);
    if (!column.type().isNumeric()) {
      return name + " is " + part.value();
    }
    double value = input.number(input.rows() - 1, own);
    double[] sorted =
        Arrays.stream(background.numbers(name)).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length < 20 || Double.isNaN(value)) {
      return name + " = " + part.value();
    }
    double low = sorted[(int) (0.05 * (sorted.length - 1))];
    double high = sorted[(int) (0.95 * (sorted.length - 1))];
    String unit = column.unit().symbol();
    String range = ColumnView.text(low, null) + " to " + ColumnView.text(high, unit);
    if (value > high) {
      return name + " " + ColumnView.text(value - high, unit) + " above its usual " + range;
    }
    if (value < low) {
      return name + " " + ColumnView.text(low - value, unit) + " below its usual " + range;
    }
    return name + " = " + part.value() + ", within its usual " + range;
  }

  private static String amount(double size) {
    return size >= 100
        ? String.format(Locale.ROOT, "%,.0f", size)
        : String.format(Locale.ROOT, "%.2g", size).contains("e")
            ? String.format(Locale.ROOT, "%.1e", size)
            : String.format(Locale.ROOT, size >= 10 ? "%.0f" : size >= 1 ? "%.1f" : "%.2g", size);
  }
}
