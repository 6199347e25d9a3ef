package io.millwright.runtime.tables;

import io.millwright.api.data.TableReader;

/** The door of this room. */
public final class Tables {

  private Tables() {}

  /** A reader of CSV files and query results; immutable and thread-safe. */
  public static TableReader reader() {
    return new DefaultTableReader();
  }
}
