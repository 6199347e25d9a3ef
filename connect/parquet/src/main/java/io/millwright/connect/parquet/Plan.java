package io.millwright.connect.parquet;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Problems;
import io.millwright.connect.internal.Batch;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.jspecify.annotations.Nullable;

/** Which columns are read of which files, and what they become. For one reading. */
final class Plan {

  /**
   * What one column of the table is made of.
   *
   * @param column the column
   * @param leaf the column of the files; null for a key of partitions
   */
  record Wanted(Column column, @Nullable Leaf leaf) {}

  private final List<OneFile> files;
  private final List<Wanted> wanted = new ArrayList<>();
  private final Set<String> guessed = new HashSet<>();
  private final long rows;

  private Plan(List<OneFile> files) {
    this.files = files;
    rows = files.stream().mapToLong(OneFile::rows).sum();
  }

  /** Looks at the footers of all files; refuses columns that become nothing, all at once. */
  static Plan of(
      Path path, Set<String> chosen, Map<String, ColumnType> types, Map<String, Unit> units) {
    List<OneFile> files = Partitions.files(path);
    OneFile first = files.get(0);
    for (OneFile file : files) {
      file.mustBeLike(first);
    }
    Plan plan = new Plan(files);
    Problems problems = new Problems(path.toString());
    Set<String> names = new LinkedHashSet<>();
    for (ColumnDescriptor descriptor : first.schema().getColumns()) {
      String name = String.join(".", descriptor.getPath());
      names.add(name);
      if (chosen.isEmpty() || chosen.contains(name)) {
        plan.add(name, descriptor, first.written(name), types, units, problems);
      }
    }
    for (Column key : Partitions.columns(files)) {
      if (!names.add(key.name())) {
        problems.add(
            ErrorCode.BAD_FILE,
            "column \"" + key.name() + "\"",
            "stands in the files and in the names of their folders",
            "rename one of them.");
      } else if (chosen.isEmpty() || chosen.contains(key.name())) {
        ColumnType type = types.getOrDefault(key.name(), key.type());
        if (type != key.type() && !type.isText()) {
          problems.add(
              ErrorCode.WRONG_TYPE,
              "column \"" + key.name() + "\"",
              "is " + key.type() + " by the names of folders, but is stated to hold " + type,
              "state another type.");
          continue;
        }
        plan.wanted.add(new Wanted(new Column(key.name(), type, Unit.NONE), null));
      }
    }
    Columns.mustBeThere(chosen, names, problems);
    Columns.mustBeThere(types.keySet(), names, problems);
    Columns.mustBeThere(units.keySet(), names, problems);
    problems.throwIfAny();
    return plan;
  }

  private void add(
      String name,
      ColumnDescriptor descriptor,
      @Nullable Column written,
      Map<String, ColumnType> types,
      Map<String, Unit> units,
      Problems problems) {
    ColumnType stated = types.get(name);
    Leaf leaf = Leaf.of(descriptor, stated != null && stated.isText());
    if (leaf == null) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          "column \"" + name + "\"",
          "is " + descriptor.getPrimitiveType() + ", which becomes no column",
          "choose the others with only(...).");
      return;
    }
    ColumnType own = leaf.type();
    ColumnType type = stated != null ? stated : written != null ? written.type() : own;
    if (type != own && !type.isText() && !(own == ColumnType.NUMBER && type == ColumnType.AGE)) {
      problems.add(
          ErrorCode.WRONG_TYPE,
          "column \"" + name + "\"",
          "holds " + own + ", but is stated to hold " + type,
          "state another type.");
      return;
    }
    if (stated == null && written == null && own == ColumnType.TEXT) {
      guessed.add(name);
    }
    Unit unit = units.getOrDefault(name, written == null ? Unit.NONE : written.unit());
    wanted.add(
        new Wanted(
            new Column(
                name,
                type,
                type == ColumnType.AGE ? Unit.CYCLE : type == ColumnType.NUMBER ? unit : Unit.NONE),
            leaf));
  }

  Schema schema() {
    return new Schema(wanted.stream().map(Wanted::column).toList());
  }

  long rows() {
    return rows;
  }

  /** The columns of texts of which nobody said whether they are categories. */
  Set<String> guessed() {
    return guessed;
  }

  /** Reads all files. */
  void read(LocalTimes times, Batch to) {
    for (OneFile file : files) {
      if (Thread.currentThread().isInterrupted()) {
        throw new MillwrightException(
            ErrorCode.JOB_CANCELLED, "interrupted before " + file.path() + "\nMaybe read it again");
      }
      file.read(wanted, times, to);
    }
    to.end();
  }
}
