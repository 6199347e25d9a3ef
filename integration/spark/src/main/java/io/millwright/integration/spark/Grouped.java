package io.millwright.integration.spark;

import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The groups of a sorted partition, one after the other. */
final class Grouped implements Iterator<Row> {

  private final Iterator<Row> rows;
  private final GroupColumns columns;
  private final int width;
  private final GroupWork work;
  private final Broadcast<ExecutorHost> host;
  private @Nullable Row next;
  private Iterator<Row> ready = List.<Row>of().iterator();

  Grouped(
      Iterator<Row> rows,
      GroupColumns columns,
      int width,
      GroupWork work,
      Broadcast<ExecutorHost> host) {
    this.rows = rows;
    this.columns = columns;
    this.width = width;
    this.work = work;
    this.host = host;
    this.next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && next != null) {
      ready = worked(group(next)).iterator();
    }
    return ready.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private List<Row> group(Row first) {
    List<Row> group = new ArrayList<>(List.of(first));
    next = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (!columns.same(first, row)) {
        next = row;
        break;
      }
      group.add(row);
    }
    return group;
  }

  private List<Row> worked(List<Row> group) {
    Row first = group.get(0);
    List<Row> out = new ArrayList<>();
    try {
      for (Object[] values : work.apply(columns.table(group), host.value())) {
        if (values.length != width) {
          throw new IllegalStateException(
              "the work gave a row of " + values.length + " values for " + width + " columns");
        }
        out.add(row(first, values, null, null));
      }
    } catch (MillwrightException e) {
      String reason = e.getMessage();
      return List.of(row(first, new Object[width], e.code().toString(), reason));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("the work on a group failed: " + e, e);
    }
    return out;
  }

  private Row row(
      Row first, @Nullable Object[] values, @Nullable String code, @Nullable String reason) {
    int[] keys = columns.keys();
    @Nullable Object[] all = new Object[keys.length + width + 2];
    for (int k = 0; k < keys.length; k++) {
      all[k] = first.get(keys[k]);
    }
    System.arraycopy(values, 0, all, keys.length, width);
    all[keys.length + width] = code;
    all[keys.length + width + 1] = reason;
    return RowFactory.create(all);
  }
}
