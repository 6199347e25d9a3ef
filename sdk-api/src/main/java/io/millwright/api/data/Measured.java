package io.millwright.api.data;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a component of a record its unit, for {@link Features}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Measured {

  /**
   * The symbol of the unit, see {@link Unit}.
   *
   * @return the symbol
   */
  String value();
}
