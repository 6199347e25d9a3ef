package io.millwright.maintenance;

/** How readings of normal operation are told from others (methods of anomaly detection). */
public enum HealthMethod {
  /** Principal components: T² and SPE of each reading, the simple method. */
  PCA("PCA"),

  /**
   * Residuals of a linear forecast from the readings before (vector autoregression, with a ridge),
   * beside the principal components.
   */
  FORECAST("forecast"),

  /**
   * Residuals of a forecast by a network that is added to the linear one, beside the principal
   * components.
   */
  FORECAST_NETWORK("forecast network"),

  /**
   * Residuals of a sequence autoencoder: a network that squeezes a few readings in a row into fewer
   * numbers and tells the newest one from them (Kramer 1991), beside the principal components.
   */
  AUTOENCODER("autoencoder");

  private final String words;

  HealthMethod(String words) {
    this.words = words;
  }

  /**
   * Its name in reports.
   *
   * @return the name
   */
  public String words() {
    return words;
  }
}
