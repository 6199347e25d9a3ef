package io.millwright.integration.jackson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.Version;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The same JSON as {@link MillwrightJson}, written by Jackson 3, which is what Spring Boot 4 uses.
 * Where a method of the host takes a {@code JsonNode} of Jackson 2, such as for {@link
 * JsonTables#read(JsonNode, io.millwright.api.data.Schema)}, Jackson 3 reads it too, so that a
 * controller is the same on both.
 *
 * <p>Jackson 3 comes from the host. Also found by {@code JsonMapper.builder().findAndAddModules()}.
 * Not thread-safe before it is added, as every module of Jackson.
 */
public final class MillwrightJson3 extends JacksonModule {

  private final double level;

  /** Intervals at the level 0.9. */
  public MillwrightJson3() {
    this(MillwrightJson.LEVEL);
  }

  /**
   * Intervals at a level.
   *
   * @param level the share of truths that intervals should hold, between 0 and 1, both excluded
   * @throws IllegalArgumentException for any other number
   */
  public MillwrightJson3(double level) {
    this.level = MillwrightJson.checked(level);
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
    context.addDeserializers(
        new SimpleDeserializers().addDeserializer(JsonNode.class, new Older(new ObjectMapper())));
  }

  private static <T> ValueSerializer<T> by(MillwrightJson.Form<T> form) {
    return new ValueSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializationContext context) {
        try {
          form.write(value, new Out3(out, context));
        } catch (IOException e) {
          throw new UncheckedIOException(e); // Jackson 3 throws none.
        }
      }
    };
  }

  /** A document as Jackson 2 holds it. */
  private static final class Older extends ValueDeserializer<JsonNode> {

    private final ObjectMapper mapper;

    Older(ObjectMapper mapper) {
      this.mapper = mapper;
    }

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context) {
      try {
        return mapper.readTree(context.readTree(parser).toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e); // What Jackson 3 writes is JSON.
      }
    }
  }
}
