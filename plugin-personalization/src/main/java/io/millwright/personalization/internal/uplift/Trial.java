package io.millwright.personalization.internal.uplift;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.personalization.UpliftQuestion;
import java.util.List;
import java.util.TreeSet;

/**
 * The rows of a test that belong to the two arms.
 *
 * @param rows their places in the table
 * @param treated whether each was treated
 * @param outcome what came
 */
record Trial(int[] rows, boolean[] treated, double[] outcome) {

  private static final int LEAST = 100;

  static Trial of(Table table, UpliftQuestion q) {
    int arm = Inputs.place(table.schema(), q.treatment());
    int out = Inputs.place(table.schema(), q.outcome());
    for (String f : q.features()) {
      Inputs.place(table.schema(), f);
      if (f.equals(q.outcome()) || f.equals(q.treatment())) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "feature " + f + " is the outcome or the treatment\nMaybe leave it out");
      }
    }
    if (q.features().isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "there are no features\nMaybe name columns known before");
    }
    if (!table.schema().columns().get(out).type().isNumeric()) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          "outcome " + q.outcome() + " is no number\nMaybe write it as 0 and 1");
    }
    List<String> labels =
        table.schema().columns().get(arm).type().isNumeric()
            ? java.util.Arrays.stream(table.numbers(q.treatment()))
                .mapToObj(v -> v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v))
                .toList()
            : java.util.Arrays.asList(table.labels(q.treatment()).toArray(String[]::new));
    int[] rows = new int[table.rows()];
    int n = 0;
    int with = 0;
    for (int r = 0; r < rows.length; r++) {
      String label = String.valueOf(labels.get(r));
      if (label.equals(q.treated()) || label.equals(q.control())) {
        rows[n++] = r;
        with += label.equals(q.treated()) ? 1 : 0;
      }
    }
    if (with < LEAST || n - with < LEAST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "column "
              + q.treatment()
              + " has "
              + with
              + " rows of \""
              + q.treated()
              + "\" and "
              + (n - with)
              + " of \""
              + q.control()
              + "\", but "
              + LEAST
              + " of each are needed\nMaybe one of "
              + new TreeSet<>(labels.stream().map(String::valueOf).limit(2000).toList())
              + " is meant");
    }
    boolean[] treated = new boolean[n];
    double[] outcome = new double[n];
    for (int k = 0; k < n; k++) {
      treated[k] = String.valueOf(labels.get(rows[k])).equals(q.treated());
      outcome[k] = table.number(rows[k], out);
      if (!Double.isFinite(outcome[k])) {
        throw new MillwrightException(
            ErrorCode.BAD_LABEL,
            "row "
                + (rows[k] + 1)
                + ": outcome "
                + q.outcome()
                + " is "
                + outcome[k]
                + "\nMaybe leave the row out");
      }
    }
    return new Trial(java.util.Arrays.copyOf(rows, n), treated, outcome);
  }

  Trial pick(int[] which) {
    int[] r = new int[which.length];
    boolean[] t = new boolean[which.length];
    double[] y = new double[which.length];
    for (int k = 0; k < which.length; k++) {
      r[k] = rows[which[k]];
      t[k] = treated[which[k]];
      y[k] = outcome[which[k]];
    }
    return new Trial(r, t, y);
  }
}
