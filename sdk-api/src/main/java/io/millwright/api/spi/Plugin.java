package io.millwright.api.spi;

/**
 * The entry of a plug-in: a named factory, found by {@link java.util.ServiceLoader} under this
 * interface's name, with a public constructor without arguments that does nothing. Called by one
 * thread, once for each {@link io.millwright.api.Millwright} that finds it.
 */
public interface Plugin {

  /**
   * The plug-in's name: lower-case letters, digits and dashes. Its settings start with it.
   *
   * @return the name, always the same
   */
  String name();

  /**
   * The versions of this interface that the plug-in works with.
   *
   * @return the range
   */
  ApiRange requires();

  /**
   * Builds the plug-in. What it throws is reported under the plug-in's name, and the other plug-ins
   * run.
   *
   * @param context what the host lends to the plug-in; valid until the parts are closed
   * @return the parts
   */
  Parts create(PluginContext context);
}
