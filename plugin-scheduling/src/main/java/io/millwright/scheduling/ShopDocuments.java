package io.millwright.scheduling;

import io.millwright.api.Finding;
import io.millwright.api.ObjectiveValue;
import java.nio.file.Path;
import java.util.List;

/**
 * Shops and plans as text: JSON for everything, CSV for orders, and the public benchmark formats.
 * {@code docs/scheduling.md} describes the fields and columns. {@link Scheduling#documents} gives
 * one. Immutable and thread-safe.
 */
public interface ShopDocuments {

  /**
   * Reads a shop from a file, plain or packed with gzip. What it holds decides: text that begins
   * with a brace is JSON, a table with headings is CSV, anything else is a benchmark format, as
   * {@link ShopFiles#guess} tells.
   *
   * @param file the file
   * @return the shop, not yet checked; named after the file when the text has no name for it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming line and field, or {@link
   *     io.millwright.api.ErrorCode#IO_FAILED}
   */
  Shop read(Path file);

  /**
   * Reads orders from a CSV file, one row for each machine that can do an operation, for a floor
   * that is known.
   *
   * @param file the file
   * @param floor its machines, resources, tick, start and tariff are kept, its jobs, pins and draft
   *     are not
   * @return the floor with the orders as its jobs, not yet checked
   * @throws io.millwright.api.MillwrightException with all that is wrong in the table, each with
   *     its row and column
   */
  Shop jobs(Path file, Shop floor);

  /**
   * Reads a shop from JSON.
   *
   * @param name what to call it when the text does not say
   * @param json the text
   * @return the shop, not yet checked
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming line and field
   */
  Shop shop(String name, String json);

  /**
   * Writes a shop as JSON: reading it gives an equal shop.
   *
   * @param shop the shop
   * @return the text, the same for equal shops
   */
  String json(Shop shop);

  /**
   * Reads a plan from JSON. Set-ups and ends that it leaves out follow from the shop.
   *
   * @param shop the shop it is for
   * @param json the text
   * @return the plan, not yet checked
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming line and field
   */
  Schedule plan(Shop shop, String json);

  /**
   * Writes a plan as JSON.
   *
   * @param shop the shop it is for
   * @param plan the plan
   * @param objectives what it reaches, to stand beside it; may be empty
   * @return the text
   */
  String json(Shop shop, Schedule plan, List<ObjectiveValue> objectives);

  /**
   * Checks a plan in JSON, whoever wrote it, by {@link ScheduleChecker}, and the objectives that it
   * claims by measuring.
   *
   * @param shop a valid shop
   * @param json the text
   * @return every rule it breaks and every claim that is not so; empty for a good plan
   * @throws io.millwright.api.MillwrightException as {@link #plan}, or when the shop is not valid
   */
  List<Finding> check(Shop shop, String json);

  /**
   * Reads uncertain times: JSON with distributions, or a CSV of booked times to learn from.
   *
   * @param file the file
   * @return the times, not yet checked against a shop
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming line and field, or all bad rows, or {@link
   *     io.millwright.api.ErrorCode#IO_FAILED}
   */
  UncertainTimes times(Path file);
}
