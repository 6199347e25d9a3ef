package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.PlanProblem.Item;
import io.millwright.production.PlanProblem.Operation;
import java.util.ArrayList;
import java.util.List;

/** Files of Trigeiro's test problems. */
final class TrigeiroText {

  private static final int BLOCK = 15;
  private static final int MOST = 1000;

  private TrigeiroText() {}

  static PlanProblem parse(String text) {
    List<double[]> rows = new ArrayList<>();
    for (String line : text.split("\\R", -1)) {
      String[] cells = line.strip().split("\\s+", -1);
      double[] row = numbers(cells);
      if (row.length > 0) {
        rows.add(row);
      } else if (!line.isBlank()) {
        break;
      }
    }
    if (rows.size() < 3 || rows.get(0).length != 2) {
      throw bad("it does not begin with items and periods, a number, and the capacity");
    }
    int items = (int) rows.get(0)[0];
    int periods = (int) rows.get(0)[1];
    int blocks = (items + BLOCK - 1) / BLOCK;
    if (items < 1 || items > MOST || periods < 1 || periods > MOST) {
      throw bad("it has " + items + " items and " + periods + " periods");
    }
    if (rows.size() < 3 + items + (long) blocks * periods) {
      throw bad(
          "it has "
              + rows.size()
              + " lines of numbers, but needs "
              + (3 + items + blocks * periods));
    }
    PlanProblem.Builder problem = PlanProblem.builder(periods).resource("machine", rows.get(2)[0]);
    for (int i = 0; i < items; i++) {
      double[] row = rows.get(3 + i);
      if (row.length != 4) {
        throw bad("the line of item " + (i + 1) + " has " + row.length + " numbers, not 4");
      }
      int first = 3 + items + i / BLOCK * periods;
      List<Double> demand = new ArrayList<>();
      for (int t = 0; t < periods; t++) {
        double[] line = rows.get(first + t);
        if (line.length <= i % BLOCK) {
          throw bad("period " + (t + 1) + " has no demand of item " + (i + 1));
        }
        demand.add(line[i % BLOCK]);
      }
      String name = "item " + (i + 1);
      problem
          .item(Item.of(name, row[1], demand))
          .operation(new Operation(name, "machine", row[0], row[2], row[3], ""));
    }
    return problem.build();
  }

  private static double[] numbers(String[] cells) {
    double[] row = new double[cells.length];
    for (int k = 0; k < cells.length; k++) {
      try {
        row[k] = Double.parseDouble(cells[k]);
      } catch (NumberFormatException e) {
        return new double[0];
      }
    }
    return row;
  }

  private static MillwrightException bad(String what) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, "no problem in Trigeiro's form: " + what + "\nMaybe it is cut off");
  }
}
