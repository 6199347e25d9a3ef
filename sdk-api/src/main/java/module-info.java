import org.jspecify.annotations.NullMarked;

/**
 * What users and integrators compile against. It needs the JDK alone (JSpecify's annotations are
 * not read at run time) and finds its implementation as a {@link
 * io.millwright.api.spi.HostProvider} service.
 */
@NullMarked
module io.millwright.api {
  requires transitive java.desktop;
  requires transitive java.sql;
  requires static transitive org.jspecify;

  exports io.millwright.api;
  exports io.millwright.api.assist;
  exports io.millwright.api.data;
  exports io.millwright.api.foreign;
  exports io.millwright.api.head;
  exports io.millwright.api.learn;
  exports io.millwright.api.plan;
  exports io.millwright.api.spi;
  exports io.millwright.api.text;

  uses io.millwright.api.spi.HostProvider;
}
