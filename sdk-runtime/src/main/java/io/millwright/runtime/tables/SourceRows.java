package io.millwright.runtime.tables;

import io.millwright.api.data.CsvFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a source that is no text file with separators. */
final class SourceRows implements Rows {

  private final RowSource source;
  private final CsvFormat format;
  private final List<Header> headers = new ArrayList<>();

  SourceRows(RowSource source, CsvFormat format) {
    this.source = source;
    this.format = format;
  }

  /** The same format with a decimal mark: that which is stated, else the point. */
  static CsvFormat pointed(CsvFormat format) {
    return format.decimal().isPresent() ? format : format.toBuilder().decimal(mark(format)).build();
  }

  private static char mark(CsvFormat format) {
    boolean comma = format.thousands().filter(t -> t == '.').isPresent();
    return format.decimal().orElse(comma ? ',' : '.');
  }

  @Override
  public Path file() {
    return source.file();
  }

  @Override
  public List<Header> headers() {
    return headers;
  }

  @Override
  public boolean semicolons() {
    return false;
  }

  @Override
  public String charset() {
    return "none stated: " + source.kind();
  }

  @Override
  public String separator() {
    return "none: " + source.kind();
  }

  @Override
  public Optional<String> remark(CsvFormat stated) {
    return Optional.empty();
  }

  @Override
  public void read(Sink sink) {
    source.read(
        new RowSource.Sink() {
          @Override
          public void headings(long line, List<String> names) {
            headers.clear();
            headers.addAll(Header.all(SourceRows.this, line, names, format.mostColumns()));
            sink.start(headers);
          }

          @Override
          public char decimal() {
            return mark(format);
          }

          @Override
          public void row(long line, List<String> cells) {
            if (cells.size() == headers.size()) {
              sink.row(line, cells);
              return;
            }
            String what = cells.size() + " cells under " + headers.size() + " headings";
            if (format.onBadRow() == CsvFormat.BadRow.REFUSE) {
              throw bad(line, what, "correct the row, or skip such rows");
            }
            sink.skip(line, what);
          }
        });
  }
}
