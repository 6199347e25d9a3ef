package io.millwright.api.data;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads tables from where users keep them. Thread-safe. */
public interface TableReader {

  /**
   * Reads the columns of a schema from a text file with one header line, comma or semicolon or tab
   * separated (RFC 4180), UTF-8, plain or gzip. Other columns are skipped. A header may carry a
   * unit in brackets, {@code Torque [N.m]}: it must then be the schema's. An empty cell is a
   * missing value.
   *
   * @param file the file
   * @param schema the columns to read
   * @return the table
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming line and column, {@link
   *     io.millwright.api.ErrorCode#MISSING_COLUMN}, {@link io.millwright.api.ErrorCode#WRONG_UNIT}
   *     or {@link io.millwright.api.ErrorCode#IO_FAILED}
   */
  Table csv(Path file, Schema schema);

  /**
   * Reads all columns of such a file. A column in which every cell that is not empty is a number
   * becomes {@link ColumnType#NUMBER}, any other {@link ColumnType#CATEGORY}; a unit in brackets at
   * the end of a header becomes the column's unit and leaves its name. Refused, as {@link
   * io.millwright.api.ErrorCode#BAD_FILE} with line and cell, are columns that were meant as
   * numbers and hold something else: a word among numbers under a header with a unit, or numbers
   * with a decimal comma.
   *
   * @param file the file
   * @return the table
   * @throws io.millwright.api.MillwrightException as {@link #csv(Path, Schema)}
   */
  Table csv(Path file);

  /**
   * Reads the rest of a query's result. The result set stays open.
   *
   * @param result where to read
   * @param schema the columns to read, by their labels in the query
   * @return the table
   * @throws SQLException when the database fails
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#MISSING_COLUMN} or {@link
   *     io.millwright.api.ErrorCode#WRONG_TYPE}
   */
  Table jdbc(ResultSet result, Schema schema) throws SQLException;
}
