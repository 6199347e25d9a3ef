package io.millwright.integration.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** By Jackson 2. */
record Out2(JsonGenerator out, SerializerProvider provider) implements Out {

  @Override
  public void start() throws IOException {
    out.writeStartObject();
  }

  @Override
  public void start(String name) throws IOException {
    out.writeObjectFieldStart(name);
  }

  @Override
  public void end() throws IOException {
    out.writeEndObject();
  }

  @Override
  public void startArray() throws IOException {
    out.writeStartArray();
  }

  @Override
  public void startArray(String name) throws IOException {
    out.writeArrayFieldStart(name);
  }

  @Override
  public void endArray() throws IOException {
    out.writeEndArray();
  }

  @Override
  public void text(String value) throws IOException {
    out.writeString(value);
  }

  @Override
  public void text(String name, String value) throws IOException {
    out.writeStringField(name, value);
  }

  @Override
  public void number(String name, double value) throws IOException {
    out.writeNumberField(name, value);
  }

  @Override
  public void number(String name, int value) throws IOException {
    out.writeNumberField(name, value);
  }

  @Override
  public void value(String name, Object value) throws IOException {
    provider.defaultSerializeField(name, value, out);
  }
}
