package io.millwright.api.spi;

import io.millwright.api.data.Table;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file format that a plug-in reads: files whose names end so are read by it wherever the host
 * reads tables, {@link io.millwright.api.Millwright#tables} and the command among them. Plug-ins
 * implement it. Thread-safe.
 */
public interface TableFormat {

  /**
   * The name of the format, for reports.
   *
   * @return a few words, such as {@code press log}
   */
  String name();

  /**
   * How names of such files end.
   *
   * @return endings without the dot, in lower case, such as {@code plog}; never one that the host
   *     reads itself: csv, tsv, txt, gz, jsonl, ndjson
   */
  Set<String> endings();

  /**
   * Reads a whole file.
   *
   * @param file the file, which may be a stranger's
   * @return its table
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming the place, or {@link
   *     io.millwright.api.ErrorCode#IO_FAILED}
   */
  Table read(Path file);
}
