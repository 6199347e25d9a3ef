package io.millwright.integration.jackson;

import java.io.IOException;

/** Where JSON goes: what both generations of Jackson can write. */
interface Out {

  /** An object begins, as the value that is due. */
  void start() throws IOException;

  /** A field that is an object begins. */
  void start(String name) throws IOException;

  /** The object ends. */
  void end() throws IOException;

  /** An array begins, as the value that is due. */
  void startArray() throws IOException;

  /** A field that is an array begins. */
  void startArray(String name) throws IOException;

  /** The array ends. */
  void endArray() throws IOException;

  /** An element of an array. */
  void text(String value) throws IOException;

  /** A field. */
  void text(String name, String value) throws IOException;

  /** A field. */
  void number(String name, double value) throws IOException;

  /** A field. */
  void number(String name, int value) throws IOException;

  /** A field that is written as Jackson writes the type. */
  void value(String name, Object value) throws IOException;
}
