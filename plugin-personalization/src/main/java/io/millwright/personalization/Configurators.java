package io.millwright.personalization;

import io.millwright.api.Predictor;
import io.millwright.api.data.Row;

/**
 * The product configurator as a facade. Thread-safe.
 *
 * <pre>{@code
 * product Pump
 * feature material (材质) = iron (铸铁) price 0 | steel (不锈钢, "stainless steel") price 240
 * feature head (扬程) = 10..100 step 5 m price 2
 * feature seal = none | single price 30 | double price 90
 * option heater (加热) price 80
 * rule r1: material = steel requires seal != none
 * rule r2: heater excludes seal = none
 * rule r3: at most 1 of heater, seal = double
 * rule r4: price <= 400
 * rule r5: head <= 60 when material = iron
 * }</pre>
 */
public interface Configurators {

  /**
   * Reads the text form of a model. A line is one of: {@code product NAME}; {@code feature NAME
   * (WORDS) = CHOICE | CHOICE …}, a choice being a name with other words in brackets and measures
   * with their numbers; {@code feature NAME (WORDS) = LOW..HIGH step STEP UNIT}, where a measure
   * behind it counts for each unit of the number; {@code option NAME (WORDS) MEASURES}; {@code rule
   * NAME: …}. A condition is {@code feature = choice}, {@code feature in a | b}, with {@code !=},
   * {@code <=}, {@code >=}, or an option's name. Rules: {@code A and B requires C or D}; {@code A
   * and B excludes C}; {@code at least 1 and at most 3 of A, B, C}; {@code 2 length + 0.5 width <=
   * 90 when A and B}; {@code always A or B}. What follows {@code #} is a comment.
   *
   * @param text the lines
   * @return the model
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}: every line that cannot be read, with its number
   */
  ProductModel read(String text);

  /**
   * Makes a model ready.
   *
   * @param model the model
   * @return its configurator
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#NO_SOLUTION} when the rules contradict each other; the message
   *     names a smallest set of them
   */
  Configurator of(ProductModel model);

  /**
   * Designs by a property model: which valid configuration is best where a predictor is sure enough
   * of a property.
   *
   * @param configurator the product; its numeric features are the inputs
   * @param property a model of a property, such as the life of a bracket
   * @return the designer
   */
  Designer designer(Configurator configurator, Predictor<Row, ? extends Number> property);
}
