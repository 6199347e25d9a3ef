package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.millwright.api.Flag;
import io.millwright.api.Outcome;
import java.io.IOException;

/** A prediction with its uncertainty at one level, or an abstention with its findings. */
@SuppressWarnings("rawtypes")
final class OutcomeJson extends JsonSerializer<Outcome> {

  private final double level;

  OutcomeJson(double level) {
    this.level = level;
  }

  @Override
  public void serialize(Outcome outcome, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    out.writeStartObject();
    if (outcome instanceof Outcome.Prediction<?> p) {
      provider.defaultSerializeField("value", p.value(), out);
      UncertaintyJson.write(p.uncertainty().at(level), out);
      out.writeArrayFieldStart("flags");
      for (Flag flag : p.flags()) {
        out.writeString(flag.name());
      }
      out.writeEndArray();
    } else if (outcome instanceof Outcome.Abstention<?> a) {
      out.writeObjectFieldStart("abstained");
      out.writeStringField("code", a.code().id());
      provider.defaultSerializeField("findings", a.findings(), out);
      out.writeEndObject();
    }
    provider.defaultSerializeField("model", outcome.model(), out);
    out.writeEndObject();
  }
}
