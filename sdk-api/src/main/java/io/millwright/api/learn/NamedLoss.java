package io.millwright.api.learn;

import io.millwright.api.data.PlainData;

/**
 * A loss function that a plug-in brings, under a name: a recipe with it is kept in bundles as name
 * and options, and opens again where the plug-in runs. Plug-ins implement it and offer it by {@link
 * io.millwright.api.spi.Parts#losses}. Must be immutable, pure and thread-safe.
 */
public interface NamedLoss extends Loss {

  /**
   * The name under which files keep the loss.
   *
   * @return the plug-in's name, a dash and a name of lower-case letters, digits and dashes
   */
  String name();

  /**
   * The options of the loss as files keep them.
   *
   * @return plain data; none by default
   */
  default PlainData data() {
    return PlainData.builder().build();
  }
}
