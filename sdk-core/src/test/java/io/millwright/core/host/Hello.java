package io.millwright.core.host;

/** A facade that the host of the tests can see. */
public interface Hello {
  String say();
}
