package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which column of a table says what. Columns that are not named are recognised by their usual
 * names, in English, German and Chinese, and as in XES.
 */
public final class LogColumns {

  /** What a column can say. */
  public enum Role {
    /** The order or lot. */
    CASE(
        false,
        "case",
        "case_id",
        "caseid",
        "case:concept:name",
        "order",
        "lot",
        "job",
        "auftrag",
        "auftragsnummer",
        "订单",
        "订单号",
        "工单",
        "工单号",
        "批次",
        "批次号"),
    /** The step. */
    ACTIVITY(
        false,
        "activity",
        "concept:name",
        "operation",
        "step",
        "station",
        "task",
        "arbeitsgang",
        "vorgang",
        "工序",
        "工序名称",
        "操作",
        "活动"),
    /** The machine. */
    RESOURCE(
        false,
        "resource",
        "org:resource",
        "machine",
        "asset",
        "equipment",
        "work_center",
        "maschine",
        "anlage",
        "设备",
        "设备编号",
        "设备名称",
        "机器",
        "机台"),
    /** When it began. */
    START(
        false,
        "start",
        "start_timestamp",
        "start_time",
        "begin",
        "started",
        "beginn",
        "开始",
        "开始时间"),
    /** When it ended. */
    END(
        false,
        "end",
        "complete",
        "time:timestamp",
        "end_time",
        "finish",
        "ended",
        "completed",
        "ende",
        "结束",
        "结束时间",
        "完成时间"),
    /** Run, set-up or breakdown. */
    WORK(true, "work", "report_type", "event_type", "state", "status", "kind", "状态", "类型", "作业类型"),
    /** Pieces of the order. */
    QUANTITY(true, "quantity", "work_order_qty", "qty", "order_qty", "menge", "数量", "订单数量", "工单数量"),
    /** Good pieces. */
    GOOD(
        true,
        "good",
        "qty_completed",
        "good_qty",
        "produced",
        "items",
        "pieces",
        "gutmenge",
        "合格",
        "合格数",
        "合格数量",
        "良品",
        "良品数"),
    /** Rejected pieces. */
    REJECTED(
        true,
        "rejected",
        "qty_rejected",
        "scrap",
        "rejects",
        "ausschuss",
        "不合格",
        "不合格数",
        "废品",
        "废品数",
        "报废数"),
    /** Whether it is rework. */
    REWORK(true, "rework", "nacharbeit", "返工"),
    /** The reason. */
    REASON(true, "reason", "remark", "comment", "grund", "bemerkung", "原因", "备注");

    private final boolean optional;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> usual;

    Role(boolean optional, String... usual) {
      this.optional = optional;
      this.usual = List.of(usual);
    }
  }

  private static final Set<String> SETUP =
      Set.of("s", "setup", "set-up", "set up", "changeover", "rüsten", "换型", "换模", "调机", "准备");
  private static final Set<String> DOWN =
      Set.of(
          "b",
          "breakdown",
          "down",
          "failure",
          "stop",
          "alarm",
          "repair",
          "störung",
          "故障",
          "停机",
          "维修");

  private final Map<Role, String> named;

  private LogColumns(Map<Role, String> named) {
    this.named = new EnumMap<>(Role.class);
    this.named.putAll(named);
  }

  /**
   * All columns by their usual names.
   *
   * @return the columns
   */
  public static LogColumns usual() {
    return new LogColumns(new EnumMap<>(Role.class));
  }

  /**
   * The same with one column named.
   *
   * @param role what it says
   * @param column its name
   * @return the new columns
   */
  public LogColumns with(Role role, String column) {
    LogColumns next = new LogColumns(named);
    next.named.put(role, column);
    return next;
  }

  /**
   * The column that plays a role in a table.
   *
   * @param role what it says
   * @param columns the names of the table's columns
   * @return its name, or empty for a role that may be missing
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}
   */
  public Optional<String> find(Role role, List<String> columns) {
    String stated = named.get(role);
    if (stated != null) {
      if (!columns.contains(stated)) {
        throw missing(role, "\"" + stated + "\"", columns);
      }
      return Optional.of(stated);
    }
    for (String name : role.usual) {
      for (String column : columns) {
        if (column.strip().toLowerCase(Locale.ROOT).replace(' ', '_').equals(name)) {
          return Optional.of(column);
        }
      }
    }
    if (!role.optional) {
      throw missing(role, "of the usual names " + role.usual, columns);
    }
    return Optional.empty();
  }

  private static MillwrightException missing(Role role, String what, List<String> columns) {
    return new MillwrightException(
        ErrorCode.MISSING_COLUMN,
        "the log has no column "
            + what
            + " for the "
            + role.name().toLowerCase(Locale.ROOT)
            + "; it has "
            + columns
            + "\nMaybe name it: "
            + role.name().toLowerCase(Locale.ROOT)
            + "=COLUMN");
  }

  /**
   * What a word of the column {@link Role#WORK} means.
   *
   * @param word such as {@code S}, {@code setup}, {@code B}, {@code breakdown}; all else is a run
   * @return the kind of work
   */
  public static Work work(String word) {
    String lower = word.strip().toLowerCase(Locale.ROOT);
    return SETUP.contains(lower) ? Work.SETUP : DOWN.contains(lower) ? Work.DOWN : Work.RUN;
  }
}
