package io.millwright.production.internal.indicators;

import io.millwright.production.Indicator;
import io.millwright.production.Indicators;
import io.millwright.production.LossTree;
import io.millwright.production.UnitElements;
import io.millwright.production.UnitElements.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Indicators by the formulas of ISO 22400-2:2014, clause 7. */
public final class IsoIndicators implements Indicators {

  /** Stateless. */
  public IsoIndicators() {}

  @Override
  public List<Indicator> of(UnitElements e) {
    double pbt = v(e, Element.PLANNED_BUSY_TIME);
    double aoet = v(e, Element.ACTUAL_ORDER_EXECUTION_TIME);
    double aubt = v(e, Element.ACTUAL_UNIT_BUSY_TIME);
    double apt = v(e, Element.ACTUAL_PRODUCTION_TIME);
    double aust = v(e, Element.ACTUAL_UNIT_SETUP_TIME);
    double adet = v(e, Element.ACTUAL_UNIT_DELAY_TIME);
    double aupt = apt + aust;
    double pri = v(e, Element.PLANNED_RUN_TIME_PER_ITEM);
    double pq = v(e, Element.PRODUCED_QUANTITY);
    double gq = v(e, Element.GOOD_QUANTITY);
    double sq = v(e, Element.SCRAP_QUANTITY);
    List<Indicator> all = new ArrayList<>();
    plain(all, "allocation ratio", aubt / aoet, "AUBT / AOET");
    plain(all, "throughput rate", pq / aoet, "PQ / AOET");
    plain(all, "allocation efficiency", aubt / pbt, "AUBT / PBT");
    plain(all, "utilization efficiency", apt / aubt, "APT / AUBT");
    double availability = apt / pbt;
    double effectiveness = pri * pq / apt;
    double quality = gq / pq;
    double oee = availability * effectiveness * quality;
    double down = downFactor(e, apt);
    double[] q = Spread.share(gq, pq);
    double qError = quality > 0 ? Math.log(q[1] / Math.max(q[0], 1e-12)) / 2 : 0;
    double factor = Math.exp(Math.hypot(Math.log(down), qError));
    add(
        all,
        "OEE index",
        oee,
        oee / factor,
        oee * factor,
        "availability x effectiveness x quality ratio");
    double nee = aupt / pbt * effectiveness * quality;
    add(
        all,
        "NEE index",
        nee,
        nee / factor,
        nee * factor,
        "AUPT / PBT x effectiveness x quality ratio");
    double teep = oee * pbt / v(e, Element.CALENDAR_TIME);
    add(
        all,
        "TEEP",
        teep,
        teep / factor,
        teep * factor,
        "OEE x PBT / calendar time (not in the standard)");
    add(
        all,
        "availability",
        availability,
        availability / down,
        Math.min(1, availability * down),
        "APT / PBT");
    plain(all, "effectiveness", effectiveness, "PRI x PQ / APT");
    add(all, "quality ratio", quality, q[0], q[1], "GQ / PQ");
    plain(all, "setup ratio", aust / aupt, "AUST / AUPT");
    plain(all, "technical efficiency", apt / (apt + adet), "APT / (APT + ADET)");
    plain(all, "production process ratio", apt / aoet, "APT / AOET");
    plain(
        all,
        "actual to planned scrap ratio",
        sq / v(e, Element.PLANNED_SCRAP_QUANTITY),
        "SQ / PSQ");
    share(
        all,
        "first pass yield",
        v(e, Element.GOOD_PARTS),
        v(e, Element.INSPECTED_PARTS),
        "GP / IP");
    share(all, "scrap ratio", sq, pq, "SQ / PQ");
    share(all, "rework ratio", v(e, Element.REWORK_QUANTITY), pq, "RQ / PQ");
    failures(all, e, apt, aubt);
    return all;
  }

  /**
   * Times between failures are taken as operating time: the busy time without repairs. The standard
   * divides by the number of failures and one.
   */
  private static void failures(List<Indicator> all, UnitElements e, double apt, double aubt) {
    int failures = e.repairs().size();
    double repair = e.repairs().stream().mapToDouble(r -> r).sum();
    if (failures == 0 || Double.isNaN(apt)) {
      return;
    }
    double between = Double.isNaN(aubt) ? apt + repair : aubt;
    double[] b = Spread.meanTime(between, failures);
    add(
        all,
        "mean operating time between failures",
        between / (failures + 1),
        Math.min(b[0], between / (failures + 1)),
        b[1],
        "sum of TBF / (FE + 1)");
    double[] t = Spread.meanTime(apt, failures);
    add(
        all,
        "mean time to failure",
        apt / (failures + 1),
        Math.min(t[0], apt / (failures + 1)),
        t[1],
        "sum of TTF / (FE + 1)");
    double mttr = repair / (failures + 1);
    double f = Spread.meanFactor(e.repairs());
    add(all, "mean time to repair", mttr, mttr / f, repair / failures * f, "sum of TTR / (FE + 1)");
  }

  /** By how much the down time may differ by chance: a compound Poisson sum, to first order. */
  private static double downFactor(UnitElements e, double apt) {
    List<Double> repairs = e.repairs();
    if (repairs.isEmpty() || !(apt > 0)) {
      return 1;
    }
    double squares = repairs.stream().mapToDouble(r -> r * r).sum();
    return Math.exp(1.645 * Math.sqrt(squares) / apt);
  }

  @Override
  public Optional<LossTree> losses(UnitElements e) {
    double pbt = v(e, Element.PLANNED_BUSY_TIME);
    double apt = v(e, Element.ACTUAL_PRODUCTION_TIME);
    double pri = v(e, Element.PLANNED_RUN_TIME_PER_ITEM);
    double pq = v(e, Element.PRODUCED_QUANTITY);
    double gq = v(e, Element.GOOD_QUANTITY);
    if (Double.isNaN(pbt + apt + pri + pq + gq)) {
      return Optional.empty();
    }
    double setup = e.get(Element.ACTUAL_UNIT_SETUP_TIME).orElse(0.0);
    double down = e.get(Element.ACTUAL_UNIT_DELAY_TIME).orElse(0.0);
    List<LossTree.Loss> losses =
        List.of(
            new LossTree.Loss("availability", "breakdown", down),
            new LossTree.Loss("availability", "set-up", setup),
            new LossTree.Loss(
                "availability", "other time without production", pbt - apt - setup - down),
            new LossTree.Loss("speed", "slower than planned, and small stops", apt - pri * pq),
            new LossTree.Loss("quality", "pieces that are not good", pri * (pq - gq)));
    return Optional.of(new LossTree(pbt, losses, pri * gq));
  }

  private static void share(
      List<Indicator> all, String name, double part, double whole, String formula) {
    if (!Double.isNaN(part / whole)) {
      double[] s = Spread.share(part, whole);
      add(all, name, part / whole, s[0], s[1], formula);
    }
  }

  private static void plain(List<Indicator> all, String name, double value, String formula) {
    add(all, name, value, value, value, formula);
  }

  private static void add(
      List<Indicator> all, String name, double value, double low, double high, String formula) {
    if (Double.isFinite(value)) {
      all.add(new Indicator(name, value, low, high, formula));
    }
  }

  private static double v(UnitElements e, Element element) {
    return e.get(element).orElse(Double.NaN);
  }
}
