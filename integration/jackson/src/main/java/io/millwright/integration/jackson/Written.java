package io.millwright.integration.jackson;

import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What answers and tables look like as JSON, whichever Jackson writes them. */
final class Written {

  private Written() {}

  /** A prediction with its uncertainty at one level, or an abstention with its findings. */
  static void outcome(Outcome<?> outcome, double level, Out out) throws IOException {
    out.start();
    if (outcome instanceof Outcome.Prediction<?> p) {
      out.value("value", p.value());
      fields(p.uncertainty().at(level), out);
      out.startArray("flags");
      for (Flag flag : p.flags()) {
        out.text(flag.name());
      }
      out.endArray();
    } else if (outcome instanceof Outcome.Abstention<?> a) {
      out.start("abstained");
      out.text("code", a.code().id());
      out.value("findings", a.findings());
      out.end();
    }
    out.start("model");
    fields(outcome.model(), out);
    out.end();
    out.end();
  }

  /** Which model answered: enough to find it, not its whole card. */
  static void model(ModelInfo model, Out out) throws IOException {
    out.start();
    fields(model, out);
    out.end();
  }

  private static void fields(ModelInfo model, Out out) throws IOException {
    out.text("task", model.task());
    out.number("version", model.taskVersion());
    out.text("digest", model.digest());
  }

  /** One field whose name says what kind of uncertainty it is. */
  static void uncertainty(Uncertainty uncertainty, Out out) throws IOException {
    out.start();
    fields(uncertainty, out);
    out.end();
  }

  private static void fields(Uncertainty uncertainty, Out out) throws IOException {
    if (uncertainty instanceof Uncertainty.Interval i) {
      out.start("interval");
      out.number("level", i.level());
      ends(i, out);
      if (!i.unit().equals(Unit.NONE)) {
        out.text("unit", i.unit().symbol());
      }
      out.end();
    } else if (uncertainty instanceof Uncertainty.LabelSet l) {
      out.start("labels");
      out.number("level", l.level());
      out.startArray("possible");
      for (String label : l.labels()) {
        out.text(label);
      }
      out.endArray();
      out.end();
    } else if (uncertainty instanceof Uncertainty.Band b) {
      out.start("band");
      out.number("level", b.level());
      out.startArray("steps");
      for (Uncertainty.Interval step : b.steps()) {
        out.start();
        ends(step, out);
        out.end();
      }
      out.endArray();
      out.end();
    } else if (uncertainty instanceof Uncertainty.None n) {
      out.text("unknown", n.why());
    }
  }

  private static void ends(Uncertainty.Interval interval, Out out) throws IOException {
    if (Double.isFinite(interval.low())) {
      out.number("low", interval.low());
    }
    if (Double.isFinite(interval.high())) {
      out.number("high", interval.high());
    }
  }

  /** An array of objects, one for each row; missing cells are left out, times are in UTC. */
  static void table(Table table, Out out) throws IOException {
    List<Column> columns = table.schema().columns();
    out.startArray();
    for (int r = 0; r < table.rows(); r++) {
      out.start();
      for (int c = 0; c < columns.size(); c++) {
        cell(table, r, c, columns.get(c), out);
      }
      out.end();
    }
    out.endArray();
  }

  private static void cell(Table table, int row, int at, Column column, Out out)
      throws IOException {
    if (column.type() == ColumnType.TIME) {
      if (table.time(row, at) != Table.NO_TIME) {
        out.text(column.name(), Instant.ofEpochMilli(table.time(row, at)).toString());
      }
    } else if (column.type() == ColumnType.NUMBER || column.type() == ColumnType.AGE) {
      double number = table.number(row, at);
      if (Double.isFinite(number)) {
        out.number(column.name(), number);
      }
    } else if (column.type() != ColumnType.IMAGE) {
      String label = table.label(row, at);
      if (label != null) {
        out.text(column.name(), label);
      }
    }
  }
}
