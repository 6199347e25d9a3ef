package io.millwright.api.spi;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PluginCommand} works with (context of a command). Implemented by the command line
 * only, and may grow. Not thread-safe. Pages are made with the plug-in's own dependency on {@code
 * millwright-reports}.
 */
public interface CommandContext {

  /**
   * The host, with the engines and plug-ins that the user asked for.
   *
   * @return open during the command; the command does not close it
   */
  Millwright millwright();

  /**
   * The value of an option or parameter.
   *
   * @param name one of {@link PluginCommand#options()}
   * @return what the user wrote, or empty when the option is absent
   */
  Optional<String> option(String name);

  /**
   * Whether a flag was given.
   *
   * @param name one of {@link PluginCommand#options()}
   * @return whether it stands on the command line
   */
  boolean flag(String name);

  /**
   * Adds a line to the answer for people.
   *
   * @param line plain text; control characters are written out
   */
  void line(String line);

  /**
   * Adds to the document that {@code --json} prints.
   *
   * @param key the name, not {@code command}
   * @param value a text, number, truth value, null, or a list or map of such
   */
  void put(String key, @Nullable Object value);

  /** Ends the process with exit code 1: the command did its work and found something wrong. */
  void failed();

  /**
   * Waits for long work and shows its progress.
   *
   * @param job the work
   * @param <R> its result
   * @return its result
   * @throws InterruptedException when the process is asked to end
   */
  <R> R await(Job<R> job) throws InterruptedException;
}
