package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.millwright.api.ModelInfo;
import java.io.IOException;

/** Which model answered: enough to find it, not its whole card. */
final class ModelJson extends JsonSerializer<ModelInfo> {

  @Override
  public void serialize(ModelInfo model, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("task", model.task());
    out.writeNumberField("version", model.taskVersion());
    out.writeStringField("digest", model.digest());
    out.writeEndObject();
  }
}
