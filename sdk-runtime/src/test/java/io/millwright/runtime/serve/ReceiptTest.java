package io.millwright.runtime.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.ClassScores;
import io.millwright.runtime.explain.FunctionPredictor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptTest {

  private static final Schema SCHEMA = Schema.of(Column.number("x"));

  private static Table row(double x) {
    return Table.builder(SCHEMA, 1).add(x).build();
  }

  private static FunctionPredictor<Table, Double> times(double factor) {
    return new FunctionPredictor<>(SCHEMA, List.of(), t -> factor * t.number(0, 0));
  }

  @Test
  void aReplayIsEqualOrSaysWhatDiffers() {
    Receipt made = Receipt.of(row(3), times(2).predict(row(3)), Instant.EPOCH);
    Receipt read = Receipt.read(made.json());
    assertThat(read).isEqualTo(made);
    assertThat(read.replay(times(2), row(3)).sameness()).isEqualTo(Receipt.Sameness.EQUAL);
    assertThat(read.replay(times(2 + 1e-7), row(3)).sameness())
        .isEqualTo(Receipt.Sameness.WITHIN_BOUND);
    String forged =
        new String(made.json(), StandardCharsets.UTF_8)
            .replace("\"answer\":\"6.0\"", "\"answer\":\"99\"");
    assertThat(Receipt.read(forged.getBytes(StandardCharsets.UTF_8)).replay(times(2), row(3)))
        .satisfies(r -> assertThat(r.sameness()).isEqualTo(Receipt.Sameness.DIFFERENT))
        .satisfies(r -> assertThat(r.differences().get(0)).contains("99"));
    Receipt.Replay other = read.replay(times(2.1), row(3));
    assertThat(other.sameness()).isEqualTo(Receipt.Sameness.DIFFERENT);
    assertThat(other.differences().get(0)).contains("6.3").contains("6.0");
    assertThat(read.replay(times(2), row(4)).differences().get(0)).contains("input");
  }

  @Test
  void receiptsOfManyClassesAreSmallToo() {
    List<String> labels = IntStream.range(0, 500).mapToObj(i -> "class " + i).toList();
    List<Double> shares = IntStream.range(0, 500).mapToObj(i -> 1.0 / 501 + i * 1e-9).toList();
    FunctionPredictor<Table, ClassScores> many =
        new FunctionPredictor<>(SCHEMA, labels, t -> new ClassScores(labels, shares));
    assertThat(Receipt.of(row(1), many.predict(row(1)), Instant.EPOCH).json().length)
        .isLessThanOrEqualTo(Receipt.MOST_BYTES);
    assertThatThrownBy(() -> Receipt.read("{\"task\":".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MillwrightException.class);
  }
}
