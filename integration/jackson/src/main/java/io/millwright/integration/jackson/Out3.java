package io.millwright.integration.jackson;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;

/** By Jackson 3. */
record Out3(JsonGenerator out, SerializationContext context) implements Out {

  @Override
  public void start() {
    out.writeStartObject();
  }

  @Override
  public void start(String name) {
    out.writeObjectPropertyStart(name);
  }

  @Override
  public void end() {
    out.writeEndObject();
  }

  @Override
  public void startArray() {
    out.writeStartArray();
  }

  @Override
  public void startArray(String name) {
    out.writeArrayPropertyStart(name);
  }

  @Override
  public void endArray() {
    out.writeEndArray();
  }

  @Override
  public void text(String value) {
    out.writeString(value);
  }

  @Override
  public void text(String name, String value) {
    out.writeStringProperty(name, value);
  }

  @Override
  public void number(String name, double value) {
    out.writeNumberProperty(name, value);
  }

  @Override
  public void number(String name, int value) {
    out.writeNumberProperty(name, value);
  }

  @Override
  public void value(String name, Object value) {
    context.defaultSerializeProperty(name, value, out);
  }
}
