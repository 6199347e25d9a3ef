package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import java.io.IOException;

/** One field whose name says what kind of uncertainty it is. */
final class UncertaintyJson extends JsonSerializer<Uncertainty> {

  @Override
  public void serialize(Uncertainty uncertainty, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    out.writeStartObject();
    write(uncertainty, out);
    out.writeEndObject();
  }

  static void write(Uncertainty uncertainty, JsonGenerator out) throws IOException {
    if (uncertainty instanceof Uncertainty.Interval i) {
      out.writeObjectFieldStart("interval");
      out.writeNumberField("level", i.level());
      ends(i, out);
      if (!i.unit().equals(Unit.NONE)) {
        out.writeStringField("unit", i.unit().symbol());
      }
      out.writeEndObject();
    } else if (uncertainty instanceof Uncertainty.LabelSet l) {
      out.writeObjectFieldStart("labels");
      out.writeNumberField("level", l.level());
      out.writeArrayFieldStart("possible");
      for (String label : l.labels()) {
        out.writeString(label);
      }
      out.writeEndArray();
      out.writeEndObject();
    } else if (uncertainty instanceof Uncertainty.Band b) {
      out.writeObjectFieldStart("band");
      out.writeNumberField("level", b.level());
      out.writeArrayFieldStart("steps");
      for (Uncertainty.Interval step : b.steps()) {
        out.writeStartObject();
        ends(step, out);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    } else if (uncertainty instanceof Uncertainty.None n) {
      out.writeStringField("unknown", n.why());
    }
  }

  private static void ends(Uncertainty.Interval interval, JsonGenerator out) throws IOException {
    if (Double.isFinite(interval.low())) {
      out.writeNumberField("low", interval.low());
    }
    if (Double.isFinite(interval.high())) {
      out.writeNumberField("high", interval.high());
    }
  }
}
