package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import java.io.IOException;

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
 * registered, as every module of Jackson. For Jackson 3 see {@link MillwrightJson3}.
 */
public final class MillwrightJson extends Module {

  static final double LEVEL = 0.9;

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
    this.level = checked(level);
  }

  static double checked(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "the level of intervals is " + level + "\nMaybe 0.9 is meant");
    }
    return level;
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
    all.addSerializer(Outcome.class, by((outcome, out) -> Written.outcome(outcome, level, out)));
    all.addSerializer(Uncertainty.class, by(Written::uncertainty));
    all.addSerializer(ModelInfo.class, by(Written::model));
    all.addSerializer(Table.class, by(Written::table));
    context.addSerializers(all);
  }

  /** How a value is written. */
  interface Form<T> {
    void write(T value, Out out) throws IOException;
  }

  private static <T> JsonSerializer<T> by(Form<T> form) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        form.write(value, new Out2(out, provider));
      }
    };
  }
}
