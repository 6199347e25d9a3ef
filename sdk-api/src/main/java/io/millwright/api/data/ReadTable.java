package io.millwright.api.data;

import java.util.Objects;

/**
 * A table that was read from a file, with the evidence of what was taken for what.
 *
 * @param table the table
 * @param report what was guessed, taken for missing or skipped
 */
public record ReadTable(Table table, ReadingReport report) {

  /** Checks. */
  public ReadTable {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(report, "report");
  }
}
