package io.millwright.samples.plant;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated randomised campaign of a maker of pumps: a third of the customers gets an offer of
 * service, a third a letter that does nothing, a third nothing. The offer brings orders from
 * customers with old pumps, and drives some with new ones away. Same key, same table.
 */
public final class ServiceCampaign {

  private static final int CUSTOMERS = 12_000;

  private ServiceCampaign() {}

  /**
   * Simulates 12,000 customers.
   *
   * @param key the key of all randomness
   * @return the columns age (years of the newest pump), pumps, trade, months (since the last
   *     order), arm (offer, letter, none) and ordered (0 or 1)
   */
  public static Table table(long key) {
    SplittableRandom random = new SplittableRandom(key);
    TableBuilder rows =
        Table.builder(
            Schema.of(
                new Column("age", ColumnType.NUMBER, Unit.NONE),
                new Column("pumps", ColumnType.NUMBER, Unit.NONE),
                new Column("trade", ColumnType.CATEGORY, Unit.NONE),
                new Column("months", ColumnType.NUMBER, Unit.NONE),
                new Column("arm", ColumnType.CATEGORY, Unit.NONE),
                new Column("ordered", ColumnType.NUMBER, Unit.NONE)),
            CUSTOMERS);
    List<String> trades = List.of("brewery", "waterworks", "chemistry", "dairy", "mine");
    List<String> arms = List.of("offer", "letter", "none");
    for (int c = 0; c < CUSTOMERS; c++) {
      double age = random.nextInt(16);
      int pumps = 1 + random.nextInt(8);
      int months = random.nextInt(24);
      String arm = arms.get(random.nextInt(3));
      double order = 0.06 + 0.01 * pumps + (months < 6 ? 0.05 : 0);
      double effect = arm.equals("offer") ? 0.012 * (age - 4) : 0;
      double ordered = random.nextDouble() < order + effect ? 1 : 0;
      rows.add(
          List.of(
              age,
              (double) pumps,
              trades.get(random.nextInt(trades.size())),
              (double) months,
              arm,
              ordered));
    }
    return rows.build();
  }
}
