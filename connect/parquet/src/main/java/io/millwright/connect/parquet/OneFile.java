package io.millwright.connect.parquet;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.connect.internal.Batch;
import io.millwright.connect.internal.LocalTimes;
import io.millwright.connect.internal.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One file as its footer describes it.
 *
 * @param path the file
 * @param keys what the names of its folders say
 * @param meta its columns and what its writer left
 * @param rows how many rows it has
 */
record OneFile(Path path, Map<String, @Nullable String> keys, FileMetaData meta, long rows) {

  static OneFile open(Path path, Map<String, @Nullable String> keys) {
    try (ParquetFileReader reader = reader(path)) {
      return new OneFile(path, keys, reader.getFileMetaData(), reader.getRecordCount());
    } catch (IOException e) {
      if (!Files.isReadable(path)) {
        throw new MillwrightException(
            ErrorCode.IO_FAILED,
            "cannot read " + path + ": " + e + "\nMaybe check the path and the right to read it",
            e);
      }
      throw damaged(path, e);
    } catch (RuntimeException e) {
      throw damaged(path, e);
    }
  }

  private static ParquetFileReader reader(Path path) throws IOException {
    return ParquetFileReader.open(
        new LocalInputFile(path),
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .usePageChecksumVerification()
            .build());
  }

  private static MillwrightException damaged(Path path, Exception e) {
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    said = said.replaceFirst("^\\S+@[0-9a-f]+ is not a Parquet file\\. *", "");
    return new MillwrightException(
        ErrorCode.BAD_FILE,
        path
            + " is no readable Parquet file: "
            + said
            + "\nMaybe it was cut off, or is another format",
        e);
  }

  MessageType schema() {
    return meta.getSchema();
  }

  /** What this SDK wrote down of a column; null in files of others. */
  @Nullable Column written(String name) {
    return Written.column(meta.getKeyValueMetaData(), name);
  }

  /** Refuses a file with other columns or keys than the first. */
  void mustBeLike(OneFile first) {
    boolean same =
        schema().getColumns().equals(first.schema().getColumns())
            && keys.keySet().equals(first.keys.keySet());
    if (!same) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          path
              + " has the columns "
              + described()
              + ", "
              + first.path
              + " "
              + first.described()
              + "\nMaybe it belongs to another table, or was written by another version");
    }
  }

  /** The columns with their types, and those that folders name. */
  private List<String> described() {
    Stream<String> columns =
        schema().getColumns().stream()
            .map(
                c ->
                    String.join(".", c.getPath())
                        + " "
                        + c.getPrimitiveType().getPrimitiveTypeName());
    return Stream.concat(columns, keys.keySet().stream().map(k -> k + " by folder")).toList();
  }

  /** Reads all rows. */
  void read(List<Plan.Wanted> wanted, LocalTimes times, Batch to) {
    MessageType schema = schema();
    List<ColumnDescriptor> leaves = new ArrayList<>();
    for (Plan.Wanted w : wanted) {
      if (w.leaf() != null) {
        leaves.add(schema.getColumnDescription(w.leaf().path()));
      }
    }
    long row = 0;
    try (ParquetFileReader reader = reader(path)) {
      reader.setRequestedSchema(leaves);
      for (PageReadStore pages = reader.readNextRowGroup();
          pages != null;
          pages = reader.readNextRowGroup()) {
        ColumnReadStore store =
            new ColumnReadStoreImpl(pages, new Ignoring(), schema, meta.getCreatedBy());
        ColumnReader[] readers = new ColumnReader[wanted.size()];
        Cell[] cells = new Cell[wanted.size()];
        for (int c = 0; c < readers.length; c++) {
          Leaf leaf = wanted.get(c).leaf();
          Column column = wanted.get(c).column();
          if (leaf == null) {
            cells[c] = key(c, column, keys.get(column.name()));
          } else {
            readers[c] = store.getColumnReader(schema.getColumnDescription(leaf.path()));
            cells[c] = Cell.of(c, column, leaf, readers[c], times);
          }
        }
        for (long n = pages.getRowCount(); n > 0; n--) {
          row++;
          for (Cell cell : cells) {
            cell.read(to.row());
          }
          to.ended();
        }
      }
    } catch (Cell.Unfit e) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          path + ", row " + row + ", column \"" + e.column() + "\" holds " + e.getMessage(),
          e);
    } catch (MillwrightException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(path, e);
    } catch (RuntimeException e) {
      if (Objects.requireNonNullElse(e.getClass().getPackageName(), "")
          .startsWith("org.apache.parquet")) {
        throw damaged(path, e);
      }
      throw e;
    }
  }

  private static Cell key(int c, Column column, @Nullable String value) {
    if (column.type() == ColumnType.NUMBER) {
      double number = value == null ? Double.NaN : Double.parseDouble(value);
      return to -> to.number(c, number);
    } else if (column.type() == ColumnType.TIME) {
      long millis =
          value == null
              ? Table.NO_TIME
              : LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      return to -> to.time(c, millis);
    }
    return to -> to.text(c, value);
  }

  /** Takes values that nobody wants: cells are read from the columns themselves. */
  private static final class Ignoring extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new Both();
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  /** Stands for a field of any kind. */
  private static final class Both extends PrimitiveConverter {
    @Override
    public boolean isPrimitive() {
      return true;
    }

    @Override
    public GroupConverter asGroupConverter() {
      return new Ignoring();
    }
  }
}
