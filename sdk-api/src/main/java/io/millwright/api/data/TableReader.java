package io.millwright.api.data;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads tables from where users keep them. Thread-safe. Implemented by the host alone, so that it
 * may grow.
 *
 * <p>A text file has one header line and cells between commas, semicolons, tabs or bars (RFC 4180),
 * plain or gzip, in UTF-8, UTF-16 or GB18030. A file is read twice: once to gather evidence, once
 * to fill the columns, so that memory holds no more than the table. What a {@link CsvFormat} does
 * not state is guessed and said in the report; where two readings are plausible the file is
 * refused, and both are named.
 */
public interface TableReader {

  /**
   * Reads all columns of a file, with the evidence. A column in which every known cell is a number
   * becomes {@link ColumnType#NUMBER}, unless numbers there have leading zeros or more digits than
   * a double holds; one of dates or times {@link ColumnType#TIME}; of few different words {@link
   * ColumnType#CATEGORY}; any other {@link ColumnType#TEXT}. Known words for missing values (NA,
   * n/a, null, -, &#x65E0; and so on) among numbers are missing values; any other word among
   * numbers is refused, with line and cell. A unit in brackets at the end of a header becomes the
   * column's unit and leaves its name.
   *
   * @param file the file
   * @param format what is known of it
   * @return the table and what was taken for what
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming line and column, or {@link
   *     io.millwright.api.ErrorCode#IO_FAILED}
   */
  ReadTable read(Path file, CsvFormat format);

  /**
   * Reads the columns of a schema from such a file; other columns are skipped. A unit in a header
   * must be the schema's. A column of numbers takes the usual words for missing values; texts and
   * categories are kept letter for letter.
   *
   * @param file the file
   * @param schema the columns to read
   * @param format what is known of the file
   * @return the table and what was taken for what
   * @throws io.millwright.api.MillwrightException as {@link #read(Path, CsvFormat)}, and {@link
   *     io.millwright.api.ErrorCode#MISSING_COLUMN} or {@link
   *     io.millwright.api.ErrorCode#WRONG_UNIT}
   */
  ReadTable read(Path file, Schema schema, CsvFormat format);

  /**
   * Reads a file of any length in batches: memory holds one batch at a time.
   *
   * @param file the file
   * @param format what is known of it
   * @param rows the rows of a batch, at least 1; the last may have fewer
   * @param batches takes each batch, in order, on the calling thread; all have the same schema
   * @return what was taken for what
   * @throws io.millwright.api.MillwrightException as {@link #read(Path, CsvFormat)}
   */
  ReadingReport batches(Path file, CsvFormat format, int rows, Consumer<? super Table> batches);

  /**
   * Reads the columns of a schema, nothing else being stated.
   *
   * @param file the file
   * @param schema the columns to read
   * @return the table
   * @throws io.millwright.api.MillwrightException as {@link #read(Path, Schema, CsvFormat)}
   */
  default Table csv(Path file, Schema schema) {
    return read(file, schema, CsvFormat.guessed()).table();
  }

  /**
   * Reads all columns, nothing being stated.
   *
   * @param file the file
   * @return the table
   * @throws io.millwright.api.MillwrightException as {@link #read(Path, CsvFormat)}
   */
  default Table csv(Path file) {
    return read(file, CsvFormat.guessed()).table();
  }

  /**
   * Reads a NumPy file ({@code .npy} or {@code .npz}) of numbers as a table: the rows of a matrix
   * with the columns {@code 0}, {@code 1} and so on; the fields of a structured array; of several
   * arrays each by its name, matrices with a point and the number of the column behind it. All must
   * have as many rows.
   *
   * @param file the file
   * @return the table; NaN are missing values
   * @throws io.millwright.api.MillwrightException as {@link #arrays}; with {@link
   *     io.millwright.api.ErrorCode#WRONG_SHAPE} for arrays of more than two dimensions or with
   *     other rows
   */
  Table numpy(Path file);

  /**
   * Reads the arrays of a NumPy file ({@code .npy} or {@code .npz}): floats of 16 to 64 bits, whole
   * numbers of 8 to 64, truth values as 1 and 0. Pickled objects are never read.
   *
   * @param file the file
   * @return the arrays by name; under an empty name the one of a {@code .npy} file
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#BAD_FILE}
   *     when it is cut, damaged or holds anything else than numbers, or more than memory takes;
   *     {@link io.millwright.api.ErrorCode#IO_FAILED}
   */
  Map<String, NumberArray> arrays(Path file);

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
