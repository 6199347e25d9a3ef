package io.millwright.personalization.internal.configure;

import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.Configurator;
import io.millwright.personalization.Configurators;
import io.millwright.personalization.Designer;
import io.millwright.personalization.ProductModel;

/** The door of the room. */
public final class Configuring implements Configurators {

  private final Composer composer;
  private final Jobs jobs;

  private Configuring(Composer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  /** Configuration of products. */
  public static Configurators of(Composer composer, Jobs jobs) {
    return new Configuring(composer, jobs);
  }

  @Override
  public ProductModel read(String text) {
    return ModelText.read(text);
  }

  @Override
  public Configurator of(ProductModel model) {
    return new DefaultConfigurator(model, composer, jobs);
  }

  @Override
  public Designer designer(Configurator configurator, Predictor<Row, ? extends Number> property) {
    return new DefaultDesigner(configurator, property, composer, jobs);
  }
}
