package io.millwright.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class TextsTest {

  private static final int ROWS = 20_000;

  private static Table table() {
    Schema schema = Schema.of(Column.category("item"), Column.number("part", Unit.NONE));
    TableBuilder table = Table.builder(schema, ROWS);
    for (int r = 0; r < ROWS; r++) {
      table.add("i" + r % 7, r == 3 ? Double.NaN : r == 4 ? 0.5 : r);
    }
    return table.build();
  }

  @Test
  void cellsAreTextsAndWholeNumbersHaveNoPoint() {
    Table table = table();
    assertThat(Texts.at(table, "item", 8)).isEqualTo("i1");
    assertThat(Texts.at(table, "part", 8)).isEqualTo("8");
    assertThat(Texts.at(table, "part", 4)).isEqualTo("0.5");
    assertThatThrownBy(() -> Texts.at(table, "part", 3)).hasMessageContaining("row 4 has no part");
    assertThatThrownBy(() -> Texts.at(table, "itme", 3)).hasMessageContaining("itme");
  }

  /** A column copied for each cell made minutes of a file of a million lines. */
  @Test
  void aCellCostsNoColumn() {
    Table table = table();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(self);
    for (int r = 10; r < 1010; r++) {
      assertThat(Texts.at(table, "item", r).length() + Texts.at(table, "part", r).length())
          .isPositive();
    }
    // A column of references or numbers is 80 to 160 kB; two thousand of them are 200 MB and more.
    assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(40L << 20);
  }
}
