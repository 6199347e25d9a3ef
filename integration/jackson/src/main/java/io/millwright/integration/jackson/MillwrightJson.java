package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;

/**
 * The Jackson module that writes what Millwright answers:
 *
 * <pre>
 * {"value": 37.0, "interval": {"level": 0.9, "low": 22.0, "high": 54.0, "unit": "cycle"},
 *  "flags": ["EXTRAPOLATED"], "model": {"task": "maintenance.remaining-life", "version": 1, "digest": "9f…"}}
 *
 * {"abstained": {"code": "BAD_INPUT", "findings": [{"code": …, "place": …, "message": …, "remedy": …}]},
 *  "model": {…}}
 * </pre>
 *
 * <p>A value is written as Jackson writes its type. An uncertainty is {@code interval}, {@code
 * labels} (a label set), {@code band} (an interval for each step) or {@code unknown} (why there is
 * none). JSON knows no infinity: an end that is not bounded is left out. A table is an array of
 * objects, one for each row; a missing cell is left out. To read rows as a table see {@link
 * JsonTables}; outcomes are not read back, since an interval of another level could not be.
 *
 * <p>Also found by {@code ObjectMapper.findAndRegisterModules()}. Not thread-safe before it is
 * registered, as every module of Jackson.
 */
public final class MillwrightJson extends Module {

  private static final double LEVEL = 0.9;

  private final double level;

  /** Intervals at the level 0.9. */
  public MillwrightJson() {
    this(LEVEL);
  }

  /**
   * Intervals at a level.
   *
   * @param level the share of truths that intervals should hold, between 0 and 1, both excluded
   * @throws IllegalArgumentException for any other number
   */
  public MillwrightJson(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "the level of intervals is " + level + "\nMaybe 0.9 is meant");
    }
    this.level = level;
  }

  @Override
  public String getModuleName() {
    return "millwright";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    SimpleSerializers all = new SimpleSerializers();
    all.addSerializer(ErrorCode.class, ToStringSerializer.instance);
    all.addSerializer(Outcome.class, new OutcomeJson(level));
    all.addSerializer(Uncertainty.class, new UncertaintyJson());
    all.addSerializer(ModelInfo.class, new ModelJson());
    all.addSerializer(Table.class, new TableJson());
    context.addSerializers(all);
  }
}
