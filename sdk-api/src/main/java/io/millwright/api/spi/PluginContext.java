package io.millwright.api.spi;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/** What the host lends to a plug-in (services of the host). Thread-safe. */
public interface PluginContext {

  /**
   * Learning and predicting, without touching an engine.
   *
   * @return the toolkit
   */
  LearningToolkit learning();

  /**
   * For models that a recipe cannot say: several networks, several numbers at once, parameters of
   * the plug-in's own.
   *
   * @return the composer
   */
  Composer composer();

  /**
   * Starts jobs that report progress, can be cancelled and keep their best so far.
   *
   * @return the starter of jobs
   */
  Jobs jobs();

  /**
   * Where work that is no job of its own runs.
   *
   * @return the host's executor
   */
  Executor executor();

  /**
   * The host's time.
   *
   * @return the clock
   */
  Clock clock();

  /**
   * The plug-in's settings, with the plug-in's name and the dot removed from their keys.
   *
   * @return the settings
   */
  Map<String, String> config();
}
