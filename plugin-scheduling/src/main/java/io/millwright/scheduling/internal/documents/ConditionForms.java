package io.millwright.scheduling.internal.documents;

import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Stock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns stocks and what flows into their form in JSON and back. */
final class ConditionForms {
  private ConditionForms() {}

  private static OptionalLong unless(long usual, long value) {
    return value == usual ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static Forms.StockForm form(Stock s) {
    return new Forms.StockForm(
        s.id(),
        unless(0, s.level()),
        unless(Long.MAX_VALUE, s.most()),
        s.supplies().isEmpty()
            ? Optional.empty()
            : Optional.of(
                s.supplies().stream().map(k -> new Forms.SupplyForm(k.at(), k.amount())).toList()));
  }

  static Stock stock(Forms.StockForm s) {
    return new Stock(
        s.id(),
        s.level().orElse(0),
        s.most().orElse(Long.MAX_VALUE),
        s.supplies().orElse(List.of()).stream()
            .map(k -> new Stock.Supply(k.at(), k.amount()))
            .toList());
  }

  static Forms.FlowForm form(Flow f) {
    return new Forms.FlowForm(f.stock(), unless(0, f.amount()), unless(0, f.perPiece()));
  }

  static Flow flow(Forms.FlowForm f) {
    return new Flow(f.stock(), f.amount().orElse(0), f.perPiece().orElse(0));
  }
}
